package fulltext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// furniture are words in the classes and names of elements that are of the page
// and not of the article in it. Readability knows the usual ones, but keeps
// them where they stand between two paragraphs.
var furniture = set(`
	ad ads advert advertisement banner breadcrumb breadcrumbs carousel comment comments consent cookie cookies gdpr infobox jp latest more
	mostread newsletter outbrain popular promo promotion recirc recirculation recommendation recommendations recommended related
	relatedposts share sharedaddy sharing sidebar signup social sponsor sponsored stories subscribe subscription taboola teaser
	teasers trending widget`)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// prune takes out of a page what is of it and not of the article with a title:
// asides, boxes, and other articles.
func prune(root *html.Node, title string) {
	length := map[*html.Node]int{}
	whole := measure(root, length)
	keepOne(root, title)
	var gone []*html.Node
	var look func(n *html.Node)
	look = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case isFurniture(c) && 5*length[c] < 2*whole: // a class of the whole page says what is somewhere on it
				gone = append(gone, c)
			case isLinkedHeading(c):
				gone = append(gone, card(c, length))
			default:
				look(c)
			}
		}
	}
	look(root)
	for _, n := range gone {
		if n.Parent != nil { // a card has several headings
			n.Parent.RemoveChild(n)
		}
	}
}

// isLinkedHeading reports whether n is a heading that leads elsewhere, and so is
// that of another article.
func isLinkedHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		for x := range n.Descendants() {
			if x.DataAtom == atom.A && attribute(x, "href") != "" {
				return true
			}
		}
		for x := range n.Ancestors() {
			if x.DataAtom == atom.A && attribute(x, "href") != "" {
				return true
			}
		}
	}
	return false
}

// longestCard is how many bytes of text a card may have.
const longestCard = 600

// card returns the card that a linked heading is of: the largest element around it
// that is as short as one.
func card(heading *html.Node, length map[*html.Node]int) *html.Node {
	n := heading
	for p := n.Parent; p != nil && length[p] <= longestCard && p.DataAtom != atom.Article && p.DataAtom != atom.Main && p.DataAtom != atom.Body; p = p.Parent {
		n = p
	}
	return n
}

// measure notes how many bytes of text are in each element.
func measure(n *html.Node, length map[*html.Node]int) (bytes int) {
	if n.Type == html.TextNode {
		return len(strings.TrimSpace(n.Data))
	}
	if n.DataAtom == atom.Script || n.DataAtom == atom.Style {
		return 0
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		bytes += measure(c, length)
	}
	length[n] = bytes
	return bytes
}

// isFurniture reports whether an element is of the page, by what it is or is
// called.
func isFurniture(n *html.Node) bool {
	switch {
	case n.Type != html.ElementNode:
		return false
	case n.DataAtom == atom.Aside, n.DataAtom == atom.Nav, n.DataAtom == atom.Figcaption, n.DataAtom == atom.Dialog:
		return true
	case n.DataAtom == atom.Html, n.DataAtom == atom.Body, n.DataAtom == atom.Main, n.DataAtom == atom.Article:
		return false
	}
	if role := attribute(n, "role"); role == "dialog" || role == "complementary" || role == "navigation" {
		return true
	}
	words := strings.FieldsFunc(strings.ToLower(attribute(n, "class")+" "+attribute(n, "id")), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return slices.ContainsFunc(words, func(w string) bool { return furniture[w] })
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// enough is how many bytes of text make an article of its own, and no card that
// leads to one.
const enough = 400

// keepOne takes all articles out of a page but the one that has most words of a
// title, if it has several beside one another.
func keepOne(root *html.Node, title string) {
	var articles []*html.Node
	var look func(n *html.Node)
	look = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Article {
				articles = append(articles, c)
			} else {
				look(c)
			}
		}
	}
	look(root)
	var best *html.Node
	most := 0.0
	for _, n := range articles {
		if text := render(n); len(text) >= enough {
			if share := 1 + Common(title, text); share > most {
				best, most = n, share
			}
		}
	}
	for _, n := range articles {
		if best != nil && n != best {
			n.Parent.RemoveChild(n)
		}
	}
}
