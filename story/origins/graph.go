package origins

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A graph says who has it from whom. Its nodes are speakers and families of
// publishers.
type graph struct {
	table    Outlets
	nodes    []node
	families map[string]int // nodes by the name of the family, and of its outlets
	speakers map[string]int // nodes by the names of the speaker
	resolved [][]int        // what roots returned
}

// A node is a speaker, or a family of publishers.
type node struct {
	name    string // as people know it
	key     string // see identity
	speaker bool
	spelled spelling // of who may be a speaker, once it is needed
	own     bool     // a family that says so of its own knowledge
	tells   bool     // a family that has a report in the story
	from    []int    // nodes from which it has it
	via     []string // outlets through which a speaker said it
	at      time.Time
	link    string
	quote   string
	reports int
}

// arrive notes that r rests on n, as quote says.
func (n *node) arrive(r news.Report, quote string) {
	if at := r.When(); n.link == "" && n.at.IsZero() || at.Before(n.at) {
		n.at, n.link = at, r.Link
		if quote != "" {
			n.quote = quote
		}
	}
	if n.quote == "" {
		n.quote = quote
	}
}

// read returns what s says of its origins. A family that speaks of its own
// knowledge is kept in a story as an origin through itself.
func read(s news.Story, t Outlets) *graph {
	g := &graph{table: t, families: map[string]int{}, speakers: map[string]int{}}
	cited := map[string]bool{}
	for _, source := range s.Sources {
		if source.Origins == nil && source.Via == nil {
			continue // its first report is just being added
		}
		g.nodes[g.outlet(source.Publisher)].tells = true
		for _, via := range source.Via {
			cited[via] = true
		}
	}
	for _, o := range s.Origins {
		g.readOrigin(o, cited[o.Name])
	}
	for _, o := range s.Origins {
		if i, known := g.find(o.Name); known && g.nodes[i].speaker {
			for _, via := range o.Via {
				g.link(g.channel(via), i)
			}
		}
	}
	for _, source := range s.Sources {
		if self, _, known := g.family(source.Publisher); known {
			for _, via := range source.Via {
				g.link(self, g.channel(via))
			}
			for _, name := range source.Origins {
				if i, known := g.find(name); known {
					g.link(self, i)
				}
			}
		}
	}
	return g
}

// readOrigin takes in an origin of a story. One that others cite may be an
// outlet that nobody lists; only a speaker speaks through others.
func (g *graph) readOrigin(o news.Origin, cited bool) {
	i, key, outlet := g.family(o.Name)
	switch {
	case outlet:
	case cited || g.listed(o.Name):
		i, outlet = g.add(node{}), true
		g.families[o.Name], g.families[key] = i, i
	default:
		i = g.add(node{})
		g.speakers[o.Name] = i
	}
	n := &g.nodes[i]
	n.name, n.key, n.at, n.link, n.quote, n.reports = o.Name, o.Key, o.At, o.Link, o.Quote, o.Reports
	n.own = outlet && slices.Contains(o.Via, o.Name)
	if n.speaker = !outlet || len(o.Via) > 0 && !n.own; n.speaker {
		n.via = o.Via
	}
}

// family returns the node of the family of an outlet, if there is one, and the
// name by which the family is known here.
func (g *graph) family(outlet string) (node int, key string, known bool) {
	if node, known = g.families[outlet]; known {
		return node, outlet, true
	}
	key = strings.ToLower(g.table.Family(outlet))
	if node, known = g.families[key]; known {
		g.families[outlet] = node
	}
	return node, key, known
}

// outlet returns the node of the family of an outlet.
func (g *graph) outlet(name string) int {
	i, key, known := g.family(name)
	if !known {
		i = g.add(node{name: name})
		g.families[name], g.families[key] = i, i
	}
	return i
}

// shown returns the name of an outlet as people know it.
func (g *graph) shown(name string) string {
	if o, listed := g.table.Named(name); listed {
		return o.Name
	}
	return name
}

func (g *graph) listed(name string) bool {
	_, listed := g.table.Named(name)
	return listed
}

// add adds a node and returns its place.
func (g *graph) add(n node) int {
	g.nodes = append(g.nodes, n)
	return len(g.nodes) - 1
}

