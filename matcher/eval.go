package matcher

import (
	"cmp"
	"math"
	"slices"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// A scratch is where one item is matched. It is used again for other items, so
// that matching hardly allocates.
//
// The words of an item are counted through its fields, with a wide gap after
// each, so that nothing is near across fields. These numbers are positions.
type scratch struct {
	*Rules
	cache    cache
	item     news.Item
	language string
	fields   [news.NumFields]field
	sighted  []sighting // entities and countries
	sure     []uint32   // the round in which a name was there in full last, by name
	told     []telling  // mentions, by name
	raw      []rawHit
	hits     []hit // runs of hits, end to end
	memo     []memo
	round    uint32 // whose memos are good
	roused   []int32
	struck   []uint32 // the round in which a leaf was hit last, by part
	woken    []uint32 // the round in which a check was looked at last
	chosen   []int32  // hits, by match; names, by askHelpers; sightings, by mentions
	picked   []int32  // hits, by within
	covers   []hit    // by within
	entries  []int32  // by different
	initials []byte   // a word and initialsMark, by scan
}

// A field is a field of the item as words.
type field struct {
	text     text.Text
	source   string // which text was made of
	language string // in which it is read
	lists    []list // the atoms of each word
	base     int32  // the position of the first word
}

// fieldGap is the gap between the positions of two fields: more than anything
// that is near.
const fieldGap = 1 << 16

// A rawHit is a hit of a leaf as it is found.
type rawHit struct {
	leaf        int32
	first, last int32
	entry       int32 // the node of the trie; nameEntry-n for the name n; noEntry
}

const (
	noEntry   = -1
	nameEntry = -2
)

// A telling counts how often something was told in a round.
type telling struct {
	round uint32
	times int32
}

// A hit is where a part of a query is found.
type hit struct {
	first, last int32 // positions of words; nowhere for what holds of the item as a whole
	reach       int32 // the greatest last of this hit and those before it in its run
	leaf        int32 // the part, if it is a leaf; else -1
	a, b        int32 // of a leaf: its entry; else the hits it consists of, -1 for none
	also        int32 // a hit elsewhere that goes with it, -1 for none
}

const nowhere = -1

// A run is a stretch of scratch.hits: the hits of one part, sorted by first
// and last, without duplicates unless it is a leaf.
type run struct{ from, to int32 }

func (r run) empty() bool { return r.from == r.to }

// A memo is what a part's hits in the whole item were.
type memo struct {
	run
	round uint32
}

// A scope is the part of the item in which a query is asked.
type scope struct{ first, last int32 }

func whole() scope { return scope{0, math.MaxInt32} }

func newScratch(r *Rules) *scratch {
	return &scratch{
		Rules:  r,
		cache:  newCache(&r.voc),
		memo:   make([]memo, len(r.parts)),
		struck: make([]uint32, len(r.parts)),
		woken:  make([]uint32, len(r.checks)),
		sure:   make([]uint32, len(r.names)),
		told:   make([]telling, len(r.names)),
	}
}

// largest is how many hits or words a scratch may have room for when it is
// kept.
const largest = 1 << 16

// release gives s back for the next item, unless the last has bloated it.
func (s *scratch) release() {
	s.item = news.Item{}
	room := max(cap(s.hits), cap(s.raw), cap(s.sighted))
	for f := range s.fields {
		room = max(room, cap(s.fields[f].lists))
	}
	if room <= largest {
		s.pool.Put(s)
	}
}

// forget makes all memos void.
func (s *scratch) forget() {
	s.hits = s.hits[:0]
	if s.round++; s.round == 0 {
		clear(s.memo)
		clear(s.struck)
		clear(s.woken)
		clear(s.sure)
		clear(s.told)
		s.round = 1
	}
}

// lay makes runs of the raw hits.
func (s *scratch) lay() {
	slices.SortFunc(s.raw, func(a, b rawHit) int {
		if a.leaf != b.leaf {
			return cmp.Compare(a.leaf, b.leaf)
		}
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last), cmp.Compare(a.entry, b.entry))
	})
	for i := 0; i < len(s.raw); {
		from, leaf := int32(len(s.hits)), s.raw[i].leaf
		for ; i < len(s.raw) && s.raw[i].leaf == leaf; i++ {
			if r := s.raw[i]; i == 0 || r != s.raw[i-1] {
				s.hits = append(s.hits, hit{first: r.first, last: r.last, leaf: leaf, a: r.entry, b: -1, also: -1})
			}
		}
		s.memo[leaf] = memo{s.reach(from), s.round}
	}
}

