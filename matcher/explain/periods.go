package explain

import (
	"cmp"
	"slices"
)

// A Period is a time of which items were judged, and what the rules make of it.
type Period struct {
	Name string
	*Stats
}

// A Comparison says what rules make of several periods, and how much of what
// they score in each was learned from it. The score of rules on items by which
// they were written says little of items to come; what they would score without
// the terms that only those items bear out says more. This is leave-one-out
// cross-validation (Stone, 1974), by periods.
type Comparison struct {
	Periods    []PeriodFigures   `json:"periods"`
	Least      string            `json:"least"` // the period in which Without.F1 is least: that is the figure of the rules
	Rules      []RuleLosses      `json:"rules"`
	Conditions []ConditionLosses `json:"conditions"`
	Terms      []TermLosses      `json:"terms"`
	Alone      map[string]string `json:"alone,omitempty"` // scripts in which only one period has texts: what terms in them owe to it cannot be told
}

// PeriodFigures are what rules make of a period.
type PeriodFigures struct {
	Name string `json:"name"`
	Sum
	Without Score `json:"without_own"` // the score of the rules without the terms that are found in this period only
	Own     int   `json:"own"`         // how many terms these are
}

// Losses are what Score.F1 of each period would lose without something, in the
// order of the periods. Less than 0 is a gain.
type Losses []float64

// Mean returns the mean loss of a period.
func (l Losses) Mean() float64 {
	sum := 0.0
	for _, loss := range l {
		sum += loss
	}
	return ratio(sum, float64(len(l)))
}

// RuleLosses say what a rule is worth.
type RuleLosses struct {
	Rule   string `json:"rule"`
	Losses Losses `json:"losses"`
}

// ConditionLosses say what a condition is worth.
type ConditionLosses struct {
	Condition
	Losses Losses `json:"losses"`
}

// TermLosses say where a term is found, and what it is worth there.
type TermLosses struct {
	Term    string       `json:"term"`
	Script  string       `json:"script"`
	In      []string     `json:"in"`            // see TermFigures
	Own     string       `json:"own,omitempty"` // the one period in which it is found, if there is but one and others have texts in its script
	Periods []TermPeriod `json:"periods"`
}

// Mean returns what a period loses without the term, in the mean.
func (t *TermLosses) Mean() float64 {
	var all Losses
	for _, p := range t.Periods {
		all = append(all, p.Loss)
	}
	return all.Mean()
}

// A TermPeriod is what a term is to one period.
type TermPeriod struct {
	Items int `json:"items"` // in which it is found, labelled or not
	TermScore
}

// Compare compares what the same rules make of several periods, of which all
// have labelled items. Rules, conditions and terms come in the order of what the
// score would lose without them, in the mean of the periods: those that harm it
// first. Conditions that make no difference are left out, and terms that are
// found nowhere.
func Compare(periods []Period) Comparison {
	rules := periods[0].rules
	c := comparing{periods: periods, terms: termsOf(rules, rules.Spec.UsedLists())}
	for _, p := range periods {
		c.tried = append(c.tried, p.tried())
	}
	alone := c.alone()
	out := Comparison{Rules: c.ruleLosses(), Conditions: c.conditionLosses(), Terms: c.termLosses(alone), Alone: alone}
	for i := range periods {
		out.Periods = append(out.Periods, c.figures(i, alone))
	}
	out.Least = slices.MinFunc(out.Periods, func(a, b PeriodFigures) int { return cmp.Compare(a.Without.F1, b.Without.F1) }).Name
	return out
}

// A comparing is how a comparison is made.
type comparing struct {
	periods []Period
	tried   []*tried // of each period
	terms   []term
}

