package spec

import (
	"maps"
	"slices"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// An Asked is a query of rules.yaml, and what it is asked for.
type Asked struct {
	In       string // "$list", "rule coup" or "@entity"
	Node     query.Node
	Language string // for which a list has it, or ""
}

// Asked returns the entries of the given lists and the queries of all rules
// and helpers, in this order.
func (s *Spec) Asked(lists []string) []Asked {
	var out []Asked
	for _, list := range lists {
		for _, n := range s.Lists[list] {
			out = append(out, Asked{"$" + list, n, s.Languages[list]})
		}
	}
	return append(out, s.queries()...)
}

// queries returns the queries of all rules and helpers.
func (s *Spec) queries() []Asked {
	var out []Asked
	for _, r := range s.Rules {
		in := "rule " + r.ID
		out = append(out, Asked{In: in, Node: r.Match})
		for _, u := range r.Unless {
			out = append(out, Asked{In: in, Node: u.When})
		}
		for _, c := range slices.Concat(r.Lower, r.Raise) {
			out = append(out, Asked{In: in, Node: c.When})
		}
	}
	for _, e := range s.Entities {
		if e.Helper != nil {
			out = append(out, Asked{In: "@" + e.ID, Node: e.Helper})
		}
	}
	return out
}

// listsIn returns the names of the lists that a query asks for, in itself or in
// a table of points.
func (s *Spec) listsIn(q query.Node) []string {
	var names []string
	for part := range query.All(q) {
		switch part := part.(type) {
		case *query.List:
			names = append(names, part.Name)
		case *query.Count:
			names = append(names, part.Name)
		case *query.Points:
			for _, row := range s.Points[part.Name] {
				names = append(names, s.listsIn(row.When)...)
			}
		}
	}
	return names
}

// UsedLists returns the names of the lists that a rule or an entity's helper
// asks for, in itself or within another, sorted.
func (s *Spec) UsedLists() []string {
	used := map[string]bool{}
	var use func(query.Node)
	use = func(q query.Node) {
		for _, name := range s.listsIn(q) {
			if used[name] {
				continue
			}
			used[name] = true
			for _, entry := range s.Lists[name] {
				use(entry)
			}
		}
	}
	for _, q := range s.queries() {
		use(q.Node)
	}
	return slices.Sorted(maps.Keys(used))
}

// Rows returns what the rows of a table of points ask for, as rules.yaml has it.
func (s *Spec) Rows(table string) []string {
	var rows []string
	for _, row := range s.Points[table] {
		rows = append(rows, query.Format(row.When))
	}
	return rows
}

// Named returns what lists and groups are called in queries, such as "$coup" and
// "@juntas", in order. The parts of a list that count in one language only have no
// name of their own.
func (s *Spec) Named() []string {
	var names []string
	for name := range s.Lists {
		if _, part := s.Languages[name]; !part {
			names = append(names, "$"+name)
		}
	}
	for name := range s.Groups {
		names = append(names, "@"+name)
	}
	slices.Sort(names)
	return names
}
