package engine

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A need of a part is a set of leaves of which at least one is hit wherever
// the part is found. Needs say for which items a rule need not be asked, so
// that thousands of rules cost what those few cost that have a chance.
type need struct {
	leaves []int32 // sorted
	weight int
}

// mostNeeds is how many needs of a part are kept.
const mostNeeds = 4

// needs returns the needs of p, which is to be the part of number i. Its parts
// have theirs.
func (c *compiler) needs(p *Part, i int32) []need {
	var needs []need
	switch p.Kind {
	case Leaf, Question:
		return []need{{[]int32{i}, c.weight(p.Node)}}
	case Meta:
		return nil
	case Points:
		return c.pointsNeed(p)
	case Or:
		return c.eitherNeed(p)
	}
	for _, of := range p.Of {
		for _, n := range c.Parts[of].needs {
			if !slices.ContainsFunc(needs, func(m need) bool { return slices.Equal(m.leaves, n.leaves) }) {
				needs = append(needs, n)
			}
		}
	}
	slices.SortStableFunc(needs, func(a, b need) int { return cmp.Compare(a.weight, b.weight) })
	return slices.Clip(needs[:min(len(needs), mostNeeds)])
}

// eitherNeed returns the one need of an OR: the lightest needs of all its
// parts together; none if a part has none.
func (c *compiler) eitherNeed(p *Part) []need {
	var all need
	for _, of := range p.Of {
		needs := c.Parts[of].needs
		if len(needs) == 0 {
			return nil
		}
		all.leaves = append(all.leaves, needs[0].leaves...)
		all.weight += needs[0].weight
	}
	slices.Sort(all.leaves)
	all.leaves = slices.Compact(all.leaves)
	return []need{all}
}

// weight returns the weight of p, a row of a table, which was guessed when its
// needs were: a list is long, and a table is sorted by it.
func (p *Part) weight(c *compiler) int {
	if len(p.needs) > 0 {
		return p.needs[0].weight
	}
	return c.weight(p.Node)
}

// weight guesses how often a leaf is hit, in no unit: it only has to rank the
// needs of a rule.
func (c *compiler) weight(n query.Node) int {
	const word, name, other = 1, 2, 300
	const short, common = 3, 100 // as "by" and "in" are, which stand in nearly every text
	w := 0
	switch n := n.(type) {
	case *query.Term:
		w = word
		if len(n.Words) == 1 && len(n.Words[0].Text) <= short {
			w = common
		}
	case *query.List:
		c.entries(n.Name, func(e query.Node, _ string) { w += c.weight(e) })
	case *query.Entity:
		c.meant(n.Name, func(int32, sense, spec.Times) { w += name })
	default:
		w = other
	}
	return w
}

// indexRules decides at which leaves' hits each rule is asked: at those of its
// lightest need, where a leaf that many rules have in common weighs the more,
// for it tells the least. A rule without needs is always asked.
func (c *compiler) indexRules() {
	uses := make([]int, len(c.Parts))
	for i := range c.Rules {
		for _, n := range c.Parts[c.Rules[i].Match].needs {
			for _, leaf := range n.leaves {
				uses[leaf]++
			}
		}
	}
	cost := func(n need) int {
		most := 0
		for _, leaf := range n.leaves {
			most = max(most, uses[leaf])
		}
		return n.weight * most
	}
	c.byLeaf = make([][]int32, len(c.Parts))
	for i := range c.Rules {
		needs := slices.Clone(c.Parts[c.Rules[i].Match].needs)
		if len(needs) == 0 {
			c.always = append(c.always, int32(i))
			continue
		}
		slices.SortStableFunc(needs, func(a, b need) int { return cmp.Compare(cost(a), cost(b)) })
		for _, leaf := range needs[0].leaves {
			c.byLeaf[leaf] = append(c.byLeaf[leaf], int32(i))
		}
		c.Rules[i].needs = needs[1:]
	}
}

// nameUses is how much commoner a name is than its uses by rules would tell:
// most items name some country.
const nameUses = 4

// countUses counts for each part how many rules ask for it. What asks for
// several things is as rare as the rarest, what asks for any of several as
// common as the commonest.
func (c *compiler) countUses() {
	c.Uses = make([]int32, len(c.Parts))
	for i := range c.Rules {
		for _, p := range c.leavesOf(c.Rules[i].Match, nil) {
			c.Uses[p]++
			if c.IsName(p) {
				c.Uses[p] += nameUses - 1
			}
		}
	}
	for p := range c.Parts { // what a part is made of stands before it
		q := &c.Parts[p]
		for i, of := range q.Of {
			switch {
			case i == 0, q.Kind == Or && c.Uses[of] > c.Uses[p], q.Kind != Or && c.Uses[of] < c.Uses[p]:
				c.Uses[p] = c.Uses[of]
			}
		}
	}
}

// leavesOf appends the leaves of which a part is made, each once.
func (c *compiler) leavesOf(p int32, known []int32) []int32 {
	if len(c.Parts[p].Of) == 0 {
		return appendNew(known, p)
	}
	for _, of := range c.Parts[p].Of {
		known = c.leavesOf(of, known)
	}
	return known
}

// IsName reports whether a part is found at names only.
func (r *Program) IsName(p int32) bool {
	_, ok := r.Parts[p].Node.(*query.Entity)
	return ok
}
