package matcher

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/matcher/folder"
	"github.com/coupwatch/coupwatch/matcher/rulefile"
	"github.com/coupwatch/coupwatch/matcher/rulefile/edit"
)

// Sources are the files of a rules.yaml as they were read once, be there mistakes
// in them or not, entry by entry. Only [Sources.Write] changes something on the disk.
// They are safe for concurrent use.
type Sources struct {
	path    string
	folder  *folder.Folder
	entries func() []Entry
}

// An Entry is a rule, list, group, entity or table of points as it is written.
type Entry struct {
	edit.Block
	File string // the path of the file in which it stands

	name string // of the file, within its folder
}

// Ref returns what an entry is called: "coup" for a rule, "$coup" for a list,
// "@siloviki" for a group or an entity, "points:plots" for a table.
func (e Entry) Ref() string {
	return map[string]string{"lists": "$", "groups": "@", "entities": "@", "points": "points:"}[e.Section] + e.Name
}

// Place returns "file:line".
func (e Entry) Place() string { return fmt.Sprintf("%s:%d", e.File, e.Line) }

// ReadSources reads the files of the rules.yaml at path. It fails only if that one
// cannot be read.
func ReadSources(path string) (*Sources, error) {
	text, folder, err := readFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	_, _ = rulefile.Read(folder, path, text) // its mistakes are told when it is checked
	s := &Sources{path: path, folder: folder}
	s.entries = sync.OnceValue(s.read)
	return s, nil
}

func (s *Sources) read() (all []Entry) {
	for _, name := range s.folder.Files() {
		for _, b := range edit.Blocks(s.folder.Text(name)) {
			all = append(all, Entry{b, s.pathOf(name), name})
		}
	}
	return all
}

// pathOf returns the path of a file of the folder.
func (s *Sources) pathOf(name string) string {
	return filepath.Join(filepath.Dir(s.path), filepath.FromSlash(name))
}

// Entries returns the entries in the order in which they were read. The caller
// must not change them.
func (s *Sources) Entries() []Entry { return s.entries() }

// Entry returns the entry that [Entry.Ref] calls so. It is the first of several, of
// which the others are mistakes.
func (s *Sources) Entry(ref string) (Entry, bool) {
	for _, e := range s.entries() {
		if e.Name != "" && e.Ref() == ref {
			return e, true
		}
	}
	return Entry{}, false
}

// Version returns the version of the rules that stand in the files; see
// [Rules.Version].
func (s *Sources) Version() string { return s.folder.Hash() }

// Stamp returns a short name of the text of the file in which an entry stands, by
// which it is known later whether somebody changed it.
func (s *Sources) Stamp(e Entry) string {
	return fmt.Sprintf("%.8x", sha256.Sum256([]byte(s.folder.Text(e.name))))
}

// Changed reports whether the files are others than those that were read.
func (s *Sources) Changed() (bool, error) { return s.folder.Changed() }

// Write puts the text of an edit into its file, if none of the files has changed
// since; see [folder.Replace].
func (s *Sources) Write(e Edit) error { return folder.Replace(e.File, e.Text, s.folder.Changed) }

// Check reads the rules with other lines in the place of an entry, without making
// them ready, so that it is quick: neither are the examples tried. It returns the
// mistakes as [Problems], and another error if they would change what stands
// outside of the entry's section.
func (s *Sources) Check(e Entry, lines string) error {
	text, f, main := s.with(e, lines)
	if _, _, err := read(f, s.path, main); err != nil {
		return err
	}
	return s.within(e, text)
}

// With is as [Sources.Check], and makes the rules ready and tries the examples.
func (s *Sources) With(e Entry, lines string) (Edit, error) {
	text, f, main := s.with(e, lines)
	rules, err := parse(f, s.path, main)
	if err != nil {
		return Edit{}, err
	}
	return Edit{e.File, text, rules}, s.within(e, text)
}

// with returns the text of the entry's file with other lines, the folder that has
// it, and the text of rules.yaml in that.
func (s *Sources) with(e Entry, lines string) (text string, f *folder.Folder, main string) {
	main, text = s.folder.Text(filepath.Base(s.path)), s.folder.Text(e.name)
	text = edit.Splice(text, e.Block, lines)
	if e.name == filepath.Base(s.path) {
		main = text
	}
	return text, s.folder.With(e.name, text), main
}

func (s *Sources) within(e Entry, text string) error {
	if e.ByHand != "" {
		return fmt.Errorf("%s: this has to be changed by hand: %s", e.Place(), e.ByHand)
	}
	if err := edit.Within(s.folder.Text(e.name), text, e.Section); err != nil {
		return fmt.Errorf("%s: %w", e.File, err)
	}
	return nil
}

// Mine returns the problems within the lines that stand in the place of an entry,
// with their lines counted from 1 there, and the others, which it makes elsewhere
// or which were there before.
func (e Entry) Mine(problems Problems, lines string) (mine, others Problems) {
	n := strings.Count(strings.TrimRight(strings.ReplaceAll(lines, "\r\n", "\n"), " \t\n"), "\n") + 1
	for _, p := range problems {
		if p.File == e.File && p.Line >= e.Line && p.Line < e.Line+n {
			p.Line -= e.Line - 1
			mine = append(mine, p)
		} else {
			others = append(others, p)
		}
	}
	return mine, others
}
