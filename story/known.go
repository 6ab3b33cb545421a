package story

import (
	"container/heap"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/sametext"
)

// known are the stories that are remembered, with an index of what they are
// about: a report is compared with those only that have something rare in
// common with it. All that is here follows from the stories themselves, so that
// whoever reads them from a database decides as if it had never stopped.
type known struct {
	stories map[string]*open
	slots   []*open // nil where none is
	free    []int32
	terms   map[string]int32 // words, and names, places, links and items with a sign before them
	term    []term
	unused  []int32
	closing closing
	rules   map[string]float64   // how many stories have a report of it
	heard   map[string]time.Time // when people heard last of the stories of which they heard lately
	hot     map[string][]*open   // by what they are about: "@putin", "+ml"
	hits    []float64            // by slot; zero between searches
	weights []float64            // by term; zero between searches
}

// A term is something that stories have in common.
type term struct {
	text    string
	prior   float64 // in how many stories more it is supposed to be
	stories []int32 // the slots of those that have it
	count   int     // how many of them have it in a report that was worth an alert
	logDF   float64 // logarithm of its document frequency: count, prior and one; the greater the commoner
}

// open is a story that is remembered.
type open struct {
	news.Story
	slot    int32
	terms   []int32 // of all members, sorted
	counted []int32 // of those that count, sorted
	members []*member
	places  []place
	at      time.Time // of the latest report that was worth an alert, or of the latest if none was
	main    []*member // those of members that were worth an alert, or all if none was
	index   int       // in known.closing
	people  []string  // ids of the entities that it is mainly about
	leads   []int32   // its main names
	kinds   []string  // ids of its main rules
	warms   []string  // its keys in known.hot
}

// A member is a report of a story, as far as it is remembered.
type member struct {
	gist  news.Gist
	print sametext.Print
	words []weighted
	names []int32
	terms []int32 // words, names and all else
}

type weighted struct {
	term   int32
	weight float64
}

type place struct {
	country string
	share   float64
}

func newKnown() *known {
	return &known{stories: map[string]*open{}, terms: map[string]int32{}, hot: map[string][]*open{}, heard: map[string]time.Time{}, rules: map[string]float64{}}
}

// put makes s known as it is now.
func (k *known) put(s news.Story) {
	o, known := k.stories[s.ID]
	if !known {
		o = &open{slot: k.slot()}
		k.slots[o.slot] = o
		k.stories[s.ID] = o
	}
	terms, counted := o.terms, o.counted
	k.countRules(o.Rules, -1)
	k.countRules(s.Rules, +1)
	o.Story = s
	k.remember(o)
	k.index(o, terms, counted)
	k.warmUp(o)
	if n := len(s.Heard); n > 0 {
		k.heard[s.ID] = s.Heard[n-1].At
	}
	if !known {
		heap.Push(&k.closing, o)
	} else {
		heap.Fix(&k.closing, o.index)
	}
}

// slot returns a free slot.
func (k *known) slot() int32 {
	if n := len(k.free); n > 0 {
		slot := k.free[n-1]
		k.free = k.free[:n-1]
		return slot
	}
	k.slots = append(k.slots, nil)
	k.hits = append(k.hits, 0)
	return int32(len(k.slots) - 1)
}

// remember makes what is known of the reports of o.
func (k *known) remember(o *open) {
	old := o.members
	o.members = make([]*member, 0, len(o.Gists))
	o.main = nil
	for _, g := range o.Gists {
		m := &member{}
		if i := slices.IndexFunc(old, func(m *member) bool { return m.gist.Item == g.Item }); i >= 0 {
			m = old[i]
		} else {
			k.learn(m, g)
		}
		m.gist = g
		o.members = append(o.members, m)
		if !g.Weak {
			o.main = append(o.main, m)
		}
	}
	if len(o.main) == 0 {
		o.main = o.members
	}
	o.terms, o.counted = termsOf(o.members), termsOf(o.main)
	k.summarise(o)
}

