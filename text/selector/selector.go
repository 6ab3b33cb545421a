// Package selector finds elements of a web page by CSS selectors, such as
// "article.news h2 > a".
package selector

import (
	"fmt"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// A Selector finds elements. The zero value finds none. It is safe for concurrent
// use.
type Selector struct{ any cascadia.SelectorGroup }

// Parse reads a selector, or several with commas between them. The error says what
// is wrong with it.
func Parse(text string) (Selector, error) {
	group, err := cascadia.ParseGroup(text)
	if err != nil {
		return Selector{}, fmt.Errorf("%q is no CSS selector: %w", text, err)
	}
	return Selector{group}, nil
}

// All returns the elements within n that are meant, in the order of the page.
func (s Selector) All(n *html.Node) []*html.Node {
	if len(s.any) == 0 {
		return nil
	}
	return cascadia.QueryAll(n, s.any)
}

// First returns the first of [Selector.All], nil if there is none.
func (s Selector) First(n *html.Node) *html.Node {
	if len(s.any) == 0 {
		return nil
	}
	return cascadia.Query(n, s.any)
}
