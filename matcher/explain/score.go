package explain

import (
	"maps"
	"slices"
)

// A Score says how well the alerted items of those that are labelled were
// chosen, each counted by its weight. A share of nothing is 0.
type Score struct {
	Labelled  int     `json:"labelled"`
	Precision float64 `json:"precision"`   // the share of the alerted items that is right
	Lenient   float64 `json:"lenient"`     // the share of them that is right or related
	Recall    float64 `json:"recall"`      // the share of the right items that is alerted
	Core      float64 `json:"core_recall"` // the same of those of which all were labelled
	F1        float64 `json:"f1"`          // the harmonic mean of precision and recall, after van Rijsbergen
}

// ruleScore returns how well the items that a rule alerts were chosen, and
// what the score would lose without the rule: then the items that it alone
// alerts would not be. It returns nil if no item was labelled.
func (t *tried) ruleScore(rule int) *RuleScore {
	if len(t.all) == 0 {
		return nil
	}
	r := &t.rules[rule]
	return &RuleScore{
		Right:     r.alerted.items(Right),
		Related:   r.alerted.items(Related),
		Wrong:     r.alerted.items(Wrong),
		Precision: ratio(r.alerted.weight(Right), r.alerted.weight(Right, Related, Wrong)),
		Loss:      t.loss(r.alone),
	}
}

// score returns the score if those alerted were but for those without.
func (t *tried) score(without labelStats) Score {
	told := maps.Clone(t.alerted)
	for l, n := range without {
		told.count(l, -n)
	}
	x := Score{
		Precision: ratio(told.weight(Right), told.weight(Right, Related, Wrong)),
		Lenient:   ratio(told.weight(Right, Related), told.weight(Right, Related, Wrong)),
		Recall:    ratio(told.weight(Right), t.all.weight(Right)),
		Core:      ratio(told.core().weight(Right), t.all.core().weight(Right)),
		F1:        ratio(2*told.weight(Right), told.weight(Right, Related, Wrong)+t.all.weight(Right)),
	}
	for _, n := range t.all {
		x.Labelled += n
	}
	return x
}

// loss returns what F1 would lose if those alerted were but for those without.
func (t *tried) loss(without labelStats) float64 {
	if len(without) == 0 {
		return 0
	}
	return t.score(nil).F1 - t.score(without).F1
}

// core returns the labels of the items of which all were labelled.
func (s labelStats) core() labelStats {
	core := maps.Clone(s)
	maps.DeleteFunc(core, func(l Label, _ int) bool { return !l.Core })
	return core
}

// items returns how many items are judged so.
func (s labelStats) items(j Judgement) int {
	n := 0
	for l, items := range s {
		if l.Judgement == j {
			n += items
		}
	}
	return n
}

// weight returns how many items those judged so stand for. It adds them in
// order, so that the same items always give the same sum.
func (s labelStats) weight(judged ...Judgement) float64 {
	items := map[float64]int{} // by what each stands for
	for l, n := range s {
		if slices.Contains(judged, l.Judgement) {
			items[l.Weight] += n
		}
	}
	sum := 0.0
	for _, each := range slices.Sorted(maps.Keys(items)) {
		sum += each * float64(items[each])
	}
	return sum
}
