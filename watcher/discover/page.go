package discover

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"github.com/coupwatch/coupwatch/news"
)

// A page is what is at an address that is no feed.
type page struct {
	url     *url.URL // where it was found
	login   news.Login
	root    *html.Node // nil if it could not be read
	tags    []link     // of the head
	links   []link     // of the text
	channel string     // of YouTube, "" for none
}

// A link leads from a page somewhere.
type link struct {
	address string // absolute, of the web
	rel     string
	kind    string // the media type that is said to be there
	text    string // as the page calls it, on one line
}

// What of a page is looked at.
const (
	mostOfPage = 4 << 20 // bytes
	mostLinks  = 5000
	longestSay = 60 // letters of what a link says
)

// parse reads the page that was found at address.
func (p *page) parse(data []byte, contentType, address string) {
	data = data[:min(len(data), mostOfPage)]
	address, _ = news.SplitSecrets(address)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return
	}
	if p.url != nil && u.Host != p.url.Host {
		p.login = "" // it is for the host that was asked
	}
	p.url = u
	text, err := charset.NewReader(bytes.NewReader(data), contentType)
	if err != nil {
		return
	}
	if p.root, err = html.Parse(text); err != nil {
		p.root = nil
		return
	}
	base := p.url
	for n := range p.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "base":
			if u, err := p.url.Parse(attr(n, "href")); err == nil && u.Host != "" {
				base = u
			}
		case "link":
			p.tags = appendLink(p.tags, base, n, attr(n, "title"))
		case "a", "area":
			p.links = appendLink(p.links, base, n, said(n))
		case "meta":
			if attr(n, "itemprop") == "identifier" || attr(n, "itemprop") == "channelId" {
				p.channel = channelID(attr(n, "content"))
			}
		}
	}
	if m := channelSaid.FindSubmatch(data); p.channel == "" && m != nil && isYouTube(p.url) {
		p.channel = string(m[1])
	}
}

// channelSaid is where a page of YouTube says of which channel it is.
var channelSaid = regexp.MustCompile(`"(?:externalId|channelId|browseId)":"(UC[\w-]{22})"`)

// channelID returns id if it is one of a channel of YouTube.
func channelID(id string) string {
	if len(id) == 24 && strings.HasPrefix(id, "UC") {
		return id
	}
	return ""
}

// appendLink adds where n leads, if that is on the web.
func appendLink(links []link, base *url.URL, n *html.Node, text string) []link {
	href := strings.TrimSpace(attr(n, "href"))
	u, err := base.Parse(href)
	if href == "" || err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || len(links) >= mostLinks {
		return links
	}
	u.Fragment, u.User = "", nil
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > longestSay {
		text = string(r[:longestSay]) + "…"
	}
	return append(links, link{address: u.String(), rel: attr(n, "rel"), kind: attr(n, "type"), text: text})
}

// said returns what a link says: its text, else its title or label, else what
// stands for its picture.
func said(n *html.Node) string {
	var text strings.Builder
	picture := ""
	for c := range n.Descendants() {
		if text.Len() > 10*longestSay { // there is no need to read on
			break
		}
		switch {
		case c.Type == html.TextNode:
			text.WriteString(c.Data)
		case c.Type == html.ElementNode && c.Data == "img" && picture == "":
			picture = attr(c, "alt")
		}
	}
	for _, s := range []string{text.String(), attr(n, "title"), attr(n, "aria-label"), picture} {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }
