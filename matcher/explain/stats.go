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
	Core   bool    // it is of those of which all were judged
}

// Stats count what rules make of many items: how often each rule, term and
// entity is found. They are of the rules for which [NewStats] made them.
// One goroutine may add to them at a time; let each have its own, and
// [Stats.Merge] them in the end.
type Stats struct {
	rules *engine.Program
	itemStats
	checks   []checkStats // by engine.Program.Rules
	terms    map[int32]*tally
	names    map[int32]*tally
	forms    map[form]*tally
	judged   map[string]*judgedItem // by their ids
	variants []variants             // of the rules, by engine.Program.Rules; nil until an item is judged
	present  present
}

// An itemStats counts items, whatever the rule.
type itemStats struct {
	items, matched, alerted int
	days                    map[int64]bool // on which they were published, since 1970
}

// A present is what is found in the item that is being counted.
type present struct {
	alerts []int32 // the rules that alert it
	terms  []int32 // by the nodes at which they end, each once
	words  []byte  // of a form
}

// A checkStats counts what a rule makes of items.
type checkStats struct {
	matched, alerted, lowered, takenAway int
}

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
		judged:    map[string]*judgedItem{},
	}
}

// Add counts an item.
func (s *Stats) Add(it news.Item) { s.AddLabelled(it, Label{}) }

// AddLabelled counts an item that a person judged. The zero Label does no harm.
func (s *Stats) AddLabelled(it news.Item, l Label) {
	s.count(it)
	m := reading{s.rules.Read(it)}
	s.countTerms(m)
	s.countNames(m)
	s.present.alerts = s.present.alerts[:0]
	hopeful, matched := m.SelectRules(), false
	if hopeful {
		m.BuildRuns()
		matched = s.countChecks(m)
	}
	if l.Judgement == Unjudged {
		m.Release()
		return
	}
	j := s.judge(m, it, l, matched)
	m.Release() // before others read the item
	if hopeful {
		j.tryTerms(s.rules)
	}
	s.keep(j)
}

// count counts an item, whatever is in it.
func (s *Stats) count(it news.Item) {
	s.items++
	if when := it.When(); !when.IsZero() {
		const day = 24 * 60 * 60
		s.days[when.Unix()/day] = true
	}
}

// countTerms counts the terms in an item. One that several lists and rules ask
// for ends at one node of the trie, and is counted once.
func (s *Stats) countTerms(m reading) {
	s.present.terms = s.present.terms[:0]
	for i, r := range m.Raw {
		if r.Entry < 0 || i > 0 && r.SameTerm(m.Raw[i-1]) {
			continue
		}
		t := tallyOf(s.terms, r.Entry)
		if t.last != s.items {
			s.present.terms = append(s.present.terms, r.Entry)
		}
		t.hit(s.items)
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
			s.present.words = m.AppendWords(s.present.words[:0], g.First, g.Last)
			tallies[1] = tallyOf(s.forms, form{g.Name, string(s.present.words)})
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

// countChecks counts what the rules make of an item, and reports whether any
// matches it.
func (s *Stats) countChecks(m reading) (matched bool) {
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
			s.present.alerts = append(s.present.alerts, i)
		}
	}
	if matched {
		s.matched++
	}
	if len(s.present.alerts) > 0 {
		s.alerted++
	}
	return matched
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
	for _, it := range o.judged {
		s.keep(it)
	}
}

func (c *checkStats) merge(o *checkStats) {
	c.matched += o.matched
	c.alerted += o.alerted
	c.lowered += o.lowered
	c.takenAway += o.takenAway
}

func merge[K comparable](into, from map[K]*tally) {
	for key, t := range from {
		tallyOf(into, key).add(t)
	}
}