// figures returns the figures of a period.
func (c comparing) figures(period int, alone map[string]string) PeriodFigures {
	p, t := &c.periods[period], c.tried[period]
	own := map[int32]bool{}
	for i := range c.terms {
		if c.owner(&c.terms[i], alone) == p.Name {
			own[c.terms[i].Node] = true
		}
	}
	isOwn := func(node int32) bool { return own[node] }
	var lost labelStats
	for _, it := range p.judged {
		if slices.ContainsFunc(it.terms, isOwn) {
			lost.count(it.Label, it.without(p.rules, isOwn))
		}
	}
	return PeriodFigures{Name: p.Name, Sum: p.sum(t), Without: t.score(lost), Own: len(own)}
}

// enough is how many texts in a script the other periods must have together,
// for each that a period has, for them to say which terms in it only that one
// bears out.
const enough = 0.1

// alone returns, by script, the period that has nearly all the texts in it.
func (c comparing) alone() map[string]string {
	found := map[string][]int{} // terms, by script and period
	for i := range c.terms {
		t := &c.terms[i]
		if found[t.script] == nil {
			found[t.script] = make([]int, len(c.periods))
		}
		for j, items := range c.items(t) {
			found[t.script][j] += items
		}
	}
	alone := map[string]string{}
	for script, in := range found {
		all := 0
		for _, n := range in {
			all += n
		}
		for i, n := range in {
			if n > 0 && float64(all-n) < enough*float64(n) {
				alone[script] = c.periods[i].Name
			}
		}
	}
	return alone
}

// items returns in how many items of each period a term is found.
func (c comparing) items(t *term) []int {
	items := make([]int, len(c.periods))
	for i, p := range c.periods {
		if tally := p.terms[t.Node]; tally != nil {
			items[i] = tally.items
		}
	}
	return items
}

// owner returns the one period in which a term is found, "" if there are several
// or none, or if others could not have it.
func (c comparing) owner(t *term, alone map[string]string) string {
	if alone[t.script] != "" {
		return ""
	}
	owner := ""
	for i, items := range c.items(t) {
		switch {
		case items == 0:
		case owner != "":
			return ""
		default:
			owner = c.periods[i].Name
		}
	}
	return owner
}

func (c comparing) termLosses(alone map[string]string) []TermLosses {
	var out []TermLosses
	for i := range c.terms {
		t := &c.terms[i]
		items := c.items(t)
		if slices.Max(items) == 0 {
			continue
		}
		x := TermLosses{Term: t.Text(), Script: t.script, In: t.In, Own: c.owner(t, alone)}
		for j, p := range c.periods {
			of := TermPeriod{Items: items[j]}
			if f := p.termFigure(t, c.tried[j]); f.Labelled != nil {
				of.TermScore = *f.Labelled
			}
			x.Periods = append(x.Periods, of)
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b TermLosses) int { return cmp.Compare(a.Mean(), b.Mean()) })
	return out
}

func (c comparing) ruleLosses() []RuleLosses {
	var out []RuleLosses
	for i := range c.periods[0].checks {
		x := RuleLosses{Rule: c.periods[0].rules.Rules[i].ID}
		for _, t := range c.tried {
			x.Losses = append(x.Losses, t.loss(t.rules[i].alone))
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b RuleLosses) int { return cmp.Compare(a.Losses.Mean(), b.Losses.Mean()) })
	return out
}

func (c comparing) conditionLosses() []ConditionLosses {
	all := map[condition]Losses{}
	for i, t := range c.tried {
		for of, labels := range t.conditions {
			if all[of] == nil {
				all[of] = make(Losses, len(c.periods))
			}
			all[of][i] = t.loss(labels)
		}
	}
	describe := newDescriber(c.periods[0].rules)
	var out []ConditionLosses
	for of, losses := range all {
		if slices.Min(losses) != 0 || slices.Max(losses) != 0 {
			out = append(out, ConditionLosses{describe(of), losses})
		}
	}
	slices.SortFunc(out, func(a, b ConditionLosses) int {
		return cmp.Or(cmp.Compare(a.Losses.Mean(), b.Losses.Mean()), compareConditions(a.Condition, b.Condition))
	})
	return out
}
