package census

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A Term is one that rules.yaml has.
type Term struct {
	Node int32    // at which it ends in the trie of the rules
	In   []string // what asks for it: "$coup", "rule mutiny", "@beseda"

	of *query.Term
}

// Text returns the term as lists have it.
func (t Term) Text() string { return listed(t.of) }

// Terms returns the terms in the given lists, and in all rules and helpers.
func Terms(r *engine.Program, lists []string) []Term {
	find, byNode := r.Finder(), map[int32]int{}
	var out []Term
	for _, q := range r.Spec.Asked(lists) {
		for n := range query.All(q.Node) {
			t, ok := n.(*query.Term)
			if !ok {
				continue
			}
			node := find(t.Words, q.Language)
			i, known := byNode[node]
			if !known {
				i = len(out)
				byNode[node] = i
				out = append(out, Term{Node: node, of: t})
			}
			if !slices.Contains(out[i].In, q.In) {
				out[i].In = append(out[i].In, q.In)
			}
		}
	}
	return out
}

// listed returns a term as lists have it: with blanks between its words, which
// in queries are hyphens.
func listed(t *query.Term) string {
	s := query.Format(t)
	if len(t.Words) > 1 && !strings.HasPrefix(s, `"`) {
		s = strings.ReplaceAll(s, "-", " ")
	}
	return s
}

// An index says which terms, lists and rules belong together. There are tens of
// thousands of terms, so what many have alike stands there once.
type index struct {
	terms   []counted
	byNode  []place             // by node
	sets    [][]string          // of lists
	own     map[string][]int32  // the terms of each list and rule, by ref
	holders map[string][]holder // of each entity and country, by id
	used    map[string]bool     // lists that something asks for
}

// A counted term knows in which of index.sets the lists are that have it, also
// within another.
type counted struct {
	of  *query.Term
	set int32
}

// A place is where a term stands in index.terms that ends at a node.
type place struct{ node, at int32 }

// at returns where a term stands that ends at a node.
func (x *index) at(node int32) (at int32, known bool) {
	i, known := slices.BinarySearchFunc(x.byNode, node, func(p place, node int32) int { return cmp.Compare(p.node, node) })
	if !known {
		return 0, false
	}
	return x.byNode[i].at, true
}

// A holder is lists that have an entity or a country, at some times.
type holder struct {
	lists []string
	times spec.Times
}

func newIndex(r *engine.Program) index {
	x := index{own: map[string][]int32{}, holders: map[string][]holder{}, used: map[string]bool{}}
	above, used := around(r), r.Spec.UsedLists()
	for _, list := range used {
		name, _, _ := strings.Cut("$"+list, ":")
		x.used[name] = true
	}
	sets := map[string]int32{}
	all := Terms(r, used)
	x.terms, x.byNode = make([]counted, 0, len(all)), make([]place, 0, len(all))
	for _, t := range all {
		at := int32(len(x.terms))
		var lists []string
		for _, in := range t.In {
			ref, is := strings.CutPrefix(in, "rule ")
			if !is && strings.HasPrefix(in, "$") {
				ref, _, _ = strings.Cut(in, ":") // the part of a list that is of one language
				lists = addAll(lists, above[ref])
			}
			if own := x.own[ref]; len(own) == 0 || own[len(own)-1] != at {
				x.own[ref] = append(own, at)
			}
		}
		x.byNode = append(x.byNode, place{t.Node, at})
		x.terms = append(x.terms, counted{t.of, x.set(lists, sets)})
	}
	slices.SortFunc(x.byNode, func(a, b place) int { return cmp.Compare(a.node, b.node) })
	for list, entries := range r.Spec.Lists {
		name, _, _ := strings.Cut("$"+list, ":")
		for _, n := range entries {
			if e, is := n.(*query.Entity); is {
				x.hold(r, e.Name, above[name])
			}
		}
	}
	return x
}

// set returns where lists stand in x.sets; known says so of those that do.
func (x *index) set(lists []string, known map[string]int32) int32 {
	key := strings.Join(lists, " ")
	at, is := known[key]
	if !is {
		at = int32(len(x.sets))
		x.sets, known[key] = append(x.sets, lists), at
	}
	return at
}

// hold notes that lists have an entity, or all of a group of rules.yaml.
func (x *index) hold(r *engine.Program, name string, lists []string) {
	x.holders[name] = append(x.holders[name], holder{lists: lists})
	for _, m := range r.Spec.Groups[name] {
		x.holders[m.ID] = append(x.holders[m.ID], holder{lists, m.Times})
	}
}

// around returns, for each list, itself and those that have it within.
func around(r *engine.Program) map[string][]string {
	holders := map[string][]string{}
	for list, entries := range r.Spec.Lists {
		name, _, _ := strings.Cut("$"+list, ":")
		for _, n := range entries {
			if inner, is := n.(*query.List); is {
				if inner, _, _ := strings.Cut("$"+inner.Name, ":"); inner != name {
					holders[inner] = addAll(holders[inner], []string{name})
				}
			}
		}
	}
	all := map[string][]string{}
	for list := range r.Spec.Lists {
		name, _, _ := strings.Cut("$"+list, ":")
		found := []string{name}
		for i := 0; i < len(found); i++ {
			found = addAll(found, holders[found[i]])
		}
		all[name] = found
	}
	return all
}

// addAll appends those of more that are not in list.
func addAll(list, more []string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
