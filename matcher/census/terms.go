package census

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// A Term is one that rules.yaml has.
type Term struct {
	Node int32    // at which it ends in the trie of the rules
	Text string   // as lists have it
	In   []string // what asks for it: "$coup", "rule mutiny", "@beseda"
}

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
				out = append(out, Term{Node: node, Text: listed(t)})
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

// An index says which terms, lists and rules belong together.
type index struct {
	terms   []counted
	byNode  map[int32]int32     // places in terms
	own     map[string][]int32  // the terms of each list and rule, by ref
	holders map[string][]holder // of each entity and country, by id
	used    map[string]bool     // lists that something asks for
}

// A counted term knows the lists in which it is, also within another.
type counted struct {
	Text  string
	lists []string
}

// A holder is lists that have an entity or a country, at some times.
type holder struct {
	lists []string
	times spec.Times
}

func newIndex(r *engine.Program) index {
	x := index{byNode: map[int32]int32{}, own: map[string][]int32{}, holders: map[string][]holder{}, used: map[string]bool{}}
	above, used := around(r), r.Spec.UsedLists()
	for _, list := range used {
		name, _, _ := strings.Cut("$"+list, ":")
		x.used[name] = true
	}
	for _, t := range Terms(r, used) {
		at := int32(len(x.terms))
		c := counted{Text: t.Text}
		for _, in := range t.In {
			ref, is := strings.CutPrefix(in, "rule ")
			if !is && strings.HasPrefix(in, "$") {
				ref, _, _ = strings.Cut(in, ":") // the part of a list that is of one language
				c.lists = addAll(c.lists, above[ref])
			}
			if own := x.own[ref]; len(own) == 0 || own[len(own)-1] != at {
				x.own[ref] = append(own, at)
			}
		}
		x.byNode[t.Node] = at
		x.terms = append(x.terms, c)
	}
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
