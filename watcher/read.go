package watcher

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/mend"
)

// A Document is what the bytes of a feed say.
type Document struct {
	Format   string // such as "RSS 2.0", "Atom 1.0" or "JSON Feed"
	Title    string // of the feed, without markup
	Language string // of the feed, such as "ru"; "" if it does not say
	Items    []news.Item
	Problem  string // what is odd about it, "" if nothing is
	Foreign  string // that its texts are not in its language, or garbled by the charset of rules.yaml; "" if they are not

	hub       news.Hub      // where the feed can be subscribed to
	wish      time.Duration // how long the publisher wants us to wait between two readings
	passed    int           // items that were passed over, since they are as they were
	ambiguous bool          // how a date of an item is read depends on those of others
	edition   *edition      // what is known of it the next time, nil for nothing
}

// parseLimit is how long a parser may work on one feed. A feed of 20 MB takes
// a second.
const parseLimit = 10 * time.Second

// Read reads a feed of any format (RSS 0.9 to 2.0, Atom 0.3 and 1.0, JSON
// Feed) and encoding, and repairs what it can; a news sitemap and Telegram's page
// of a channel too. contentType is the header of
// that name or "", and address is where the feed was read, against which links
// are resolved. The error says in plain words why data is no feed.
func Read(data []byte, contentType, address string) (Document, error) {
	return read(&fetch.Answer{Data: data, ContentType: contentType, Address: address}, news.Feed{URL: address}, time.Now().UTC(), nil)
}

// ReadAnswer is as [Read], for what the server of the feed f answered: the items
// are those that a first reading of f would bring.
func ReadAnswer(a fetch.Answer, f news.Feed) (Document, error) {
	return read(&a, f, time.Now().UTC(), nil)
}

// read reads what the server of the feed f answered now, but for the items that
// stand in it as in the last edition, which may be nil.
func read(a *fetch.Answer, f news.Feed, now time.Time, last *edition) (Document, error) {
	text := bytes.TrimSpace(mend.DecodeAs(a.Data, f.Charset, a.ContentType, f.Language))
	wrong := garbled(a.Data, text, f)
	a.Data = nil // a large feed in four copies is enough to fill a small machine
	k := kindOf(text, f)
	var m mend.XML
	var err error
	if k == nil {
		m, err = markup(text)
	}
	if err == nil && last != nil && a.Cut == nil && !m.Cut {
		if d, ok := readFresh(m, a, f, now, last); ok {
			return d, nil
		}
	}
	var raw rawFeed
	switch {
	case err != nil:
	case k != nil:
		raw, err = k.read(text)
	case m.Root == "":
		raw, err = parseJSON(text)
	default:
		raw, err = parseXML(m, parseLimit)
	}
	if err != nil && a.Cut != nil {
		return Document{}, a.Cut // what came of it does not tell what it is
	}
	if err != nil {
		return Document{}, err
	}
	d := compose(raw, a, f, now)
	d.Foreign = cmp.Or(wrong, d.Foreign)
	d.Problem, err = oddity(d, raw, a)
	if err != nil {
		return Document{}, err
	}
	if m.Root != "" {
		c := cutItems(m, nil)
		c.fresh = c.hashes
		d.edition = c.edition(frameOf(m, raw, a.Address), d, now)
	}
	return d, nil
}

// readFresh reads the items of m that the last edition did not have. It is not ok
// if they might be read otherwise together with those that it had.
func readFresh(m mend.XML, a *fetch.Answer, f news.Feed, now time.Time, last *edition) (Document, bool) {
	c := cutItems(m, last)
	rest := m.Without(c.known)
	if len(c.passed) == 0 {
		return Document{}, false
	}
	raw, err := parseXML(rest, parseLimit)
	if err != nil {
		return Document{}, false
	}
	d := compose(raw, a, f, now)
	d.passed = len(c.passed)
	d.edition = c.edition(frameOf(m, raw, a.Address), d, now)
	return d, d.edition != nil
}

// frameOf returns what the items of a document found at address are read by: its
// root declares their namespaces, and their links may be relative.
func frameOf(m mend.XML, raw rawFeed, address string) frame {
	root := m.Text[:bytes.IndexByte(m.Text, '>')+1]
	return frame{string(root), raw.language, raw.link, address}
}

