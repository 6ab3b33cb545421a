package engine

import (
	"github.com/coupwatch/coupwatch/matcher/engine/internal/vocabulary"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// An Evaluator asks a program of one item: it reads the item as words, finds
// leaves and names in them, and says what queries make of these. It is used again
// for other items, so that matching hardly allocates.
//
// The words of an item are counted through its fields, with a wide gap after
// each, so that nothing is near across fields. These numbers are positions.
type Evaluator struct {
	*Program

	Item     news.Item
	Warmth   news.Warmth // what is warm, nil if nothing is
	Asked    bool        // what it finds in the item depends on what is warm
	Language string
	fields   [news.NumFields]field
	cache    vocabulary.Cache

	Raw       []RawHit
	Sightings []Sighting // entities and countries

	Selected []int32 // rules that may match, see SelectRules
	Hits     []Hit   // runs of hits, end to end

	notes
	scratch
}

// A field is a field of the item as words.
type field struct {
	text     text.Text
	source   string            // which text was made of
	language string            // in which it is read
	lists    []vocabulary.List // the atoms of each word
	base     int32             // the position of the first word
}

// FieldGap is the gap between the positions of two fields: more than anything
// that is near.
const FieldGap = 1 << 16

// Notes are what is known of parts, rules and names. What is noted bears the
// number of an epoch and is void in the next, so that nothing need be cleared.
type notes struct {
	epoch   uint32
	memo    []memo      // by part
	leafHit []uint32    // when a leaf was hit, by part
	looked  []uint32    // when a rule was looked at, by rule
	sure    []uint32    // when a name was there in full, by name
	counts  []nameCount // mentions, by name
}

// A memo is what a part's hits in the whole item were.
type memo struct {
	Run
	epoch uint32
}

// A nameCount counts how often a name was told in an epoch.
type nameCount struct {
	epoch uint32
	times int32
}

// scratch is memory that one function uses, for as long as it runs.
type scratch struct {
	chosen   []int32 // hits, by Apply; names, by askHelpers; sightings, by mentions
	picked   []int32 // hits, by within
	covers   []Hit   // by within
	entries  []int32 // by Different
	initials []byte  // a word and vocabulary.InitialsMark, by scan
}

func newEvaluator(r *Program) *Evaluator {
	return &Evaluator{
		Program: r,
		cache:   vocabulary.NewCache(&r.voc),
		notes: notes{
			memo:    make([]memo, len(r.Parts)),
			leafHit: make([]uint32, len(r.Parts)),
			looked:  make([]uint32, len(r.Rules)),
			sure:    make([]uint32, len(r.Names)),
			counts:  make([]nameCount, len(r.Names)),
		},
	}
}

// forget makes all hits and all that is noted void.
func (s *Evaluator) forget() {
	s.Hits = s.Hits[:0]
	if s.epoch++; s.epoch == 0 { // all numbers have been used
		clear(s.memo)
		clear(s.leafHit)
		clear(s.looked)
		clear(s.sure)
		clear(s.counts)
		s.epoch = 1
	}
}

// largest is how many hits or words an evaluator may have room for when it is
// kept.
const largest = 1 << 16

// Release gives s back for the next item, unless the last has bloated it.
func (s *Evaluator) Release() {
	s.Item, s.Warmth = news.Item{}, nil
	room := max(cap(s.Hits), cap(s.Raw), cap(s.Sightings))
	for f := range s.fields {
		room = max(room, cap(s.fields[f].lists))
	}
	if room > largest {
		return
	}
	select {
	case s.idle <- s:
	default:
	}
}
