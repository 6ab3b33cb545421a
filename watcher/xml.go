package watcher

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	"github.com/mmcdole/gofeed/rss"

	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/mend"
)

// A raw feed is what a document says, in its own words.
type rawFeed struct {
	format   string
	title    string
	language string
	link     string   // of the site of which it is the feed, or ""
	hubs     []string // where it can be subscribed to
	self     string   // its own address
	items    []rawItem
	entries  int           // how many items there seem to be, be it that they could not be read
	wish     time.Duration // how long to wait between two readings, if it says so
	cut      bool          // the document ended too early
}

// A raw item is an item in the words of its feed: texts may be HTML, links
// relative, dates anything.
type rawItem struct {
	id        string
	permalink bool     // id is the link, unless there is another
	links     []string // the best first
	title     string
	summary   string
	content   string
	author    string
	language  string
	source    string // who published it first, if it says so
	sourceURL string
	dates     []string // when it was published, the best claim first
}

// parseXML reads what was repaired. It gives up after limit: some documents cost
// the parser time or memory beyond all proportion to their length.
func parseXML(m mend.XML, limit time.Duration) (rawFeed, error) {
	in := &timed{bytes.NewReader(m.Text), time.Now().Add(limit)}
	if m.Root == "feed" {
		f, err := (&atom.Parser{}).Parse(in)
		if err != nil {
			return rawFeed{}, notParsed(err)
		}
		return fromAtom(f, m), nil
	}
	f, err := (&rss.Parser{}).Parse(in)
	if err != nil {
		return rawFeed{}, notParsed(err)
	}
	return fromRSS(f, m), nil
}

// notParsed words an error of the parser.
func notParsed(err error) error {
	if errors.Is(err, errTooSlow) {
		return errTooSlow
	}
	return fmt.Errorf("it is broken XML: %w", err)
}

var errTooSlow = errors.New("reading it takes too long")

// A timed reader fails once its time is over.
type timed struct {
	io.Reader
	until time.Time
}

// Read implements [io.Reader].
func (t *timed) Read(p []byte) (int, error) {
	if time.Now().After(t.until) {
		return 0, errTooSlow
	}
	return t.Reader.Read(p)
}

// fromRSS takes over what an RSS feed of any version says.
func fromRSS(f *rss.Feed, m mend.XML) rawFeed {
	raw := rawFeed{
		format:   strings.TrimSpace("RSS " + say.Excerpt(f.Version, 10)),
		title:    first([]string{f.Title}, extension(f.Extensions, "dc", "title")),
		language: first([]string{f.Language}, extension(f.Extensions, "dc", "language")),
		link:     first([]string{f.Link}, f.Links),
		entries:  len(m.Heads), cut: m.Cut, wish: wish(f.TTL, f.Extensions),
		hubs: atomLinks(f.Extensions, "hub"), self: first(atomLinks(f.Extensions, "self")),
	}
	for i, it := range f.Items {
		item := rssItem(it)
		if len(m.Heads) == len(f.Items) {
			if item.id == "" {
				item.id, item.permalink = attribute(m.Heads[i], "about"), true
			}
			item.language = attribute(m.Heads[i], "lang")
		}
		raw.items = append(raw.items, item)
	}
	return raw
}

func rssItem(it *rss.Item) rawItem {
	x := func(prefix string, names ...string) []string { return extension(it.Extensions, prefix, names...) }
	own := func(names ...string) (values []string) { // elements of no namespace that RSS does not know
		for _, name := range names {
			values = append(values, it.Custom[name])
		}
		return values
	}
	item := rawItem{
		title:   first([]string{it.Title}, x("dc", "title"), x("atom", "title"), x("media", "title"), x("itunes", "title")),
		summary: first([]string{it.Description}, x("atom", "summary"), x("dc", "description"), x("dcterms", "abstract"), x("itunes", "summary", "subtitle"), x("media", "description"), own("summary", "excerpt", "abstract", "subtitle", "lead")),
		content: longest(append(fullTexts(it.Extensions, it.Custom), it.Content)),
		author:  first([]string{it.Author}, x("dc", "creator", "author"), x("itunes", "author"), own("creator")),
		dates: slices.Concat(own(mend.PubDate), x("dc", "date"), x("dcterms", "issued", "created", "available", "modified"),
			x("atom", "published", "issued", "updated", "modified"), own("date", "published", "issued", "updated", "modified")),
	}
	item.links = append(x("feedburner", "origLink"), it.Link)
	item.links = append(append(item.links, it.Links...), atomLinks(it.Extensions, "", "alternate")...)
	if it.Enclosure != nil {
		item.links = append(item.links, it.Enclosure.URL)
	}
	if it.GUID != nil {
		item.id = it.GUID.Value
		item.permalink = !strings.EqualFold(strings.TrimSpace(it.GUID.IsPermalink), "false")
	}
	if item.id == "" {
		item.id = first(x("atom", "id"), x("dc", "identifier"), own("id"))
	}
	if it.Source != nil {
		item.source, item.sourceURL = it.Source.Title, it.Source.URL
	}
	return item
}

