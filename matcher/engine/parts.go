package engine

import (
	"fmt"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A Part is a part of a query made ready. Equal parts of all rules are one,
// and are looked for once in an item.
type Part struct {
	Kind    Kind
	Of, Not []int32 // its parts, in Program.Parts
	N       int32   // words of near and within, entries of count, points, hours of warm
	ordered bool    // of near
	below   bool    // of points: found where they are fewer than N
	weights []int32 // of points: what each of Of is worth
	Field   news.Field
	key     string // of meta: what of the item is compared with value
	value   string
	label   string // of a leaf: what a news.Span calls it
	Node    query.Node
	needs   []need // the lightest first
}

// A Kind says what a part is.
type Kind uint8

// The kinds of parts.
const (
	Leaf     Kind = iota // a term, list or entity, or a past year
	Question             // a leaf that holds of the whole item
	Meta
	Count
	Points
	And
	Or
	Nearby
	Within
	Sentence
	Inside
	First
	Lead
	Told
	Warm
)

// part returns the part that n is, a new one if there is none like it.
func (c *compiler) part(n query.Node) int32 {
	p := Part{Node: n}
	switch n := n.(type) {
	case *query.Term, *query.List, *query.Entity, *query.PastYear:
		p.Kind, p.label = Leaf, query.Format(n)
	case *query.Question:
		p.Kind, p.label = Question, query.Format(n)
	case *query.Meta:
		p.Kind, p.key, p.value = Meta, n.Key, c.metaValue(n)
	case *query.Count:
		p.Kind, p.N = Count, int32(n.Min)
		p.Of = []int32{c.part(&query.List{Pos: n.Pos, Name: n.Name})}
	case *query.Points:
		p.Kind, p.N, p.below, p.value = Points, int32(n.Than), n.Below, n.Name
		for _, row := range c.spec.Points[n.Name] {
			p.Of, p.weights = append(p.Of, c.part(row.When)), append(p.weights, int32(row.Points))
		}
	case *query.And:
		p.Kind, p.Of, p.Not = And, c.each(n.Parts), c.each(n.Not)
	case *query.Or:
		p.Kind, p.Of = Or, c.each(n.Parts)
	case *query.Near:
		p.Kind, p.N, p.ordered = Nearby, int32(n.N), n.Ordered
		p.Of = []int32{c.part(n.Left), c.part(n.Right)}
	case *query.Within:
		p.Kind, p.N, p.Of = Within, int32(n.N), c.each(n.Parts)
	case *query.Sentence:
		p.Kind, p.Of = Sentence, []int32{c.part(n.Of)}
	case *query.In:
		p.Kind, p.Field, p.Of = Inside, n.Field, []int32{c.part(n.Of)}
	case *query.First:
		p.Kind, p.Of = First, []int32{c.part(n.Of)}
	case *query.Lead:
		p.Kind, p.Of = Lead, []int32{c.part(n.Of)}
	case *query.Told:
		p.Kind, p.Of = Told, []int32{c.part(n.Of)}
	case *query.Warm:
		p.Kind, p.N, p.Of = Warm, int32(n.Within.Hours()), []int32{c.part(n.Of)}
	}
	return c.known(p)
}

func (c *compiler) each(nodes []query.Node) []int32 {
	parts := make([]int32, len(nodes))
	for i, n := range nodes {
		parts[i] = c.part(n)
	}
	return parts
}

// known returns the number of the part like p, which is p if there was none.
func (c *compiler) known(p Part) int32 {
	shape := fmt.Sprintf("%d %d %d %d %t %t %d %q %q %q", p.Kind, p.Of, p.Not, p.N, p.ordered, p.below, p.Field, p.label, p.key, p.value)
	if i, ok := c.byShape[shape]; ok {
		return i
	}
	i := int32(len(c.Parts))
	c.byShape[shape] = i
	p.needs = c.needs(&p, i)
	c.Parts = append(c.Parts, p)
	switch p.Node.(type) {
	case *query.Question:
		c.question = i
	case *query.PastYear:
		c.pastYear = i
	}
	return i
}

// metaValue returns what is compared with the item.
func (c *compiler) metaValue(n *query.Meta) string {
	switch n.Key {
	case "lang":
		return c.language(n.Value)
	case "feed":
		return text.Fold(n.Value)
	}
	return n.Value
}

// entries calls do with each entry of a list, and of the lists in it, that is
// not a list, and with the language in which it counts, "" for all.
func (c *compiler) entries(list string, do func(n query.Node, language string)) {
	seen := map[[2]string]bool{}
	var walk func(list, language string)
	walk = func(list, language string) {
		if own := c.spec.Languages[list]; own != "" {
			language = c.language(own)
		}
		if seen[[2]string{list, language}] {
			return
		}
		seen[[2]string{list, language}] = true
		for _, e := range c.spec.Lists[list] {
			if inner, ok := e.(*query.List); ok {
				walk(inner.Name, language)
				continue
			}
			do(e, language)
		}
	}
	walk(list, "")
}

// fillLeaves puts the terms of all leaves into the trie and tells the names
// for which leaves they are hits.
func (c *compiler) fillLeaves() {
	for i := range c.Parts {
		if c.Parts[i].Kind != Leaf {
			continue
		}
		if l, ok := c.Parts[i].Node.(*query.List); ok {
			c.entries(l.Name, func(e query.Node, language string) { c.fillLeaf(int32(i), e, language) })
			continue
		}
		c.fillLeaf(int32(i), c.Parts[i].Node, "")
	}
}

func (c *compiler) fillLeaf(l int32, n query.Node, language string) {
	switch n := n.(type) {
	case *query.Term:
		c.listed = language
		if end, signs := c.term(n.Words); end != 0 {
			c.trie.leaves.add(&c.trie.nodes[end].leaves, leafAt{l, end, signs, c.trie.language(language)})
		}
	case *query.Entity:
		c.meant(n.Name, func(name int32, s sense, times spec.Times) {
			c.Names[name].plays(s, role{l, times})
		})
	}
}

// appendNew appends e to s unless s has it.
func appendNew[E comparable](s []E, e E) []E {
	if slices.Contains(s, e) {
		return s
	}
	return append(s, e)
}
