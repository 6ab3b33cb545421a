package discover

import (
	"net/url"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// A lead is an address at which a feed may be.
type lead struct {
	url    string // without secrets
	login  news.Login
	why    string // how it was found
	guess  bool   // nobody said that there is a feed
	loose  bool   // a page as well as a feed may be meant
	abroad bool   // a page of another host says so
}

// lead returns a lead of the page. What has let us see the page lets us see its
// feeds, if they are on the same host.
func (p *page) lead(address, why string) lead {
	l := lead{why: why}
	l.url, l.login = news.SplitSecrets(address)
	u, err := url.Parse(l.url)
	l.abroad = err != nil || u.Host != p.url.Host
	if l.login == "" && !l.abroad && u.Scheme == p.url.Scheme {
		l.login = p.login
	}
	return l
}

// guess returns a lead to where the page does not say that there is a feed.
func (p *page) guess(address, why string) lead {
	l := p.lead(address, why)
	l.guess = true
	return l
}

// distinct returns leads without those that lead where another does.
func distinct(leads []lead) (kept []lead) {
	seen := map[string]bool{}
	for _, l := range leads {
		if at := news.PlainAddress(l.url); !seen[at] {
			seen[at] = true
			kept = append(kept, l)
		}
	}
	return kept
}

// A finder looks for feeds in a page.
type finder interface {
	// find returns where feeds may be. The page may be one that could not be
	// read, of which only the address is known.
	find(p *page) []lead
}

// finders are asked in turn, until one finds a feed: the surest first.
var finders = []finder{named{}, linked{}, usual{}}

// named finds what the head of a page names as its feeds, and of YouTube what
// the page says of its channel.
type named struct{}

var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json", "application/xml", "text/xml"}

func (named) find(p *page) (leads []lead) {
	for _, l := range p.tags {
		kind, _, _ := strings.Cut(strings.ToLower(l.kind), ";")
		if !hasWord(l.rel, "alternate", "feed") || !contains(feedTypes, strings.TrimSpace(kind)) || notNews(l.address) {
			continue
		}
		leads = append(leads, p.lead(l.address, "named by the page"+asCalled(l.text)))
	}
	if leads == nil && p.channel != "" {
		leads = append(leads, lead{url: youTubeFeed("channel_id", p.channel), why: "YouTube's feed of the channel"})
	}
	return leads
}

// notNews reports whether an address is one of WordPress's for programs, which
// pages name beside their feeds.
func notNews(address string) bool {
	return strings.Contains(address, "/wp-json/") || strings.Contains(address, "oembed")
}

// linked finds links whose text or address says that they lead to a feed. A page
// that only lists feeds has many.
type linked struct{}

func (linked) find(p *page) (leads []lead) {
	for _, l := range p.links {
		if saysFeed(l) {
			l := p.lead(l.address, "linked from the page"+asCalled(l.text))
			l.loose = true
			leads = append(leads, l)
		}
	}
	return leads
}

// saysFeed reports whether a link says that it leads to a feed of this or
// another site, and not to a reader's page of adding it.
func saysFeed(l link) bool {
	u, err := url.Parse(l.address)
	if err != nil || notNews(l.address) {
		return false
	}
	path := strings.ToLower(u.Path)
	for _, end := range []string{".rss", ".atom", ".rdf", "/rss", "/feed", "/atom", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"} {
		if strings.HasSuffix(strings.TrimSuffix(path, "/"), end) {
			return true
		}
	}
	if strings.Contains(path, "/rss/") || strings.Contains(path, "/feeds/") || strings.Contains(strings.ToLower(u.RawQuery), "feed=rss") || strings.Contains(strings.ToLower(u.RawQuery), "format=rss") {
		return true
	}
	return hasWord(l.text, "rss", "atom", "feed", "feeds", "лента")
}

// usual guesses where feeds usually are, beside the page and on the site.
type usual struct{}

var usualPaths = []string{"feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "feed/rss", "rss/feed.xml", "feeds/posts/default", "index.php?format=feed&type=rss", "?feed=rss2"}

func (usual) find(p *page) (leads []lead) {
	if closed(p.url) {
		return nil
	}
	bases := []*url.URL{p.url.ResolveReference(&url.URL{Path: "/"})}
	if own := p.url.ResolveReference(&url.URL{Path: "./"}); own.Path != "/" {
		bases = append(bases, own)
	}
	for i, base := range bases {
		for _, path := range usualPaths[:len(usualPaths)-i*(len(usualPaths)-4)] {
			leads = append(leads, p.guess(base.String()+path, "at a usual address"))
		}
	}
	return leads
}

// asCalled returns what is added on how a page calls a link, if it does.
func asCalled(text string) string {
	if text == "" {
		return ""
	}
	return ", as “" + text + "”"
}

// hasWord reports whether one of the words stands in text, in whatever case.
func hasWord(text string, words ...string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune(" \t\n-_/.,:;()[]|", r) }) {
		if contains(words, w) {
			return true
		}
	}
	return false
}
