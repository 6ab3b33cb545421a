package watcher

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"time"
)

// newsSitemap is a map of a site that names its news of two days, with titles and
// dates, as search engines want it. Many outlets have one that have no feed.
type newsSitemap struct{}

var sitemapRoot = regexp.MustCompile(`^(?:\s|<\?[^>]*\?>|<!--(?s:.*?)-->)*<(?:\w+:)?(urlset|sitemapindex)\b`)

func (newsSitemap) is(doc []byte) bool { return sitemapRoot.Match(beginning(doc)) }

// A SitemapIndex is why a map of maps cannot be read.
type SitemapIndex struct {
	Maps []string // the addresses of those maps that seem to be of news
}

// Error implements error.
func (i *SitemapIndex) Error() string {
	if len(i.Maps) == 0 {
		return "this is an index of sitemaps, and none of them seems to be of news"
	}
	return "this is an index of sitemaps, not a feed; of news is perhaps this one: " + i.Maps[0]
}

func (newsSitemap) read(doc []byte) (rawFeed, error) {
	m := sitemapReader{index: string(sitemapRoot.FindSubmatch(beginning(doc))[1]) == "sitemapindex"}
	in := xml.NewDecoder(&timed{bytes.NewReader(doc), time.Now().Add(parseLimit)})
	in.Strict, in.Entity = false, xml.HTMLEntity
	in.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is in UTF-8 by now
	var err error
	for err == nil {
		var token xml.Token
		if token, err = in.RawToken(); err == nil {
			m.take(token)
		}
	}
	switch {
	case errors.Is(err, errTooSlow):
		return rawFeed{}, errTooSlow
	case m.index:
		return rawFeed{}, &SitemapIndex{m.maps}
	case len(m.raw.items) == 0 && m.pages > 0:
		return rawFeed{}, errors.New("this is a sitemap of pages, not of news: it has no titles")
	}
	m.raw.format, m.raw.cut = "news sitemap", m.depth > 0
	return m.raw, nil
}

// A sitemapReader takes a map token by token.
type sitemapReader struct {
	index bool
	depth int
	text  strings.Builder // of the element that is open
	item  rawItem
	raw   rawFeed
	pages int
	maps  []string
}

// mostMapped is how many items of a map are read: by its own rules it has no more
// than 1,000.
const mostMapped = 2000

func (m *sitemapReader) take(token xml.Token) {
	switch t := token.(type) {
	case xml.CharData:
		m.text.Write(t)
	case xml.StartElement:
		m.depth++
		m.text.Reset()
		if t.Name.Local == "url" {
			m.item = rawItem{}
		}
	case xml.EndElement:
		m.depth--
		m.close(t.Name, strings.TrimSpace(m.text.String()))
		m.text.Reset()
	}
}

// close takes what an element says.
func (m *sitemapReader) close(name xml.Name, text string) {
	switch name.Local {
	case "loc":
		if name.Space != "" && name.Space != "sitemap" { // of a picture
			return
		}
		m.item.id, m.item.permalink, m.item.links = text, true, []string{text}
		if m.index && strings.Contains(strings.ToLower(text), "news") {
			m.maps = append(m.maps, text)
		}
	case "title":
		if name.Space == "news" || name.Space == "n" {
			m.item.title = text
		}
	case "publication_date":
		m.item.dates = append([]string{text}, m.item.dates...)
	case "lastmod":
		m.item.dates = append(m.item.dates, text)
	case "language":
		m.item.language = text
		m.raw.language = first([]string{m.raw.language, text})
	case "name":
		m.raw.title = first([]string{m.raw.title, text})
	case "url":
		m.pages++
		if m.item.title != "" && len(m.raw.items) < mostMapped {
			m.raw.items = append(m.raw.items, m.item)
			m.raw.entries++
		}
	}
}
