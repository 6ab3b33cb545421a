package engine

import (
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/matcher/engine/internal/vocabulary"
	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/text"
)

// A Name is an entity of rules.yaml, a country, or a shield: something that is
// no country but has one in its name, such as New Mexico.
type Name struct {
	ID      string    // "country:ml" for a country, "" for a shield
	Title   string    // as people know it
	Term    string    // "@" and the id, as spans have it
	Kind    string    // "" for countries and shields
	Country string    // two-letter code, or ""
	Helper  int32     // the part that tells who is meant by a weak form; -1 for none
	roles   [3][]role // by sense

	official, deposed *spec.Times // when it is in these groups; nil if never
}

// A role says for which leaf a name is a hit, and in which items.
type role struct {
	leaf  int32
	times spec.Times // when the items are of
}

// plays gives the name a role, or one that it has more time.
func (n *Name) plays(s sense, r role) {
	for i := range n.roles[s] {
		if known := &n.roles[s][i]; known.leaf == r.leaf {
			known.times = known.times.Or(r.times)
			return
		}
	}
	n.roles[s] = append(n.roles[s], r)
}

func (n *Name) isCountry() bool { return n.Kind == "" && n.Country != "" }

// IsShield reports whether it is no name but hides one.
func (n *Name) IsShield() bool { return n.ID == "" }

// listNames lists the entities in their order, and after them the countries.
// All shields are one.
func (c *compiler) listNames() {
	add := func(n Name) {
		n.Helper, n.Term = -1, "@"+n.ID
		c.byID[n.ID] = int32(len(c.Names))
		c.Names = append(c.Names, n)
	}
	official, deposed := c.timesIn(officials), c.timesIn("deposed")
	for _, e := range c.spec.Entities {
		n := Name{ID: e.ID, Title: e.Name, Kind: e.Kind, Country: e.Country}
		if times, ok := official[e.ID]; ok {
			n.official = &times
		}
		if times, ok := deposed[e.ID]; ok {
			n.deposed = &times
		}
		add(n)
	}
	for _, f := range c.countries {
		id := spec.CountryID(f.Code)
		if _, ok := c.byID[id]; !ok {
			add(Name{ID: id, Title: places.Name(f.Code), Country: f.Code})
		}
	}
}

// officials is the group of those whose word on their own country is official.
const officials = "officials"

// timesIn returns when each member of a group is in it.
func (c *compiler) timesIn(group string) map[string]spec.Times {
	in := map[string]spec.Times{}
	c.members(group, func(m spec.Member) {
		if known, ok := in[m.ID]; ok {
			m.Times = m.Times.Or(known)
		}
		in[m.ID] = m.Times
	})
	return in
}

// firm reports whether the word of a name on its own country was official then.
func (n *Name) firm(then time.Time) bool {
	return n.official != nil && n.official.Cover(then) && (n.deposed == nil || !n.deposed.Cover(then))
}

// members calls do with all that is in a group.
func (c *compiler) members(group string, do func(spec.Member)) {
	for _, m := range c.spec.Groups[group] {
		do(m)
	}
	for i := range c.spec.Entities {
		if e := &c.spec.Entities[i]; slices.Contains(e.Groups, group) {
			do(spec.Member{ID: e.ID, Times: e.Times()})
		}
	}
}

// meant calls do with whatever @of means: the name, what of it, and when.
func (c *compiler) meant(of string, do func(name int32, s sense, times spec.Times)) {
	at := func(n int32, times spec.Times) { do(n, itself, times); do(n, nationality, times) }
	both := func(n int32) { at(n, nil) }
	is, rest, _ := strings.Cut(of, ":")
	switch {
	case of == "countries", of == "kind:country":
		c.eachName(func(n *Name) bool { return n.isCountry() || n.Kind == "country" }, both)
	case of == "nationalities":
		c.eachName((*Name).isCountry, func(n int32) { do(n, nationality, nil) })
	case of == "capitals":
		c.eachName((*Name).isCountry, func(n int32) { do(n, capital, nil) })
	case is == "region":
		for _, code := range places.Region(rest) {
			c.member(spec.AsCountry+code, both)
		}
	case is == "kind":
		c.eachName(func(n *Name) bool { return n.Kind == rest }, both)
	default:
		c.member(of, both)
		c.members(of, func(m spec.Member) {
			c.member(m.ID, func(n int32) { at(n, m.Times) })
		})
	}
}

func (c *compiler) member(id string, do func(int32)) {
	if n, ok := c.byID[id]; ok {
		do(n)
	}
}

func (c *compiler) eachName(is func(*Name) bool, do func(int32)) {
	for i := range c.Names {
		if is(&c.Names[i]) {
			do(int32(i))
		}
	}
}

// spellNames puts all spellings of all entities and countries into the trie.
func (c *compiler) spellNames() {
	hows := map[string]int32{}
	how := func(s string) int32 {
		i, ok := hows[s]
		if !ok {
			i = int32(len(c.Hows))
			hows[s] = i
			c.Hows = append(c.Hows, s)
		}
		return i
	}
	for i, forms := range c.entityForms() {
		e := &c.spec.Entities[i]
		for _, f := range forms {
			weak := f.Common || f.Alone && e.Helper != nil
			c.spell(f.Words, spelling{f.Written, f.Exact, f.Given}, nameAt{Name: int32(i), alone: f.Alone, weak: weak, How: how(f.How)})
		}
	}
	for _, f := range c.countries {
		s := spelling{f.Written, f.Exact, 0}
		shared := f.Code != "" && len(f.Words) == 1 && places.IsNamesake(f.Words[0])
		c.spell(f.Words, s, nameAt{Name: c.byID[spec.CountryID(f.Code)], sense: sense(f.Kind), shared: shared, only: f.Only, How: how(f.Lang)})
	}
}

// entityForms returns the forms of each entity. A person has hundreds, which
// take a millisecond to make: all processors share the work.
func (c *compiler) entityForms() [][]names.Form {
	forms := make([][]names.Form, len(c.spec.Entities))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, e := range c.spec.Entities {
		group.Go(func() error {
			forms[i] = names.Forms(names.Name{Latin: e.Name, Native: e.Native, Kind: e.Kind, Aliases: e.Aliases, Exclude: e.Exclude})
			return nil
		})
	}
	_ = group.Wait() // none fails
	return forms
}

// A spelling says how the words of a name are looked for.
type spelling struct {
	written string
	exact   bool
	given   int // after how many words middle names may follow; 0 for nowhere
}

// spell puts one spelling into the trie.
func (c *compiler) spell(words []string, s spelling, at nameAt) {
	if len(words) == 0 {
		return
	}
	if s.exact {
		c.words.Set(s.written, "")
	}
	c.atoms = c.atoms[:0]
	for i, w := range words {
		what := vocabulary.Ask{Word: w, Form: query.Exact, Name: at.sense != nationality}
		if s.exact && i < c.words.Len() {
			what.Marks = wantedInName(c.words.Flags(i))
		}
		c.atoms = append(c.atoms, c.voc.Atom(what, ""))
	}
	if s.given > 0 {
		c.trie.openMiddle(c.atoms[:s.given])
	}
	c.longestName = max(c.longestName, int32(len(words))+mostMiddles)
	end := c.trie.node(c.atoms)
	c.trie.names.add(&c.trie.nodes[end].names, at)
}

// wantedInName is [wanted] for a word of a name, of which an initial must be
// one.
func wantedInName(written text.Flag) text.Flag {
	if written&(text.Initials|text.AllCaps) == text.Initials {
		return text.Initials
	}
	return wanted(written)
}
