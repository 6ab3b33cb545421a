package matcher

import (
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/text"
)

// A name is an entity of rules.yaml, a country, or a shield: something that is
// no country but has one in its name, such as New Mexico.
type name struct {
	id      string     // "country:ml" for a country, "" for a shield
	title   string     // as people know it
	term    string     // "@" and the id, as spans have it
	kind    string     // "" for countries and shields
	country string     // two-letter code, or ""
	firm    bool       // it is in the group of officials
	helper  int32      // the part that tells who is meant by a weak form; -1 for none
	leaves  [3][]int32 // for which leaves it is a hit, by sense
}

func (n *name) isCountry() bool { return n.kind == "" && n.country != "" }

func (n *name) isShield() bool { return n.id == "" }

// listNames lists the entities in their order, and after them the countries.
// All shields are one.
func (c *compiler) listNames() {
	add := func(n name) {
		n.helper, n.term = -1, "@"+n.id
		c.byID[n.id] = int32(len(c.names))
		c.names = append(c.names, n)
	}
	for _, e := range c.spec.entities {
		in := func(group string) bool {
			return slices.Contains(e.groups, group) || slices.Contains(c.spec.groups[group], e.id)
		}
		firm := in(officials) && !in("deposed")
		add(name{id: e.id, title: e.name, kind: e.kind, country: e.country, firm: firm})
	}
	for _, f := range places.Forms() {
		id := countryID(f.Code)
		if _, ok := c.byID[id]; !ok {
			add(name{id: id, title: places.Name(f.Code), country: f.Code})
		}
	}
}

// officials is the group of those whose word on their own country is official.
const officials = "officials"

// countryID returns the id of a country, "" if the code is "".
func countryID(code string) string {
	if code == "" {
		return ""
	}
	return asCountry + code
}

// meant calls do with whatever @of means: the name, and what of it.
func (c *compiler) meant(of string, do func(name int32, s sense)) {
	both := func(n int32) { do(n, itself); do(n, nationality) }
	is, rest, _ := strings.Cut(of, ":")
	switch {
	case of == "countries", of == "kind:country":
		c.eachName(func(n *name) bool { return n.isCountry() || n.kind == "country" }, both)
	case of == "nationalities":
		c.eachName((*name).isCountry, func(n int32) { do(n, nationality) })
	case of == "capitals":
		c.eachName((*name).isCountry, func(n int32) { do(n, capital) })
	case is == "region":
		for _, code := range places.Region(rest) {
			c.member(asCountry+code, both)
		}
	case is == "kind":
		c.eachName(func(n *name) bool { return n.kind == rest }, both)
	default:
		c.member(of, both)
		for _, id := range c.spec.groups[of] {
			c.member(id, both)
		}
		for _, e := range c.spec.entities {
			if slices.Contains(e.groups, of) {
				c.member(e.id, both)
			}
		}
	}
}

func (c *compiler) member(id string, do func(int32)) {
	if n, ok := c.byID[id]; ok {
		do(n)
	}
}

func (c *compiler) eachName(is func(*name) bool, do func(int32)) {
	for i := range c.names {
		if is(&c.names[i]) {
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
			i = int32(len(c.hows))
			hows[s] = i
			c.hows = append(c.hows, s)
		}
		return i
	}
	for i, forms := range c.entityForms() {
		e := &c.spec.entities[i]
		for _, f := range forms {
			weak := f.Common || f.Alone && e.helper != nil
			c.spell(f.Words, spelling{f.Written, f.Exact, f.Given}, nameAt{name: int32(i), alone: f.Alone, weak: weak, how: how(f.How)})
		}
	}
	for _, f := range places.Forms() {
		s := spelling{f.Written, f.Exact, 0}
		shared := f.Code != "" && len(f.Words) == 1 && places.IsNamesake(f.Words[0])
		c.spell(f.Words, s, nameAt{name: c.byID[countryID(f.Code)], sense: sense(f.Kind), shared: shared, only: f.Only, how: how(f.Lang)})
	}
}

// entityForms returns the forms of each entity. A person has hundreds, which
// take a millisecond to make: all processors share the work.
func (c *compiler) entityForms() [][]names.Form {
	forms := make([][]names.Form, len(c.spec.entities))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, e := range c.spec.entities {
		group.Go(func() error {
			forms[i] = names.Forms(names.Name{Latin: e.name, Native: e.native, Kind: e.kind, Aliases: e.aliases, Exclude: e.exclude})
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
		what := ask{word: w, form: query.Exact, name: at.sense != nationality}
		if s.exact && i < c.words.Len() {
			what.marks = wantedInName(c.words.Flags(i))
		}
		c.atoms = append(c.atoms, c.voc.atom(what))
	}
	if s.given > 0 {
		c.trie.openMiddle(c.atoms[:s.given])
	}
	c.longestName = max(c.longestName, int32(len(words))+mostMiddles)
	end := &c.trie.nodes[c.trie.node(c.atoms)]
	end.names = appendNew(end.names, at)
}

// wantedInName is [wanted] for a word of a name, of which an initial must be
// one.
func wantedInName(written text.Flag) text.Flag {
	if written&(text.Initials|text.AllCaps) == text.Initials {
		return text.Initials
	}
	return wanted(written)
}
