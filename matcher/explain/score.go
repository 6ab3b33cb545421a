package explain

import (
	"cmp"
	"maps"
	"slices"
)

// score returns how well the alerted items were chosen, or nil if none was
// labelled.
func (s *Stats) score() *Score {
	if len(s.all) == 0 {
		return nil
	}
	x := scoreOf(s.all, s.labels, nil)
	for _, n := range s.all {
		x.Labelled += n
	}
	return &x
}

// ruleScore returns how well the items that a rule alerts were chosen, and
// what the score would lose without the rule: then the items that it alone
// alerts would not be.
func (s *Stats) ruleScore(c *checkStats) *RuleScore {
	if len(s.all) == 0 {
		return nil
	}
	return &RuleScore{
		Right:     c.labels.items(Right),
		Related:   c.labels.items(Related),
		Wrong:     c.labels.items(Wrong),
		Precision: ratio(c.labels.weight(Right), c.labels.weight(Right, Related, Wrong)),
		Loss:      scoreOf(s.all, s.labels, nil).F1 - scoreOf(s.all, s.labels, c.only).F1,
	}
}

// scoreOf returns the score if, of all labelled items, those alerted were but
// for those without.
func scoreOf(all, alerted, without labelStats) Score {
	right := alerted.weight(Right) - without.weight(Right)
	told := alerted.weight(Right, Related, Wrong) - without.weight(Right, Related, Wrong)
	wanted := all.weight(Right)
	return Score{
		Precision: ratio(right, told),
		Recall:    ratio(right, wanted),
		F1:        ratio(2*right, told+wanted),
	}
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
	labels := slices.SortedFunc(maps.Keys(s), func(a, b Label) int {
		return cmp.Or(cmp.Compare(a.Judgement, b.Judgement), cmp.Compare(a.Weight, b.Weight))
	})
	sum := 0.0
	for _, l := range labels {
		if slices.Contains(judged, l.Judgement) {
			sum += l.Weight * float64(s[l])
		}
	}
	return sum
}
