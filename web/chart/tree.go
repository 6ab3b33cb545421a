package chart

import (
	"fmt"
	"html/template"
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/fit"
	"github.com/coupwatch/coupwatch/text/numbers"
)

const (
	mostRoots  = 10 // so many origins are drawn
	mostLeaves = 5  // so many publishers of a branch
	nameLong   = 30 // columns of a name, as a terminal has them
	line       = 26 // between two rows
)

// The columns of a tree: where origins, outlets and publishers begin.
const (
	rootX = 14
	viaX  = 350
	leafX = 650
	wide  = 960
)

// A node is a name in a tree.
type node struct {
	Class string // "root", "via" or "leaf"
	X, Y  int
	Text  string
	More  string // behind it, smaller
}

// end returns where the text of a node ends, more or less: how wide letters are is
// for the reader's type.
func (n node) end() int { return n.X + 20 + 8*fit.Width(n.Text) + 7*fit.Width(n.More) }

// A twig leads from one node to another.
type twig struct{ X1, Y1, XM, X2, Y2 int }

// A tree is being drawn, from the top down.
type tree struct {
	Nodes []node
	Twigs []twig
	Y     int
	Width int
	plain func(string) string
}

// Tree draws on whose word a story rests: at the left who says so, then the
// outlets to which they said it, then who has it from there. Plain makes of a text from outside one
// that may be shown.
func Tree(origins []news.Origin, sources []news.Source, plain func(string) string) template.HTML {
	t := tree{Y: 20, Width: wide, plain: plain}
	origins = slices.Clone(origins)
	slices.SortStableFunc(origins, func(a, b news.Origin) int { return b.Reports - a.Reports }) // those that count are drawn
	for i, o := range origins {
		if i == mostRoots && len(origins) > mostRoots+1 {
			t.note(rootX, fmt.Sprintf("and %d more origins, as listed below", len(origins)-i))
			break
		}
		t.root(o, sources)
		t.Y += line / 2
	}
	t.Y -= line / 2
	return draw("tree.svg", t)
}

// root draws an origin and all that comes from it.
func (t *tree) root(o news.Origin, sources []news.Source) {
	from := t.Y
	n := node{Class: "root", X: rootX, Y: from, Text: fit.Cut(t.plain(o.Name), nameLong), More: numbers.Thousands(o.Reports) + " " + numbers.Plural(o.Reports, "report")}
	t.Nodes = append(t.Nodes, n)
	drawn := false
	for _, b := range o.Branches(sources) {
		if b.Via == "" && len(b.Sources) == 0 {
			continue
		}
		drawn = true
		if b.Via == "" {
			t.leaves(n.end(), from, b.Sources)
			continue
		}
		t.twig(n.end(), from, viaX)
		at := t.Y
		via := node{Class: "via", X: viaX, Y: at, Text: fit.Cut(t.plain(b.Via), nameLong)}
		t.Nodes = append(t.Nodes, via)
		if len(b.Sources) == 0 {
			t.Y += line
			continue
		}
		t.leaves(via.end(), at, b.Sources)
	}
	if !drawn {
		t.Y += line
	}
}

// leaves draws publishers that have it from a node.
func (t *tree) leaves(x, y int, sources []news.Source) {
	for i, s := range sources {
		if i == mostLeaves && len(sources) > mostLeaves+1 {
			t.note(leafX, fmt.Sprintf("and %d more", len(sources)-i))
			return
		}
		t.twig(x, y, leafX)
		t.Nodes = append(t.Nodes, node{Class: "leaf", X: leafX, Y: t.Y, Text: fit.Cut(t.plain(s.Publisher), nameLong)})
		t.Y += line
	}
}

// twig leads from a node to where the next one will be.
func (t *tree) twig(x, y, to int) {
	to -= 8
	x = min(x, to-40)
	t.Twigs = append(t.Twigs, twig{x, y, (x + to) / 2, to, t.Y})
}

// note writes a line of its own.
func (t *tree) note(x int, text string) {
	t.Nodes = append(t.Nodes, node{Class: "note", X: x, Y: t.Y, Text: text})
	t.Y += line
}
