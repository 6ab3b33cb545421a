package explain

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
)

// matching is the kind of a condition that is an alternative of a match.
const matching = "match"

// A condition is what rules could do without: one of several alternatives of
// what they match, or one of what takes a hit away, lowers or raises it. What
// several rules have alike is one condition, gone from all of them at once.
type condition struct {
	kind string // matching, "unless", "lower" or "raise"
	engine.Clause
}

// variants are a rule without each of its conditions.
type variants []variant

// A variant is a rule without one of its conditions.
type variant struct {
	without condition
	rule    engine.Rule
	matches []int32 // what is left of the alternatives of its match
}

// variantsOf returns the variants of all rules of a program.
func variantsOf(r *engine.Program) []variants {
	all := make([]variants, len(r.Rules))
	for i := range r.Rules {
		all[i] = variantsOfRule(r, &r.Rules[i])
	}
	return all
}

func variantsOfRule(r *engine.Program, k *engine.Rule) variants {
	var all variants
	matches := alternatives(r, k.Match)
	if len(matches) > 1 {
		for i, p := range matches {
			left := slices.Delete(slices.Clone(matches), i, i+1)
			all = append(all, variant{condition{matching, engine.Clause{Part: p}}, *k, left})
		}
	}
	for _, clauses := range []struct {
		kind string
		of   func(*engine.Rule) *[]engine.Clause
	}{
		{"unless", func(k *engine.Rule) *[]engine.Clause { return &k.Unless }},
		{"lower", func(k *engine.Rule) *[]engine.Clause { return &k.Lower }},
		{"raise", func(k *engine.Rule) *[]engine.Clause { return &k.Raise }},
	} {
		single := singly(r, *clauses.of(k))
		for i, c := range single {
			v := variant{condition{clauses.kind, c}, *k, []int32{k.Match}}
			*clauses.of(&v.rule) = slices.Delete(slices.Clone(single), i, i+1)
			all = append(all, v)
		}
	}
	return all
}

// singly returns clauses that come to the same as these, one for each
// alternative, and none twice.
func singly(r *engine.Program, clauses []engine.Clause) []engine.Clause {
	var out []engine.Clause
	for _, c := range clauses {
		c.Text = "" // that of all alternatives
		for _, p := range alternatives(r, c.Part) {
			c.Part = p
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// alternatives returns the parts of an OR, or a part that is none.
func alternatives(r *engine.Program, part int32) []int32 {
	if p := &r.Parts[part]; p.Kind == engine.Or {
		return p.Of
	}
	return []int32{part}
}

// changesByCondition returns what would come of an item without each of the
// conditions of its rules, see judgedItem.change.
func (s *Stats) changesByCondition(m reading, it *judgedItem) map[condition]int {
	if s.variants == nil {
		s.variants = variantsOf(s.rules)
	}
	more := map[condition]int{} // how many more rules alert the item
	for _, i := range m.Selected {
		if m.Eval(m.Rules[i].Match, engine.Whole()).Empty() {
			continue
		}
		alerted := slices.Contains(it.rules, i)
		for j := range s.variants[i] {
			v := &s.variants[i][j]
			switch without := v.alerts(m); {
			case alerted && !without:
				more[v.without]--
			case !alerted && without:
				more[v.without]++
			}
		}
	}
	changes := map[condition]int{}
	for c, n := range more {
		if change := it.change(len(it.rules)+n > 0); change != 0 {
			changes[c] = change
		}
	}
	return changes
}

// alerts reports whether the variant alerts the item of a reading.
func (v *variant) alerts(m reading) bool {
	return slices.ContainsFunc(v.matches, func(match int32) bool { return m.alerts(&v.rule, match) })
}

// conditionFigures returns figures of the conditions for which the score
// matters, those that it would miss least first.
func (t *tried) conditionFigures(r *engine.Program) []ConditionFigures {
	describe := newDescriber(r)
	var out []ConditionFigures
	for c, labels := range t.conditions {
		if loss := t.loss(labels); loss != 0 {
			out = append(out, ConditionFigures{describe(c), loss})
		}
	}
	slices.SortFunc(out, func(a, b ConditionFigures) int {
		return cmp.Or(cmp.Compare(a.Loss, b.Loss), compareConditions(a.Condition, b.Condition))
	})
	return out
}

func compareConditions(a, b Condition) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.When, b.When), cmp.Compare(a.Near, b.Near), cmp.Compare(a.To, b.To))
}

// newDescriber returns a function that returns a condition as people read it, with the rules
// that have it.
func newDescriber(r *engine.Program) func(condition) Condition {
	rules := map[condition][]string{}
	for i, of := range variantsOf(r) {
		for j := range of {
			rules[of[j].without] = append(rules[of[j].without], r.Rules[i].ID)
		}
	}
	return func(c condition) Condition {
		return Condition{Kind: c.kind, When: query.Format(r.Parts[c.Part].Node), Near: nearness(c), To: c.To, Rules: rules[c]}
	}
}

// nearness returns how far from a hit a condition may stand, as rules.yaml
// writes it; "" for one that is no clause.
func nearness(c condition) string {
	switch {
	case c.kind == matching:
		return ""
	case c.Near == spec.Anywhere:
		return "item"
	case c.Near == spec.SameSentence:
		return "sentence"
	}
	return strconv.Itoa(int(c.Near))
}
