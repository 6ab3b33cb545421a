package explain

import (
	"slices"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

// A judgedItem is one that a person judged, and what rules make of it.
type judgedItem struct {
	news.Item
	Label
	matched    bool
	rules      []int32           // that alert it
	terms      []int32           // that are found in it, by the nodes at which they end
	ofTerms    map[int32]int     // what comes of each of them, see change
	conditions map[condition]int // likewise
}

// change returns 1 if the item is alerted, but would not be without something,
// -1 if it is not, but would be, else 0.
func (it *judgedItem) change(without bool) int {
	switch alerted := len(it.rules) > 0; {
	case alerted && !without:
		return 1
	case !alerted && without:
		return -1
	}
	return 0
}

// judge notes an item of which all else was counted, and what would come of it
// without each of its terms and of the conditions of its rules. An item that no
// rule may match will not be matched without them either.
func (s *Stats) judge(m reading, it news.Item, l Label, matched bool) *judgedItem {
	j := &judgedItem{Item: it, Label: l, matched: matched, rules: slices.Clone(s.present.alerts), terms: slices.Clone(s.present.terms)}
	if len(m.Selected) > 0 {
		j.conditions = s.changesByCondition(m, j)
	}
	return j
}

// tryTerms notes what would come of an item without each of its terms.
func (it *judgedItem) tryTerms(r *engine.Program) {
	it.ofTerms = map[int32]int{}
	for _, node := range it.terms {
		if change := it.without(r, func(n int32) bool { return n == node }); change != 0 {
			it.ofTerms[node] = change
		}
	}
}

// without returns what would come of an item without some terms, see change.
func (it *judgedItem) without(r *engine.Program, terms func(node int32) bool) int {
	return it.change(alerts(r, it.Item, terms))
}

// alerts reports whether rules without some of their terms alert an item.
func alerts(r *engine.Program, it news.Item, without func(node int32) bool) bool {
	m := reading{r.ReadWithout(it, without)}
	defer m.Release()
	if !m.SelectRules() {
		return false
	}
	m.BuildRuns()
	return slices.ContainsFunc(m.Selected, func(i int32) bool {
		k := &r.Rules[i]
		return m.alerts(k, k.Match)
	})
}

// alerts reports whether a hit of a match is worth an alert by a rule.
func (s reading) alerts(k *engine.Rule, match int32) bool {
	r := s.Eval(match, engine.Whole())
	for i := r.From; i < r.To; i++ {
		if s.Judge(k, s.Hits[i]) >= news.Medium {
			return true
		}
	}
	return false
}

// keep keeps an item by its id. One that stands several times counts once: as
// the last of those that a rule matches.
func (s *Stats) keep(it *judgedItem) {
	if old := s.judged[it.ID]; old == nil || it.supersedes(old) {
		s.judged[it.ID] = it
	}
}

func (it *judgedItem) supersedes(old *judgedItem) bool {
	switch c := it.When().Compare(old.When()); {
	case it.matched != old.matched:
		return it.matched
	case c != 0:
		return c > 0
	}
	return len(it.rules) > len(old.rules)
}

// A tried is what rules make of all judged items, and would make of them without
// something.
type tried struct {
	all, alerted labelStats
	rules        []ruleLabels // by engine.Program.Rules
	terms        map[int32]*termLabels
	conditions   map[condition]labelStats // those that change
}

// labelStats count labels. The zero labelStats have counted none.
type labelStats map[Label]int

// ruleLabels count the labels of the items that a rule alerts.
type ruleLabels struct {
	alerted labelStats
	alone   labelStats // of those that no other rule alerts
}

// termLabels count the labels of items in which a term is found.
type termLabels struct {
	found, changed labelStats
}

// tried sums up what was noted of judged items.
func (s *Stats) tried() *tried {
	t := &tried{rules: make([]ruleLabels, len(s.rules.Rules)), terms: map[int32]*termLabels{}, conditions: map[condition]labelStats{}}
	for _, it := range s.judged {
		t.add(it)
	}
	return t
}

func (t *tried) add(it *judgedItem) {
	t.all.count(it.Label, 1)
	if len(it.rules) > 0 {
		t.alerted.count(it.Label, 1)
	}
	for _, i := range it.rules {
		t.rules[i].alerted.count(it.Label, 1)
		if len(it.rules) == 1 {
			t.rules[i].alone.count(it.Label, 1)
		}
	}
	for _, node := range it.terms {
		of := t.terms[node]
		if of == nil {
			of = &termLabels{}
			t.terms[node] = of
		}
		of.found.count(it.Label, 1)
		of.changed.count(it.Label, it.ofTerms[node])
	}
	for c, change := range it.conditions {
		labels := t.conditions[c]
		labels.count(it.Label, change)
		t.conditions[c] = labels
	}
}

// count counts n more of a label.
func (s *labelStats) count(l Label, n int) {
	if n == 0 {
		return
	}
	if *s == nil {
		*s = labelStats{}
	}
	(*s)[l] += n
}
