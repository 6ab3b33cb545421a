package feedlist

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/opml"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// Import writes the feeds of the OPML file with a name and a text into the rules,
// but for those that are there. Its folders become tags, and tags are added to
// them. All are written, or none.
func (d *Desk) Import(name string, text []byte, tags []string) error {
	listed, err := opml.Read(text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	list, err := matcher.ReadFeedList(d.Rules)
	if err != nil {
		return err
	}
	known := registerOf(list)
	there := 0
	var feeds []news.Feed
	for _, l := range listed {
		f, err := imported(l, tags)
		if err != nil {
			d.Screen.Line(0, fmt.Sprintf("%s:%d: left out: %v", name, l.Line, err))
			continue
		}
		if _, found := known.at(f.URL); found {
			there++
			continue
		}
		f.Name = known.unusedName(f.Name, f.URL)
		known.take(f)
		feeds = append(feeds, f)
	}
	if err := d.writeAll(list, feeds); err != nil {
		return err
	}
	bad := len(listed) - there - len(feeds)
	d.Screen.Line(0, fmt.Sprintf("%s of %s: %s added, %s there already, %s left out", terminal.Counted(len(listed), "feed"), name, terminal.Thousands(len(feeds)), terminal.Thousands(there), terminal.Thousands(bad)))
	return d.flush()
}

// writeAll adds feeds to the rules, if there are any.
func (d *Desk) writeAll(list *matcher.FeedList, feeds []news.Feed) error {
	if len(feeds) == 0 {
		return nil
	}
	e, err := list.Add(feeds)
	if err != nil {
		return notWritten(err)
	}
	return list.Write(e)
}

// imported returns a feed of an OPML file as it would be in the rules.
func imported(l opml.Feed, tags []string) (news.Feed, error) {
	address := l.URL
	if rest, found := strings.CutPrefix(address, "feed:"); found { // as browsers once wrote it
		if address = rest; strings.HasPrefix(rest, "//") {
			address = "https:" + rest
		}
	}
	f := news.Feed{Tags: slices.Clone(tags)}
	f.URL, f.Login = news.SplitSecrets(address)
	u, err := url.Parse(f.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return f, fmt.Errorf("%q is no address of the web", f.URL)
	}
	f.Name = cmp.Or(l.Title, hostOf(f.URL))
	for _, folder := range l.Folders {
		if tag := tagOf(folder); tag != "" && !slices.Contains(f.Tags, tag) {
			f.Tags = append(f.Tags, tag)
		}
	}
	return f, nil
}

// tagOf returns a folder as a tag, in the form in which tags are written.
func tagOf(folder string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(folder), func(r rune) bool { return r == ' ' || r == ',' }), "-")
}

// Export writes the feeds that are read as OPML: their tags become folders. Logins
// are left out, and what needs one is told.
func (d *Desk) Export() error {
	rules, err := matcher.Read(d.Rules)
	if err != nil {
		return err
	}
	var feeds []opml.Feed
	for _, f := range rules.Feeds() {
		if f.Login != "" {
			fmt.Fprintf(d.Err, "%s: its login is left out; who reads the list has to put it in\n", f.Name)
		}
		feeds = append(feeds, opml.Feed{Title: f.Name, URL: f.URL, Language: f.Language, Folders: f.Tags})
	}
	return opml.Write(d.Out, "Feeds of coupwatch", d.Now, feeds)
}
