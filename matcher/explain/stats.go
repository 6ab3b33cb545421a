package explain

import (
	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

// A Judgement is what a person made of an item.
type Judgement uint8

// The judgements. The zero Judgement is that nobody judged the item.
const (
	Unjudged Judgement = iota
	Right              // people should be alerted of it
	Related            // it belongs to the subject, but is no alert
	Wrong              // it has nothing to do with the subject
)

// A Label is a person's judgement of an item. The zero Label is none.
type Label struct {
	Judgement
	Weight float64 // how many items it stands for, 1 if they were all judged
}

// Stats count what rules make of many items: how often each rule, term and
// entity is found. They are of the rules for which [NewStats] made them.
// One goroutine may add to them at a time; let each have its own, and
// [Stats.Merge] them in the end.
type Stats struct {
	rules *engine.Program
	itemStats
	checks []checkStats // by engine.Program.Rules
	terms  map[int32]*tally
	names  map[int32]*tally
	forms  map[form]*tally
	labels labelStats
	all    map[Label]int // labelled items, alerted or not
	alerts []int32       // the rules that alert the present item
	words  []byte        // of a form
}

// An itemStats counts items, whatever the rule.
type itemStats struct {
	items, matched, alerted int
	days                    map[int64]bool // on which they were published, since 1970
}

// A checkStats counts what a rule makes of items.
type checkStats struct {
	matched, alerted, lowered, takenAway int
	labels                               labelStats
	only                                 labelStats // of items that no other rule alerts
}

// labelStats count the labels of alerted items.
type labelStats map[Label]int

// A form is a spelling of an entity, in folded words.
type form struct {
	name  int32
	words string
}

// A tally counts how often something was found, and in how many items.
type tally struct {
	hits, items int
	doubted     int // how often it was seen, but nothing told who was meant
	last        int // the number of the item in which it was found last
}

func (t *tally) add(o *tally) {
	t.hits += o.hits
	t.items += o.items
	t.doubted += o.doubted
}

// hit counts a hit in the item with the number.
func (t *tally) hit(item int) {
	t.hits++
	if t.last != item {
		t.items++
		t.last = item
	}
}

// NewStats returns stats of rules that have counted nothing yet.
func NewStats(r *engine.Program) *Stats {
	return &Stats{
		rules:     r,
		itemStats: itemStats{days: map[int64]bool{}},
		checks:    make([]checkStats, len(r.Rules)),
		terms:     map[int32]*tally{},
		names:     map[int32]*tally{},
		forms:     map[form]*tally{},
		labels:    labelStats{},
		all:       map[Label]int{},
	}
}

// Add counts an item.
func (s *Stats) Add(it news.Item) { s.AddLabelled(it, Label{}) }

// AddLabelled counts an item that a person judged. The zero Label does no harm.
func (s *Stats) AddLabelled(it news.Item, l Label) {
	m := reading{s.rules.Read(it)}
	defer m.Release()
	s.items++
	if when := it.When(); !when.IsZero() {
		const day = 24 * 60 * 60
		s.days[when.Unix()/day] = true
	}
	if l.Judgement != Unjudged {
		s.all[l]++
	}
	s.countTerms(m)
	s.countNames(m)
	if m.SelectRules() {
		m.BuildRuns()
		s.countChecks(m, l)
	}
}

// countTerms counts the terms in an item. One that several lists and rules ask
// for ends at one node of the trie, and is counted for the first of them.
func (s *Stats) countTerms(m reading) {
	for _, r := range m.Raw {
		if r.Entry < 0 || m.FirstLeaf(r.Entry) != r.Leaf {
			continue
		}
		tallyOf(s.terms, r.Entry).hit(s.items)
	}
}

// countNames counts the entities and countries in an item.
func (s *Stats) countNames(m reading) {
	for i := range m.Sightings {
		g := &m.Sightings[i]
		if g.Doubt == engine.Swallowed || m.Names[g.Name].IsShield() {
			continue
		}
		tallies := [...]*tally{tallyOf(s.names, g.Name), nil}
		if int(g.Name) < len(m.Spec.Entities) {
			s.words = m.AppendWords(s.words[:0], g.First, g.Last)
			tallies[1] = tallyOf(s.forms, form{g.Name, string(s.words)})
		}
		for _, t := range tallies {
			switch {
			case t == nil:
			case g.Doubt == engine.NoDoubt:
				t.hit(s.items)
			default:
				t.doubted++
			}
		}
	}
}

func tallyOf[K comparable](tallies map[K]*tally, key K) *tally {
	t := tallies[key]
	if t == nil {
		t = &tally{}
		tallies[key] = t
	}
	return t
}

// countChecks counts what the rules make of an item.
func (s *Stats) countChecks(m reading, l Label) {
	matched := false
	s.alerts = s.alerts[:0]
	for _, i := range m.Selected {
		k, c := &m.Rules[i], &s.checks[i]
		if m.Eval(k.Match, engine.Whole()).Empty() {
			continue
		}
		match, ok := m.Apply(k)
		switch {
		case !ok:
			c.takenAway++
			continue
		case match.Severity == news.Low && k.Severity > news.Low:
			c.lowered++
		}
		c.matched++
		matched = true
		if match.Severity >= news.Medium {
			c.alerted++
			s.alerts = append(s.alerts, i)
		}
	}
	if matched {
		s.matched++
	}
	if len(s.alerts) > 0 {
		s.alerted++
		s.countLabel(l)
	}
}

// countLabel counts the label of an item that is alerted.
func (s *Stats) countLabel(l Label) {
	if l.Judgement == Unjudged {
		return
	}
	s.labels[l]++
	for _, i := range s.alerts {
		s.checks[i].labels = s.checks[i].labels.with(l, 1)
	}
	if len(s.alerts) == 1 {
		only := &s.checks[s.alerts[0]].only
		*only = only.with(l, 1)
	}
}

// with returns the stats with n more of a label.
func (s labelStats) with(l Label, n int) labelStats {
	if s == nil {
		s = labelStats{}
	}
	s[l] += n
	return s
}

// Merge adds what o counted, which must be of the same rules.
func (s *Stats) Merge(o *Stats) {
	s.items += o.items
	s.matched += o.matched
	s.alerted += o.alerted
	for day := range o.days {
		s.days[day] = true
	}
	for i := range o.checks {
		s.checks[i].merge(&o.checks[i])
	}
	merge(s.terms, o.terms)
	merge(s.names, o.names)
	merge(s.forms, o.forms)
	for l, n := range o.labels {
		s.labels[l] += n
	}
	for l, n := range o.all {
		s.all[l] += n
	}
}

func (c *checkStats) merge(o *checkStats) {
	c.matched += o.matched
	c.alerted += o.alerted
	c.lowered += o.lowered
	c.takenAway += o.takenAway
	for l, n := range o.labels {
		c.labels = c.labels.with(l, n)
	}
	for l, n := range o.only {
		c.only = c.only.with(l, n)
	}
}

func merge[K comparable](into, from map[K]*tally) {
	for key, t := range from {
		tallyOf(into, key).add(t)
	}
}
