package matcher

import (
	"maps"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// An asked is a query of rules.yaml, and what it is asked for.
type asked struct {
	in       string // "$list", "rule coup" or "@entity"
	node     query.Node
	language string // for which a list has it, or ""
}

// asked returns the entries of the given lists and the queries of all rules
// and helpers, in this order.
func (s *spec) asked(lists []string) []asked {
	var out []asked
	for _, list := range lists {
		for _, n := range s.lists[list] {
			out = append(out, asked{"$" + list, n, s.languages[list]})
		}
	}
	return append(out, s.queries()...)
}

// queries returns the queries of all rules and helpers.
func (s *spec) queries() []asked {
	var out []asked
	for _, r := range s.rules {
		in := "rule " + r.id
		out = append(out, asked{in: in, node: r.match})
		for _, u := range r.unless {
			out = append(out, asked{in: in, node: u.when})
		}
		for _, c := range slices.Concat(r.lower, r.raise) {
			out = append(out, asked{in: in, node: c.when})
		}
	}
	for _, e := range s.entities {
		if e.helper != nil {
			out = append(out, asked{in: "@" + e.id, node: e.helper})
		}
	}
	return out
}

// listsIn returns the names of the lists that a query asks for.
func listsIn(q query.Node) []string {
	var names []string
	for part := range query.All(q) {
		switch part := part.(type) {
		case *query.List:
			names = append(names, part.Name)
		case *query.Count:
			names = append(names, part.Name)
		}
	}
	return names
}

// finder returns a function that finds where a term of the rules ends in the
// trie. It reads the term as a compiler does, with a vocabulary of its own,
// since the rules are in use and must not change.
func (r *Rules) finder() func(words []query.Word, language string) int32 {
	voc := newVocabulary(len(r.voc.asks))
	voc.asks, voc.marks = slices.Clip(r.voc.asks), slices.Clip(r.voc.marks)
	for a, what := range r.voc.asks {
		voc.atoms[what] = atom(a)
	}
	c := &compiler{Rules: &Rules{voc: voc}}
	return func(words []query.Word, language string) int32 {
		c.listed = ""
		if language != "" {
			c.listed = c.language(language)
		}
		c.read(words)
		return r.trie.find(c.atoms)
	}
}

// find returns the node at which a term of these atoms ends, 0 if there is
// none.
func (t *trie) find(atoms []atom) int32 {
	if len(atoms) == 0 || int(atoms[0]) >= len(t.starts) {
		return 0
	}
	at := t.starts[atoms[0]].node
	for _, a := range atoms[1:] {
		at = t.ways[step{at, a}]
	}
	return at
}

// usedLists returns the names of the lists that a rule or an entity's helper
// asks for, in itself or within another, sorted.
func (s *spec) usedLists() []string {
	used := map[string]bool{}
	var use func(query.Node)
	use = func(q query.Node) {
		for _, name := range listsIn(q) {
			if used[name] {
				continue
			}
			used[name] = true
			for _, entry := range s.lists[name] {
				use(entry)
			}
		}
	}
	for _, q := range s.queries() {
		use(q.node)
	}
	return slices.Sorted(maps.Keys(used))
}
