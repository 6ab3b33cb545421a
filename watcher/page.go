package watcher

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/selector"
)

// selectedPage is a web page whose items somebody has said where to find.
type selectedPage struct{ where news.Page }

// What of a page is read: a tree of it takes many times its length.
const (
	mostPage     = 8 << 20 // bytes
	mostSelected = 500     // items
	mostTextIn   = 4 * maxSummary
)

// is reports that what is said to be a page is one, whatever stands there.
func (selectedPage) is([]byte) bool { return true }

func (p selectedPage) read(doc []byte) (rawFeed, error) {
	if len(doc) > mostPage {
		return rawFeed{}, fmt.Errorf("the page is larger than %d MB", mostPage>>20)
	}
	found, err := p.selectors()
	if err != nil {
		return rawFeed{}, err
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		return rawFeed{}, errors.New("the page cannot be read")
	}
	raw := rawFeed{format: "web page"}
	walk(root, func(n *html.Node) (descend bool) {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "title" && raw.title == "":
			raw.title = textIn(n)
		case n.Data == "html":
			raw.language = attributeOf(n, "lang")
		case n.Data == "base" && raw.link == "":
			raw.link = attributeOf(n, "href")
		}
		return true
	})
	items := found.item.All(root)
	raw.entries = len(items)
	for _, n := range items[:min(len(items), mostSelected)] {
		if it := found.in(n); it.title+first(it.links) != "" {
			raw.items = append(raw.items, it)
		}
	}
	if len(items) == 0 {
		return rawFeed{}, fmt.Errorf("nothing on the page is as item: %q says; look at the page's source and correct it in rules.yaml", p.where.Item)
	}
	return raw, p.idle(found, items)
}

// idle says which selector of a title or of a link finds nothing in any item: what
// would stand in for it is the wrong one, and every item might be called "Read
// more". That no item has a text or a date is no error, for a day may be such.
func (p selectedPage) idle(found selectors, items []*html.Node) error {
	for _, s := range []struct {
		key, said string
		selector  selector.Selector
	}{{"title", p.where.Title, found.title}, {"link", p.where.Link, found.link}} {
		if s.said != "" && !slices.ContainsFunc(items, func(n *html.Node) bool { return n.Data == "a" || s.selector.First(n) != nil }) {
			return fmt.Errorf("in none of the items on the page is anything as %s: %q says; look at the page's source and correct it in rules.yaml", s.key, s.said)
		}
	}
	return nil
}

// Selectors are those of a page. Those that it lacks find nothing.
type selectors struct{ item, title, link, text, date selector.Selector }

func (p selectedPage) selectors() (s selectors, err error) {
	for said, into := range map[*string]*selector.Selector{&p.where.Item: &s.item, &p.where.Title: &s.title, &p.where.Link: &s.link, &p.where.Text: &s.text, &p.where.Date: &s.date} {
		if *said == "" {
			continue
		}
		if *into, err = selector.Parse(*said); err != nil {
			return s, err
		}
	}
	return s, nil
}

var anyLink, _ = selector.Parse("a[href]")

// in returns the item that is in n.
func (s selectors) in(n *html.Node) rawItem {
	link := s.link.First(n)
	if link == nil && n.Data == "a" {
		link = n
	}
	if link == nil {
		link = anyLink.First(n)
	}
	var it rawItem
	if link != nil {
		it.links = []string{attributeOf(link, "href")}
	}
	if title := cmp.Or(s.title.First(n), link); title != nil {
		it.title = html.EscapeString(textIn(title))
	}
	if text := s.text.First(n); text != nil {
		it.summary = html.EscapeString(textIn(text))
	}
	if date := s.date.First(n); date != nil {
		it.dates = []string{attributeOf(date, "datetime"), attributeOf(date, "content"), textIn(date)}
	}
	return it
}

// textIn returns the text in n, as much of it as is read.
func textIn(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if b.Len() > mostTextIn {
			break
		}
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		} else if c.Type == html.ElementNode && (c.Data == "br" || c.Data == "p" || c.Data == "div" || c.Data == "li") {
			b.WriteString("\n")
		}
	}
	return strings.TrimSpace(b.String())
}
