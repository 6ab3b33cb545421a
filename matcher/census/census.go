// Package census counts, day by day, in how many items each rule, list, entity and
// term of the rules is found, and remembers the latest items in which it was. It
// forgets what is older than its days, so that it can go on counting for ever.
package census

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/news"
)

// Days is how many days a census remembers, today among them.
const Days = 30

// kept is how many of the latest items each thing remembers.
const kept = 5

// A Census counts what is found in items by the rules for which [New] made it. It
// is safe for concurrent use.
type Census struct {
	rules *engine.Program
	index

	mu     sync.Mutex
	first  int64 // the first of the days, since 1970
	items  [Days]int
	things map[string]*thing // by ref
	terms  []uint32          // in how many items each of index.terms was found, in all days that were counted
}

// A thing is a rule, a list or an entity.
type thing struct {
	days   [Days]int
	latest []Hit
}

// A Hit is an item in which something was found.
type Hit struct {
	At        time.Time     `json:"at"` // when it was first read
	Title     string        `json:"title"`
	Link      string        `json:"link,omitempty"` // "" if it has none
	Publisher string        `json:"publisher,omitempty"`
	Severity  news.Severity `json:"severity,omitzero"` // that a rule gives it; 0 for a list or an entity
}

// New returns a census of which nothing was counted yet, whose last day is that of
// now.
func New(r *engine.Program, now time.Time) *Census {
	c := &Census{rules: r, index: newIndex(r), first: dayOf(now) - Days + 1, things: map[string]*thing{}}
	c.terms = make([]uint32, len(c.index.terms))
	return c
}

// dayOf returns the number of a day in UTC, since 1970.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// Turn makes the day of now the last one, and forgets those that are too old.
func (c *Census) Turn(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	gone := int(min(dayOf(now)-Days+1-c.first, Days))
	if gone <= 0 {
		return
	}
	c.first += dayOf(now) - Days + 1 - c.first
	shift(&c.items, gone)
	for ref, t := range c.things {
		shift(&t.days, gone)
		t.latest = slices.DeleteFunc(t.latest, func(h Hit) bool { return dayOf(h.At) < c.first })
		if t.days == [Days]int{} {
			delete(c.things, ref)
		}
	}
}

// shift takes the first days away.
func shift(days *[Days]int, gone int) {
	copy(days[:], days[gone:])
	clear(days[Days-gone:])
}

// Add counts an item on the day when it was first read, if that is one of the days.
func (c *Census) Add(it news.Item) {
	day := int(dayOf(it.Fetched) - c.first) // looked at again below: days may turn meanwhile
	if day < 0 || day >= Days {
		return
	}
	found := c.find(it)
	c.mu.Lock()
	defer c.mu.Unlock()
	if day = int(dayOf(it.Fetched) - c.first); day < 0 || day >= Days {
		return
	}
	c.items[day]++
	for _, i := range found.terms {
		c.terms[i]++
	}
	for ref, severity := range found.things {
		t := c.things[ref]
		if t == nil {
			t = &thing{}
			c.things[ref] = t
		}
		t.days[day]++
		t.keep(Hit{it.Fetched, clip(it.Title), it.Link, it.Publisher, severity})
	}
}

// clip returns a title that is not endless.
func clip(title string) string {
	if letters := []rune(title); len(letters) > 300 {
		return string(letters[:300]) + "…"
	}
	return strings.Clone(title) // and not all of the item with it
}

// keep remembers a hit if it is one of the latest.
func (t *thing) keep(h Hit) {
	at, _ := slices.BinarySearchFunc(t.latest, h, func(a, b Hit) int { return b.At.Compare(a.At) })
	if at < kept {
		t.latest = slices.Insert(t.latest, at, h)
		t.latest = t.latest[:min(len(t.latest), kept)]
	}
}

// A Count is how often something was found.
type Count struct {
	Days   [Days]int `json:"days"`             // items by day, today last
	Items  int       `json:"items"`            // of all days
	Latest []Hit     `json:"latest,omitempty"` // the latest first
}

// Of returns how often a rule ("coup"), a list ("$coup") or an entity ("@beseda")
// was found.
func (c *Census) Of(ref string) Count {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.things[ref]
	if t == nil {
		return Count{}
	}
	n := Count{Days: t.days, Latest: slices.Clone(t.latest)}
	for _, d := range t.days {
		n.Items += d
	}
	return n
}

// Items returns how many items were counted, by day and in all.
func (c *Census) Items() (days [Days]int, all int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.items {
		all += n
	}
	return c.items, all
}

// Terms returns the terms that stand in a list or a rule by themselves, and how
// many items each was found in since the census began. A term of a list within the
// list is not among them.
func (c *Census) Terms(ref string) (terms []string, found []int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, i := range c.own[ref] {
		terms, found = append(terms, listed(c.index.terms[i].of)), append(found, int(c.terms[i]))
	}
	return terms, found
}

// Asked reports whether a rule or a helper asks for a list, in itself or within
// another.
func (c *Census) Asked(list string) bool { return c.used[list] }

// Never returns how many of the terms of a list or a rule were never found, and how
// many it has.
func (c *Census) Never(ref string) (never, all int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, i := range c.own[ref] {
		if all++; c.terms[i] == 0 {
			never++
		}
	}
	return never, all
}

// A find is what is found in an item.
type find struct {
	terms  []int32                  // each once
	things map[string]news.Severity // refs of rules, lists and entities
}

// find looks for all that is counted.
func (c *Census) find(it news.Item) find {
	m := c.rules.Read(it)
	defer m.Release()
	f := find{things: map[string]news.Severity{}}
	for _, r := range m.Raw {
		if i, known := c.at(r.Entry); known && r.Entry >= 0 && !slices.Contains(f.terms, i) {
			f.terms = append(f.terms, i)
			mark(f.things, c.sets[c.index.terms[i].set])
		}
	}
	for i := range m.Sightings {
		g := &m.Sightings[i]
		if g.Doubt != engine.NoDoubt || m.Names[g.Name].IsShield() {
			continue
		}
		id := m.Names[g.Name].ID
		if int(g.Name) < len(m.Spec.Entities) {
			f.things["@"+id] = 0
		}
		for _, h := range c.holders[id] {
			if h.times.Cover(it.When()) {
				mark(f.things, h.lists)
			}
		}
	}
	if m.SelectRules() {
		m.BuildRuns()
		for _, i := range m.Selected {
			if match, ok := m.Apply(&m.Rules[i]); ok {
				f.things[match.Rule] = match.Severity
			}
		}
	}
	return f
}

// mark notes that lists were found.
func mark(things map[string]news.Severity, lists []string) {
	for _, l := range lists {
		things[l] = 0
	}
}
