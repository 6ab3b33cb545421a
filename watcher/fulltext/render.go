package fulltext

import (
	"strings"

	"golang.org/x/net/html"
)

// A page is written out line by line.
type page struct {
	text strings.Builder
	line strings.Builder
	link int // bytes of the line that are of links
}

// render returns the text in n, a line a block, without lines that are there to
// lead elsewhere.
func render(n *html.Node) string {
	var p page
	p.write(n, false)
	p.end()
	text := p.text.String()
	if len(text) > mostText { // of one node that is longer
		text = strings.ToValidUTF8(text[:mostText], "")
	}
	return strings.TrimSpace(text)
}

func (p *page) write(n *html.Node, linked bool) {
	switch {
	case p.text.Len()+p.line.Len() > mostText:
		return
	case n.Type == html.TextNode:
		p.line.WriteString(n.Data)
		if linked {
			p.link += len(strings.TrimSpace(n.Data))
		}
		return
	case n.Type != html.ElementNode && n.Type != html.DocumentNode:
		return
	}
	switch n.Data { // Readability makes elements without an atom
	case "script", "style", "noscript", "template", "button", "figcaption", "svg", "select", "textarea":
		return
	case "br":
		p.end()
		return
	case "a":
		linked = linked || attribute(n, "href") != ""
	}
	own := isBlock(n)
	if own {
		p.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.write(c, linked)
	}
	if own {
		p.end()
	}
}

// longLink is how many bytes of a line may be a link and the line of the article
// all the same.
const longLink = 300

// end ends a line. One that is a link for the greater part is a teaser.
func (p *page) end() {
	line := strings.Join(strings.Fields(p.line.String()), " ")
	if teaser := 2*p.link > len(line) && len(line) < longLink; line != "" && !teaser {
		p.text.WriteString(line)
		p.text.WriteByte('\n')
	}
	p.line.Reset()
	p.link = 0
}

func isBlock(n *html.Node) bool {
	switch n.Data {
	case "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "blockquote", "pre", "section", "article",
		"figure", "header", "footer", "dd", "dt", "main", "body", "hr":
		return true
	}
	return false
}
