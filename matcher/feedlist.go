package matcher

import (
	"fmt"
	"path/filepath"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/rulefile/edit"
	"github.com/coupwatch/coupwatch/news"
)

// A FeedList is the feeds of a rules.yaml and the files that it includes, as they
// are written there. It is what was read once; only [FeedList.Write] changes
// something on the disk.
type FeedList struct {
	path   string
	folder *folder.Folder
	rules  *Rules
}

// A ListedFeed is a feed of a rules file, be it a disabled one.
type ListedFeed struct {
	edit.Entry
	File string // the path of the file in which it stands

	name  string // of the file, within its folder
	index int    // of the feed, within its file
}

// Place returns "file:line".
func (f ListedFeed) Place() string { return fmt.Sprintf("%s:%d", f.File, f.Line) }

// An Edit is another text of a file, under which the rules were read without
// mistakes.
type Edit struct {
	File  string // its path
	Text  string
	Rules *Rules
}

// ReadFeedList reads the feeds of the rules.yaml at path. It fails as [Read] does.
func ReadFeedList(path string) (*FeedList, error) {
	text, folder, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	_, rules, err := read(folder, path, text)
	if err != nil {
		return nil, err
	}
	return &FeedList{path, folder, rules}, nil
}

// Rules returns the rules that stand in the same files.
func (l *FeedList) Rules() *Rules { return l.rules }

// Feeds returns the feeds in the order in which they were read.
func (l *FeedList) Feeds() (all []ListedFeed) {
	for _, name := range l.folder.Files() {
		entries, _ := edit.Feeds(l.folder.Text(name))
		for i, e := range entries {
			all = append(all, ListedFeed{e, l.pathOf(name), name, i})
		}
	}
	return all
}

// Add adds feeds to the list, behind those of the first file that has some. If
// the rules would then have mistakes the error has them as [Problems].
func (l *FeedList) Add(feeds []news.Feed) (Edit, error) {
	name := filepath.Base(l.path)
	if all := l.Feeds(); len(all) > 0 {
		name = all[0].name
	}
	text, err := edit.Add(l.folder.Text(name), feeds)
	if err != nil {
		return Edit{}, fmt.Errorf("%s: %w", l.pathOf(name), err)
	}
	return l.edited(name, text)
}

// Remove takes one of the feeds out of the list.
func (l *FeedList) Remove(f ListedFeed) (Edit, error) {
	text, err := edit.Remove(l.folder.Text(f.name), f.index)
	if err != nil {
		return Edit{}, fmt.Errorf("%s: %w", f.File, err)
	}
	return l.edited(f.name, text)
}

// Write puts the text of an edit into its file, if none of the files that l was read
// from has changed since; see [folder.Replace].
func (l *FeedList) Write(e Edit) error { return folder.Replace(e.File, e.Text, l.folder.Changed) }

// ErrChanged is the cause of an error about rules that somebody else changed
// meanwhile.
var ErrChanged = folder.ErrChanged

// edited reads the rules with another text of a file, and tries the examples.
func (l *FeedList) edited(name, text string) (Edit, error) {
	main := l.folder.Text(filepath.Base(l.path))
	if name == filepath.Base(l.path) {
		main = text
	}
	rules, err := parse(l.folder.With(name, text), l.path, main)
	if err != nil {
		return Edit{}, err
	}
	return Edit{l.pathOf(name), text, rules}, nil
}

// pathOf returns the path of a file of the folder.
func (l *FeedList) pathOf(name string) string {
	return filepath.Join(filepath.Dir(l.path), filepath.FromSlash(name))
}

// FeedPlace returns where the feed at url stands in the files that were read last,
// as "rules.yaml:12"; "" if it does not.
func (f *File) FeedPlace(url string) string {
	f.mu.Lock()
	files := f.folder
	f.mu.Unlock()
	if files == nil {
		return ""
	}
	for _, name := range files.Files() {
		entries, _ := edit.Feeds(files.Text(name))
		for _, e := range entries {
			if e.URL == url && !e.Disabled {
				return fmt.Sprintf("%s:%d", filepath.Join(filepath.Dir(f.path), filepath.FromSlash(name)), e.Line)
			}
		}
	}
	return ""
}