// compose makes a document of what a feed says.
func compose(raw rawFeed, a *fetch.Answer, f news.Feed, now time.Time) Document {
	d := Document{
		Format:   raw.format,
		Title:    line(raw.title, maxTitle),
		Language: first([]string{f.Language, mend.LanguageCode(raw.language)}),
		wish:     raw.wish,
		hub:      hubOf(raw, a, f),
	}
	d.Items, d.ambiguous = items(raw, f, a.Address, now)
	d.readAsWritten(f)
	return d
}

// oddity says what is odd about a document that was read, "" if nothing is. It
// is an error if nothing of it could be read.
func oddity(d Document, raw rawFeed, a *fetch.Answer) (string, error) {
	switch {
	case len(d.Items) > 0 && (raw.cut || a.Cut != nil):
		return fmt.Sprintf("the feed is cut off; %s kept", counted(len(d.Items), "item was", "items were")), nil
	case len(d.Items) > 0:
		return "", nil
	case a.Cut != nil:
		return "", a.Cut
	case raw.cut:
		return "", errors.New("the feed is cut off before its first whole item")
	case raw.entries > 0:
		return fmt.Sprintf("the feed has %s, but without titles, texts and links that could be read", counted(raw.entries, "entry", "entries")), nil
	}
	return "", nil
}

// markup returns the document as XML, or the zero XML if it is JSON.
func markup(doc []byte) (m mend.XML, err error) {
	switch {
	case len(doc) == 0:
		return m, errors.New("the answer is empty; if it stays so, look for the feed's new address")
	case doc[0] == '{', doc[0] == '[' && isList(doc):
		return m, nil
	}
	if m, err = mend.RepairXML(doc); err == nil && m.Root == "" {
		err = notFeed(doc)
	}
	return m, err
}

// isList tells whether doc, which begins with "[", is a list of objects, and
// not a page that begins with a word in brackets.
func isList(doc []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(doc[1:]), []byte("{")) }

var (
	webPage   = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|meta|script|title)\b`)
	linkTag   = regexp.MustCompile(`(?i)<link\s[^>]{0,1000}>`)
	feedTypes = regexp.MustCompile(`(?i)application/(?:(?:rss|atom)\+xml|feed\+json)`)
)

// notFeed says what a document without a feed in it is, and where the feed
// may be.
func notFeed(doc []byte) error {
	doc = doc[:min(len(doc), 1<<20)]
	if !webPage.Match(doc) {
		return fmt.Errorf("this is not a feed; it begins with %q", say.Excerpt(string(doc[:min(len(doc), 200)]), 40))
	}
	for _, tag := range linkTag.FindAllString(string(doc), 200) {
		if href := attribute(tag, "href"); href != "" && feedTypes.MatchString(tag) {
			return &WebPage{Feed: say.Excerpt(html.UnescapeString(href), 120)}
		}
	}
	return &WebPage{Keeper: fetch.Gatekeeper(doc)}
}

// A WebPage is why something cannot be read as a feed: it is a page.
type WebPage struct {
	Feed   string // the address, as the page writes it, of a feed that it names; "" for none
	Keeper string // the service that asks with it whether we are human, such as "Cloudflare"; "" for none
}

// Error implements error.
func (p *WebPage) Error() string {
	if p.Feed != "" {
		return "this is a web page, not a feed; the page names this feed: " + p.Feed
	}
	if p.Keeper != "" {
		return "this is a web page, not a feed: " + fetch.KeptOut(p.Keeper)
	}
	return "this is a web page, not a feed; the address may be wrong, or the site may ask visitors for a login or a captcha"
}

// line returns markup as one line of plain text of at most limit characters.
func line(markup string, limit int) string {
	return say.Excerpt(plain(markup, 2*limit), limit)
}

// counted returns "1 item was" or "12 items were".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// publicURL parses address and leaves out the credentials, which must not get
// into links, logs and alerts; nil if it is no URL.
func publicURL(address string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil
	}
	u.User = nil
	return u
}