// reach makes a run of the hits from there on, which must be sorted.
func (s *scratch) reach(from int32) run {
	var most int32 = nowhere
	for i := from; i < int32(len(s.hits)); i++ {
		most = max(most, s.hits[i].last)
		s.hits[i].reach = most
	}
	return run{from, int32(len(s.hits))}
}

// finish makes a run of the hits from there on: it sorts them and drops
// duplicates, of which the first stays.
func (s *scratch) finish(from int32) run {
	hits := s.hits[from:]
	for i := range hits {
		hits[i].reach = int32(i)
	}
	slices.SortFunc(hits, func(a, b hit) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.reach, b.reach))
	})
	hits = slices.CompactFunc(hits, func(a, b hit) bool { return a.first == b.first && a.last == b.last })
	s.hits = s.hits[:int(from)+len(hits)]
	return s.reach(from)
}

// at returns the hits of r. They stay as they are while others are appended.
func (s *scratch) at(r run) []hit { return s.hits[r.from:r.to:r.to] }

// wide reports whether a run begins with a hit nowhere, which holds of the
// item as a whole.
func (s *scratch) wide(r run) bool { return !r.empty() && s.hits[r.from].first == nowhere }

// placed returns r without a hit nowhere.
func (s *scratch) placed(r run) run {
	if s.wide(r) {
		r.from++
	}
	return r
}

// eval returns the hits of a part in a scope.
func (s *scratch) eval(p int32, in scope) run {
	if in.first > in.last {
		return run{}
	}
	m := s.memo[p]
	if m.round == s.round && in == whole() {
		return m.run
	}
	if k := s.parts[p].kind; k == leaf || k == question {
		if m.round != s.round {
			return run{}
		}
		return s.narrow(m.run, in)
	}
	r := s.ask(&s.parts[p], p, in)
	if in == whole() {
		s.memo[p] = memo{r, s.round}
	}
	return r
}

// narrow returns those hits of a leaf that are in the scope. They do not reach
// over its ends, since no term goes beyond a sentence.
func (s *scratch) narrow(r run, in scope) run {
	if s.wide(r) {
		return r
	}
	hits := s.at(r)
	from, to := firstFrom(hits, in.first), firstFrom(hits, in.last+1)
	return run{r.from + int32(from), r.from + int32(to)}
}

// firstFrom returns the index of the first hit that begins at pos or after it.
func firstFrom(hits []hit, pos int32) int {
	i, _ := slices.BinarySearchFunc(hits, pos, func(h hit, pos int32) int { return cmp.Compare(h.first, pos) })
	return i
}

// ask finds the hits of the part p that is no leaf.
func (s *scratch) ask(p *part, number int32, in scope) run {
	switch p.kind {
	case meta:
		if s.holds(p) {
			return s.everywhere(number, -1)
		}
	case count:
		return s.count(p, number)
	case and:
		return s.and(p, in)
	case or:
		return s.or(p, in)
	case nearby:
		return s.near(p, in)
	case within:
		return s.within(p, in)
	case sentence:
		return s.sentence(p, in)
	case first:
		return s.opening(p, in)
	case lead:
		return s.lead(p, in)
	case told:
		return s.asFact(p, in)
	case inside:
		f := s.extent(p.field)
		return s.eval(p.of[0], scope{max(in.first, f.first), min(in.last, f.last)})
	}
	return run{}
}