// termsOf returns the terms of members, sorted and without doubles.
func termsOf(members []*member) []int32 {
	var all []int32
	for _, m := range members {
		all = append(all, m.terms...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// summarise takes from the reports of o when it was told last and what it is
// mainly about.
func (k *known) summarise(o *open) {
	shares, people := map[string]float64{}, map[string]float64{}
	o.at = time.Time{}
	for _, m := range o.main {
		for _, n := range m.gist.Names {
			if id, ok := strings.CutPrefix(n, "@"); ok {
				people[id] += 1 / float64(len(o.main))
			}
		}
		for _, p := range m.gist.Places {
			shares[p.Text] += p.Weight / float64(len(o.main))
		}
		if m.gist.At.After(o.at) {
			o.at = m.gist.At
		}
	}
	o.leads, o.kinds = leadsOf(o.main), kindsOf(o.main)
	o.places = o.places[:0]
	o.people = nil
	for _, p := range sorted(people) {
		if p.Weight >= mainly {
			o.people = append(o.people, p.Text)
		}
	}
	for _, p := range sorted(shares) {
		o.places = append(o.places, place{p.Text, p.Weight})
	}
}

// learn makes m what is known of a report by its gist.
func (k *known) learn(m *member, g news.Gist) {
	m.print = unprint(g.Print)
	for _, x := range g.Words {
		id := k.intern(x.Text, priorWord(x.Text))
		m.words = append(m.words, weighted{id, x.Weight})
		m.terms = append(m.terms, id)
	}
	for _, n := range g.Names {
		m.names = append(m.names, k.intern("@"+n, withWord))
	}
	m.terms = append(m.terms, m.names...)
	for _, p := range g.Places {
		m.terms = append(m.terms, k.intern("+"+p.Text, priorPlace(p.Text)))
	}
	for _, h := range m.print.Sentences {
		m.terms = append(m.terms, k.intern(sentenceKey(h), 0))
	}
	m.terms = append(m.terms, k.intern("#"+g.Item, 0))
	if g.Link != "" {
		m.terms = append(m.terms, k.intern("/"+g.Link, 0))
	}
}

func priorWord(word string) float64 {
	if usual[word] {
		return withUsual
	}
	return withWord
}

func priorPlace(country string) float64 {
	if busy[country] {
		return inBusyPlace
	}
	return inPlace
}

// intern returns the term of a text.
func (k *known) intern(text string, prior float64) int32 {
	if id, ok := k.terms[text]; ok {
		return id
	}
	t := term{text: text, prior: prior, logDF: math.Log(prior + 1)}
	var id int32
	if n := len(k.unused); n > 0 {
		id, k.unused = k.unused[n-1], k.unused[:n-1]
		k.term[id] = t
	} else {
		id = int32(len(k.term))
		k.term = append(k.term, t)
		k.weights = append(k.weights, 0)
	}
	k.terms[text] = id
	return id
}

// index takes o from the terms that it had before and adds it to those that it
// has now.
func (k *known) index(o *open, terms, counted []int32) {
	differ(counted, o.counted,
		func(id int32) { k.count(id, -1) },
		func(id int32) { k.count(id, +1) })
	differ(terms, o.terms,
		func(id int32) { k.unpost(o.slot, id) },
		func(id int32) { k.term[id].stories = append(k.term[id].stories, o.slot) })
}

// differ calls gone for what is in before and not in now, and come for what is
// in now and not in before. Both are sorted.
func differ(before, now []int32, gone, come func(int32)) {
	for i, j := 0, 0; i < len(before) || j < len(now); {
		switch {
		case j == len(now) || i < len(before) && before[i] < now[j]:
			gone(before[i])
			i++
		case i == len(before) || now[j] < before[i]:
			come(now[j])
			j++
		default:
			i, j = i+1, j+1
		}
	}
}

// count adds n to the stories that have the term.
func (k *known) count(id int32, n int) {
	t := &k.term[id]
	t.count += n
	t.logDF = math.Log(t.prior + 1 + float64(t.count))
}

// unpost takes the story in slot from a term, and forgets the term if it was
// the last.
func (k *known) unpost(slot, id int32) {
	t := &k.term[id]
	i := slices.Index(t.stories, slot)
	n := len(t.stories) - 1
	t.stories[i] = t.stories[n]
	if t.stories = t.stories[:n]; n == 0 {
		delete(k.terms, t.text)
		*t = term{}
		k.unused = append(k.unused, id)
	}
}

// drop forgets what was last told before since.
func (k *known) drop(since time.Time) {
	for len(k.closing) > 0 && k.closing[0].LastSeen.Before(since) {
		o := heap.Pop(&k.closing).(*open)
		terms, counted := o.terms, o.counted
		o.terms, o.counted = nil, nil
		k.index(o, terms, counted)
		k.countRules(o.Rules, -1)
		k.slots[o.slot] = nil
		k.free = append(k.free, o.slot)
		delete(k.stories, o.ID)
		k.coolDown(o)
	}
}

// idf returns how rare the term is: the logarithm of its inverse document
// frequency.
func (k *known) idf(id int32) float64 {
	return k.logN() - k.term[id].logDF
}

// countRules adds n to the stories that have a report of each of rules.
func (k *known) countRules(rules []string, n float64) {
	for _, id := range rules {
		if k.rules[id] += n; k.rules[id] == 0 {
			delete(k.rules, id)
		}
	}
}

// special returns how special the rule is: 1 if few stories are of it, 0 if
// every other is, as of one for "police or government".
func (k *known) special(rule string) float64 {
	return clamp((k.logN() - math.Log(k.rules[rule]+ofRule) - ruleFloor) / ruleRange)
}

// having returns the stories that have the term.
func (k *known) having(text string) []int32 {
	if id, ok := k.terms[text]; ok {
		return k.term[id].stories
	}
	return nil
}

// closing orders stories by when they were last told, as a heap.
type closing []*open

func (c closing) Len() int           { return len(c) }
func (c closing) Less(i, j int) bool { return c[i].LastSeen.Before(c[j].LastSeen) }
func (c closing) Swap(i, j int) {
	c[i], c[j] = c[j], c[i]
	c[i].index, c[j].index = i, j
}

func (c *closing) Push(x any) {
	o := x.(*open)
	o.index = len(*c)
	*c = append(*c, o)
}

func (c *closing) Pop() any {
	n := len(*c) - 1
	o := (*c)[n]
	(*c)[n] = nil
	*c = (*c)[:n]
	return o
}

// toldLately returns how often in the hour up to now people were interrupted
// over channel by stories that are not critical.
func (k *known) toldLately(channel string, now time.Time) int {
	since := now.Add(-time.Hour)
	n := 0
	for id, at := range k.heard {
		o := k.stories[id]
		if o == nil || at.Before(since) || o.Into.ID != "" { // where that goes on knows what people heard of it
			delete(k.heard, id)
			continue
		}
		var last time.Time
		for _, h := range o.Heard {
			if o.Severity < news.Critical && h.At.After(since) && !h.At.Equal(last) && slices.Contains(h.Channels, channel) {
				n++
				last = h.At
			}
		}
	}
	return n
}

// logN returns the logarithm of how many stories there are, those included
// that are supposed beside the ones that are known.
func (k *known) logN() float64 { return math.Log(float64(len(k.stories)) + supposed) }
