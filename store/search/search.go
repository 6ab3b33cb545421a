// Package search is the index of all items by their words, in SQLite and in
// PostgreSQL. It is a part of package store, whose database has its methods.
//
// The index is a sieve: it says which items may have what is looked for, the latest
// first ([Index.Hits]), and how many there are a day ([Index.Days]). What it asks for
// are keys of package text/keys, so that both engines find the same in all scripts;
// whoever asks looks at what comes through.
//
// An item that comes or changes is noted in the transaction that does so ([Want]),
// and put into the index later, by [Index.Wanted] and [Index.File]: late is harmless,
// twice is harmless, and several replicas share the work.
package search

import (
	"context"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/text/keys"
)

// An Index is that of a database. It is safe for concurrent use; make one with
// [New].
type Index struct {
	db    *engine.DB
	words words
}

// words is how an engine keeps the words of items.
type words interface {
	// put adds documents, in the order of their places.
	put(ctx context.Context, q row.Querier, docs []Doc) error
	// hits appends the hits of a question within places, the last first.
	hits(ctx context.Context, q asked, most int) ([]Hit, error)
	// days calls add with how many hits a day has. It goes from the latest to the
	// earliest and stops when ctx is done, with where it stands.
	days(ctx context.Context, q asked, add func(day int64, n int)) (reached int64, err error)
	// settle makes what was put quick to ask.
	settle(ctx context.Context) error
	// tidy gives back the room of what was forgotten.
	tidy(ctx context.Context) error
	// clear forgets all.
	clear(ctx context.Context, q row.Querier) error
}

// New returns the index of a database, whose schema is package store's.
func New(db *engine.DB) *Index {
	if db.Path == "" {
		return &Index{db, postgres{db, new(shares)}}
	}
	return &Index{db, sqlite{db}}
}

// A Doc is an item as it is filed.
type Doc struct {
	ID string // of the item
	At time.Time
	keys.Entry
	Facets

	place int64
}

// Facets are what hits are counted by.
type Facets struct {
	Language  string
	Feed      string   // URL
	Countries []string // two-letter codes
	Rules     []string // ids of the rules that it matches
	Severity  news.Severity
	Story     string // id of the story it is in, or ""
}

// A Question is what is asked of the index.
type Question struct {
	Sieve    keys.Sieve
	From, To time.Time // of the items, To not included; zero for no bound
	Told     Choice    // whether people were told of the story of the item
}

// A Choice is whether something is asked for.
type Choice int

// The choices.
const (
	Either Choice = iota
	Yes
	No
)

// A Place is where an item stands in the index: later ones are greater.
type Place int64

// A Hit is an item that came through the sieve.
type Hit struct {
	Place
	Item string // its id
	Facets
}

// A Day is how many items of a day come through a sieve.
type Day struct {
	Date time.Time // its first moment, in UTC
	N    int
}

// Places are of a minute: so many have room in one.
const inMinute = 512

// inDay is how many places a day has.
const inDay = 24 * 60 * inMinute

// last is a place behind all.
const last Place = 1 << 50

// placeOf returns the first place of a time.
func placeOf(at time.Time) Place {
	return Place(max(0, at.Unix()/60)) * inMinute
}

// Time returns about when the item of a place was published.
func (p Place) Time() time.Time { return time.Unix(int64(p)/inMinute*60, 0).UTC() }

// An asked question is one with places and with what it costs bounded.
type asked struct {
	Question
	from, before Place
}

// mostKeys is how many keys are asked for at once; what would take more is left to
// who looks at the items.
const mostKeys = 800

func (x *Index) ask(q Question, before Place) asked {
	a := asked{q, 0, last}
	a.Sieve = q.Sieve.Coarser(mostKeys)
	if q.Told == Yes {
		a.Sieve = keys.AllOf(a.Sieve, keys.Of(keys.InStory))
	}
	if !q.From.IsZero() {
		a.from = placeOf(q.From)
	}
	if !q.To.IsZero() {
		a.before = placeOf(q.To)
	}
	if before > 0 {
		a.before = min(a.before, before)
	}
	return a
}

// Hits returns the items that come through a sieve, the latest first, at most so
// many: those before a place, or all for 0.
func (x *Index) Hits(ctx context.Context, q Question, before Place, most int) ([]Hit, error) {
	hits, err := x.words.hits(ctx, x.ask(q, before), most)
	return hits, x.db.Fail("search", err)
}

// Days returns how many items come through a sieve on each day that has some, the
// latest first. When ctx is done it returns what it has, with complete false, and
// since when that is all there is.
func (x *Index) Days(ctx context.Context, q Question) (days []Day, since time.Time, complete bool, err error) {
	a := x.ask(q, 0)
	reached, err := x.words.days(ctx, a, func(day int64, n int) {
		days = append(days, Day{time.Unix(day*24*60*60, 0).UTC(), n})
	})
	if ctx.Err() != nil {
		return days, Place(reached).Time(), false, nil
	}
	return days, time.Time{}, true, x.db.Fail("count what is found a day", err)
}

// told is the condition that people were told of the story of an item, or were not.
func (a asked) told() string {
	const exists = `EXISTS (SELECT 1 FROM stories WHERE stories.id = search_items.story AND search_items.story <> '' AND stories.told_at > 0)`
	switch a.Told {
	case Yes:
		return ` AND ` + exists
	case No:
		return ` AND NOT ` + exists
	}
	return ""
}

// Coarse reports whether the index cannot ask for all that a sieve does, so that
// more comes through it than should.
func Coarse(s keys.Sieve) bool { return s.Coarser(mostKeys).Size() < s.Size() }

func split(s string) []string { return strings.Fields(s) }
