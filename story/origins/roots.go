package origins

import (
	"slices"

	"github.com/coupwatch/coupwatch/news"
)

// roots returns the nodes on which node i rests in the end: itself if it has
// it from nobody. Of families that have it only from one another the first is
// the root. All is known to g by now.
func (g *graph) roots(i int) []int {
	if g.resolved == nil {
		g.resolved = make([][]int, len(g.nodes))
	}
	if g.resolved[i] == nil {
		g.resolved[i] = g.resolve(i)
	}
	return g.resolved[i]
}

func (g *graph) resolve(i int) []int {
	var roots []int
	reached := g.reach(i)
	for _, at := range reached {
		if n := g.nodes[at]; n.speaker || n.own || len(n.from) == 0 {
			roots = append(roots, at)
		}
	}
	if len(roots) > 0 {
		return roots
	}
	for _, at := range reached {
		if circle := g.reach(at); circle[0] == at && len(g.reach(circle[len(circle)-1])) == len(circle) {
			return []int{at} // all whom at reaches are a circle, and at is its first
		}
	}
	return reached[:1]
}

// reach returns the nodes from which node i has it, directly or not, and i, in
// order.
func (g *graph) reach(i int) []int {
	reached := []int{i}
	for at := 0; at < len(reached); at++ {
		if n := g.nodes[reached[at]]; !n.speaker {
			for _, next := range n.from {
				if !slices.Contains(reached, next) {
					reached = append(reached, next)
				}
			}
		}
	}
	slices.Sort(reached)
	return reached
}

// count counts r for the roots of what it said.
func (g *graph) count(r news.Report, said sourcing) {
	if len(said.on) == 0 {
		said.on = []int{g.outlet(r.Publisher)}
	}
	var on []int
	for _, i := range said.on {
		if g.nodes[i].own {
			on = with(on, i)
			continue
		}
		for _, root := range g.roots(i) {
			on = with(on, root)
		}
	}
	for _, i := range on {
		g.nodes[i].reports++
		g.nodes[i].arrive(r, "")
	}
}

// origins returns the roots, the first first.
func (g *graph) origins() []news.Origin {
	isRoot := make([]bool, len(g.nodes))
	for i, n := range g.nodes {
		if n.tells || n.speaker {
			for _, root := range g.roots(i) {
				isRoot[root] = true
			}
		}
	}
	var out []news.Origin
	for i, n := range g.nodes {
		if !isRoot[i] {
			continue
		}
		o := news.Origin{Name: n.name, Key: n.key, Via: n.via, At: n.at, Link: n.link, Quote: n.quote, Reports: n.reports}
		if n.own {
			o.Via = []string{n.name}
		}
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b news.Origin) int { return a.At.Compare(b.At) })
	return out
}

// resting returns sources with their origins, as they are now, and with what
// publisher just said.
func (g *graph) resting(sources []news.Source, publisher string, said sourcing) []news.Source {
	out := slices.Clone(sources)
	for i := range out {
		x := &out[i]
		if x.Publisher == publisher {
			for _, via := range said.via {
				x.Via = with(x.Via, via)
			}
		} else if x.Origins == nil && x.Via == nil {
			continue
		}
		x.Origins = nil
		for _, root := range g.roots(g.outlet(x.Publisher)) {
			x.Origins = append(x.Origins, g.nodes[root].name)
		}
	}
	return out
}