// fromAtom takes over what an Atom feed says.
func fromAtom(f *atom.Feed, m mend.XML) rawFeed {
	raw := rawFeed{
		format: strings.TrimSpace("Atom " + say.Excerpt(f.Version, 10)),
		title:  f.Title, language: f.Language,
		link:    first(linksOf(f.Links, "alternate")),
		entries: len(m.Heads), cut: m.Cut, wish: wish("", f.Extensions),
		hubs: linksOf(f.Links, "hub"), self: first(linksOf(f.Links, "self")),
	}
	for i, e := range f.Entries {
		x := func(prefix string, names ...string) []string { return extension(e.Extensions, prefix, names...) }
		item := rawItem{
			id: e.ID, permalink: true,
			title:   first([]string{e.Title}, x("dc", "title"), x("media", "title")),
			summary: first([]string{e.Summary}, x("dc", "description"), x("dcterms", "abstract"), x("media", "description")),
			author:  first(x("dc", "creator")),
			dates:   slices.Concat([]string{e.Published, e.Updated}, x("dc", "date"), x("dcterms", "issued", "created", "modified")),
			links:   x("feedburner", "origLink"),
		}
		texts := fullTexts(e.Extensions, nil)
		if e.Content != nil {
			texts = append(texts, e.Content.Value)
		}
		item.content = longest(texts)
		if e.Source != nil {
			item.source = e.Source.Title
			item.sourceURL = first(linksOf(e.Source.Links, "alternate"), linksOf(e.Source.Links, "self"))
		}
		for _, p := range append(e.Authors, f.Authors...) {
			item.author = first([]string{item.author, p.Name, p.Email})
		}
		for _, rel := range []string{"alternate", "", "related", "self", "enclosure"} {
			item.links = append(item.links, linksOf(e.Links, rel)...)
		}
		if len(m.Heads) == len(f.Entries) {
			item.language = attribute(m.Heads[i], "lang")
		}
		raw.items = append(raw.items, item)
	}
	return raw
}

// linksOf returns the addresses of the links that are of a kind.
func linksOf(links []*atom.Link, rel string) (found []string) {
	for _, l := range links {
		if strings.EqualFold(l.Rel, rel) {
			found = append(found, l.Href)
		}
	}
	return found
}

// atomLinks returns the addresses of the atom:link elements of an RSS feed or item
// that are of one of these kinds.
func atomLinks(x ext.Extensions, kinds ...string) (found []string) {
	for _, l := range elements(x, "atom", "link") {
		if slices.Contains(kinds, strings.ToLower(l.Attrs["rel"])) {
			found = append(found, l.Attrs["href"])
		}
	}
	return found
}

// first returns the first value that is not blank, without the blanks around it.
func first(lists ...[]string) string {
	for _, list := range lists {
		for _, v := range list {
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		}
	}
	return ""
}

var attributes = regexp.MustCompile(`([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// attribute returns an attribute of a start tag by its local name, or "".
func attribute(tag, name string) string {
	if !strings.Contains(tag, name) {
		return ""
	}
	for _, m := range attributes.FindAllStringSubmatch(tag, -1) {
		if m[1] == name {
			return strings.TrimSpace(html.UnescapeString(m[2] + m[3]))
		}
	}
	return ""
}
