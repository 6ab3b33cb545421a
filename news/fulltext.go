package news

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// A FullText says of which items of a feed the page behind the link is read.
type FullText int

// The choices.
const (
	NoText      FullText = iota // of none
	MatchedText                 // of those that a rule matches or nearly matches, or that belong to a story that people heard of
	AllText                     // of all
)

// A PageText is what is known of the page behind the link of an item.
type PageText struct {
	Link     string // see [Item.ArticleLink]: what identifies the page
	Host     string // see [Item.PageHost]
	Feed     string // URL of the feed that named it first
	Text     string // of the article on it, without what stands around; "" if it was not read or has none
	Problem  string // why the last attempt brought no text, "" if it was not tried or did
	Attempts int    // how often it was asked for
}

// A PageReading is what came of reading a page.
type PageReading struct {
	PageText
	At    time.Time
	Again time.Time     // when to read it again; zero for never
	Gap   time.Duration // how long no other page of its host is read
	Rest  Rest          // a server that wants to be left alone with everything; zero for none
}

// pageAge is how old an item may be for its page to be read: nobody is woken by an
// older one.
const pageAge = 24 * time.Hour

// longBody is how many bytes of text a feed carries that leaves nothing out.
const longBody = 2000

// MayNeedPage reports whether the page behind the item's link may tell more than
// its feed does, as far as it is to be read at a moment.
func (it Item) MayNeedPage(now time.Time) bool {
	link := it.ArticleLink()
	return !it.FromPage && len(it.Body) < longBody && it.When().After(now.Add(-pageAge)) && link != "" && !holdsNoArticle(link)
}

// PageAddress returns where the page behind the item's link lies.
func (it Item) PageAddress() string { return CleanLink(it.Link) }

// PageHost returns the host and port that is asked for it.
func (it Item) PageHost() string { return HostOf(it.PageAddress()) }

// holdsNoArticle reports whether a link leads where all is in the feed, none of it
// is text, or nothing can be (RFC 6761).
func holdsNoArticle(link string) bool {
	u, err := url.Parse(link)
	return err != nil || slices.Contains([]string{"t.me", "youtube.com", "youtu.be", "news.google.com"}, u.Host) ||
		strings.HasSuffix(u.Host, ".example") || strings.HasSuffix(u.Host, ".invalid")
}

// WithPage returns the item with the text of its page for its body, if that says
// more.
func (it Item) WithPage(text string) Item {
	if len(text) > len(it.Body) {
		it.Body, it.FromPage = text, true
	}
	return it
}
