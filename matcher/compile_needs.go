package matcher

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
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
func (c *compiler) needs(p *part, i int32) []need {
	var needs []need
	switch p.kind {
	case leaf, question:
		return []need{{[]int32{i}, c.weight(p.node)}}
	case meta:
		return nil
	case or:
		return c.eitherNeed(p)
	}
	for _, of := range p.of {
		for _, n := range c.parts[of].needs {
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
func (c *compiler) eitherNeed(p *part) []need {
	var all need
	for _, of := range p.of {
		needs := c.parts[of].needs
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

// weight guesses how often a leaf is hit, in no unit: it only has to rank the
// needs of a rule.
func (c *compiler) weight(n query.Node) int {
	const word, name, other = 1, 2, 300
	w := 0
	switch n := n.(type) {
	case *query.Term:
		w = word
	case *query.List:
		c.entries(n.Name, func(e query.Node, _ string) { w += c.weight(e) })
	case *query.Entity:
		c.meant(n.Name, func(int32, sense) { w += name })
	default:
		w = other
	}
	return w
}

// rouse decides at which leaves' hits each check is asked: at those of its
// lightest need, where a leaf that many rules have in common weighs the more,
// for it tells the least. A check without needs is always awake.
func (c *compiler) rouse() {
	uses := make([]int, len(c.parts))
	for i := range c.checks {
		for _, n := range c.parts[c.checks[i].match].needs {
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
	c.rouses = make([][]int32, len(c.parts))
	for i := range c.checks {
		needs := slices.Clone(c.parts[c.checks[i].match].needs)
		if len(needs) == 0 {
			c.awake = append(c.awake, int32(i))
			continue
		}
		slices.SortStableFunc(needs, func(a, b need) int { return cmp.Compare(cost(a), cost(b)) })
		for _, leaf := range needs[0].leaves {
			c.rouses[leaf] = append(c.rouses[leaf], int32(i))
		}
		c.checks[i].needs = needs[1:]
	}
}
