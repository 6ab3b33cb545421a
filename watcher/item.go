package watcher

import (
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/watcher/dates"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/mend"
)

// The longest texts that are kept, in characters. Longer ones are no news.
const (
	maxTitle   = 1000
	maxName    = 200 // of an author or a publisher
	maxSummary = 20_000
	maxBody    = 200_000
	maxLink    = 2048
	maxGUID    = 512
)

// items makes items of what the feed f said, in its words, when it was read
// from address now. It leaves out only what has neither a text nor a link, and
// what is there twice. It is ambiguous if some of their dates say how to read
// those of others.
func items(raw rawFeed, f news.Feed, address string, now time.Time) (all []news.Item, ambiguous bool) {
	base := siteURL(raw.link, address)
	made := make([]news.Item, 0, len(raw.items))
	read := dates.NewReader(datesOf(raw), f.Zone, first([]string{f.Language, mend.LanguageCode(raw.language)}), now)
	for _, r := range raw.items {
		if it := item(r, f, base, read, now); it.Title != "" {
			if it.Language == "" {
				it.Language = mend.LanguageCode(raw.language)
			}
			made = append(made, it)
		}
	}
	return identify(made), read.Ambiguous()
}

// datesOf returns the best date of each item of raw.
func datesOf(raw rawFeed) []string {
	best := make([]string, 0, len(raw.items))
	for _, r := range raw.items {
		best = append(best, first(r.dates))
	}
	return best
}

// item makes an item of r. Its ID is not set yet.
func item(r rawItem, f news.Feed, base *url.URL, read *dates.Reader, now time.Time) news.Item {
	it := news.Item{
		Feed:      f.URL,
		GUID:      guid(r.id),
		Link:      link(r, base),
		Title:     line(r.title, maxTitle),
		Author:    line(r.author, maxName),
		Publisher: f.Publisher,
		Language:  first([]string{f.Language, mend.LanguageCode(r.language)}),
		Tags:      f.Tags,
		Published: read.Published(r.dates),
		Fetched:   now,
	}
	setTexts(&it, r)
	it.GUID = guidBy(f.Identity, it)
	if source := line(r.source, maxName); source != "" && !sameSite(r.sourceURL, f.URL) {
		it.Publisher = source
		it.Title = withoutSource(it.Title, source)
	}
	if it.Title == "" {
		it.Title = firstWords(first([]string{it.Summary, it.Body, it.Link}))
	}
	return it
}

// guidBy returns the guid under which an item is kept whose feed is read by such
// an identity.
func guidBy(by news.Identity, it news.Item) string {
	switch {
	case by == news.ByLink && it.Link != "":
		return "" // an item without one is known by its link
	case by == news.ByTitle && it.Title != "":
		return guid("title: " + it.Title)
	}
	return it.GUID
}

// setTexts sets the summary and the body: the body only if it says more than
// the summary, and each only if it says more than the title.
func setTexts(it *news.Item, r rawItem) {
	it.Summary = plain(r.summary, maxSummary)
	if r.content != "" && r.content != r.summary {
		it.Body = plain(r.content, maxBody)
	}
	if it.Summary == it.Title {
		it.Summary = ""
	}
	if len(it.Body) <= len(it.Summary) || it.Body == it.Title {
		it.Body = ""
	}
}

// plain returns at most limit characters of markup as plain text. Of markup
// that is much longer the end is not even looked at.
func plain(markup string, limit int) string {
	markup = cut(markup, 10*limit)
	if strings.Contains(markup, "![CDATA[") { // escaped, and so text of the feed
		markup = sectionMarks.ReplaceAllString(markup, "")
	}
	return cut(text.Plain(markup), limit)
}

// sectionMarks are the marks of a CDATA section that was escaped.
var sectionMarks = regexp.MustCompile(`(?:<|&(?:amp;)?lt;)!\[CDATA\[|\]\](?:>|&(?:amp;)?gt;)`)

// guid returns an id as it is kept: on one line, and short.
func guid(id string) string {
	id = strings.Join(strings.Fields(strings.ToValidUTF8(id, "\uFFFD")), " ")
	if len(id) > maxGUID {
		return "sha256:" + checksum([]byte(id))
	}
	return id
}

// sameSite tells whether a source is the feed's own site: many feeds name
// themselves as the source of their items.
func sameSite(source, feed string) bool {
	s, f := publicURL(source), publicURL(feed)
	return s != nil && f != nil && s.Host != "" && site(s.Hostname()) == site(f.Hostname())
}

// site returns the last two labels of a host name, and three if the last two
// are short, as in "bbc.co.uk".
func site(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	n := min(2, len(labels))
	if len(labels) > 2 && len(labels[len(labels)-1])+len(labels[len(labels)-2]) <= 5 {
		n = 3
	}
	return strings.Join(labels[len(labels)-n:], ".")
}

// withoutSource returns a title without the " - Outlet" that Google News adds.
func withoutSource(title, source string) string {
	for _, dash := range []string{" - ", " – ", " — ", " | "} {
		if short, ok := strings.CutSuffix(title, dash+source); ok {
			return strings.TrimSpace(short)
		}
	}
	return title
}

// firstWords returns the beginning of a text, as the title of an item that
// has none.
func firstWords(s string) string {
	s = say.Excerpt(s, 10*maxTitle)
	if len(s) <= 100 {
		return s
	}
	end := strings.LastIndexByte(s[:100], ' ')
	if end < 50 {
		for end = 100; !utf8.RuneStart(s[end]); end-- {
		}
	}
	return s[:end] + " …"
}

// cut returns at most limit characters of s.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n := 0
	for i := range s {
		if n == limit {
			return s[:i]
		}
		n++
	}
	return s
}