// speaker returns the node of a speaker. The fuller of two names is kept. Who
// was only known as somebody through whom others speak is a speaker from now on.
func (g *graph) speaker(who identity) int {
	i, known := g.speakers[who.name]
	if at := slices.IndexFunc(g.nodes, func(n node) bool { return who.key != "" && n.key == who.key }); at >= 0 {
		i, known = at, true
	}
	if !known {
		i, known = g.alike(who.name)
	}
	if !known || who.key != "" && g.nodes[i].key != "" && g.nodes[i].key != who.key {
		i = g.add(node{name: who.name})
	}
	n := &g.nodes[i]
	n.speaker, n.key = true, cmp.Or(n.key, who.key)
	if n.key == "" && len(strings.Fields(who.name)) > len(strings.Fields(n.name)) {
		n.name, n.spelled = who.name, spelling{}
	}
	g.speakers[who.name] = i
	g.unite(i, spell(who.name))
	return i
}

// unite makes speakers who were known by one word, or by no more than the
// speaker i is now, that speaker: "Yevgeny" and "Maren" are one once Yevgeny
// Maren is named.
func (g *graph) unite(i int, name spelling) {
	for j := range g.nodes {
		n := g.nodes[j]
		if j == i || !n.speaker || n.key != "" {
			continue
		}
		words := spell(n.name)
		if same(words, name) && (len(words.words) == 1 && len(name.words) > 1 || len(words.words) == len(name.words)) {
			g.merge(i, j)
		}
	}
}

// merge gives all that j is to i. Nothing is left of j.
func (g *graph) merge(i, j int) {
	from := g.nodes[j]
	g.nodes[j] = node{}
	for k := range g.nodes {
		if at := slices.Index(g.nodes[k].from, j); at >= 0 {
			g.nodes[k].from = slices.DeleteFunc(slices.Clone(g.nodes[k].from), func(x int) bool { return x == j })
			g.link(k, i)
		}
	}
	for name, k := range g.speakers {
		if k == j {
			g.speakers[name] = i
		}
	}
	n := &g.nodes[i]
	n.reports += from.reports
	for _, via := range from.via {
		n.via = with(n.via, via)
	}
	if n.at.IsZero() || !from.at.IsZero() && from.at.Before(n.at) {
		n.at, n.link, n.quote = from.at, from.link, cmp.Or(from.quote, n.quote)
	}
}

// channel returns the node of an outlet, or of the speaker of that name: people
// pass on what others told them, as outlets do.
func (g *graph) channel(name string) int {
	if i, _, known := g.family(name); known {
		return i
	}
	if !g.listed(name) {
		if i, known := g.alike(name); known {
			return i
		}
	}
	return g.outlet(g.shown(name))
}

// alike returns the node of a speaker, or of somebody who may be one, whose
// name is another spelling of name.
func (g *graph) alike(name string) (int, bool) {
	spelled := spell(name)
	for i := range g.nodes {
		n := &g.nodes[i]
		if n.spelled.words == nil && (n.speaker || !n.tells && !g.listed(n.name)) {
			n.spelled = spell(n.name)
		}
		if same(n.spelled, spelled) {
			return i, true
		}
	}
	return 0, false
}

// find returns the node that has a name.
func (g *graph) find(name string) (int, bool) {
	if i, known := g.speakers[name]; known {
		return i, true
	}
	i, _, known := g.family(name)
	return i, known
}

// link notes that a has it from b.
func (g *graph) link(a, b int) {
	if a != b {
		g.nodes[a].from = with(g.nodes[a].from, b)
	}
}

// resolveFamilies gives what rested on a family that turns out to have it from others
// to those.
func (g *graph) resolveFamilies() {
	for i := range g.nodes {
		n := g.nodes[i]
		if n.reports == 0 || slices.Contains(g.roots(i), i) {
			continue
		}
		for _, root := range g.roots(i) {
			to := &g.nodes[root]
			to.reports += n.reports
			if to.at.IsZero() || n.at.Before(to.at) {
				to.at, to.link = n.at, n.link
			}
		}
		g.nodes[i].reports = 0
	}
}

// adopt takes in an origin of another story: an outlet, or a speaker who may
// be one that is known.
func (g *graph) adopt(o news.Origin) {
	i, known := g.find(o.Name)
	if !known {
		if g.listed(o.Name) || len(o.Via) == 1 && o.Via[0] == o.Name {
			i = g.outlet(o.Name)
		} else {
			i = g.speaker(identity{o.Name, o.Key})
		}
	}
	n := &g.nodes[i]
	n.reports += o.Reports
	for _, via := range o.Via {
		if n.speaker {
			n.via = with(n.via, via)
		}
	}
	if n.link == "" || o.At.Before(n.at) {
		n.at, n.link, n.quote = o.At, o.Link, cmp.Or(o.Quote, n.quote)
	}
}
