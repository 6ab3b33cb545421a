package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// stateOf returns the only feed, as stored.
func stateOf(t *testing.T, db *store.DB) news.FeedState {
	t.Helper()
	feeds, err := db.Feeds(t.Context())
	if err != nil || len(feeds) != 1 {
		t.Fatalf("feeds %+v, %v", feeds, err)
	}
	return feeds[0]
}

// The cadence of a feed is learned from what comes, in the transaction that stores
// it: a feed that brings something each half hour is fresh, then quiet and then
// late, if it is read all the while, and fresh again when something comes.
func TestCadenceLearned(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		now, n, last := noon, 0, item(f, "0", "News 0")
		bring := func() {
			n++
			it := item(f, fmt.Sprint(n), fmt.Sprint("News ", n))
			it.Published, it.Fetched = now.Add(-time.Minute), now
			record(t, db, reading(f, now, it, last), nil)
			last = it
		}
		bring()
		for range 20 * 48 {
			now = now.Add(30 * time.Minute)
			bring()
		}
		expect := func(after time.Duration, want news.State) {
			t.Helper()
			r := reading(f, now.Add(after))
			r.Unchanged = true
			record(t, db, r, nil)
			if got := stateOf(t, db); got.State(now.Add(after)) != want {
				t.Errorf("%v after the last item it is %s, want %s: %+v", after, got.State(now.Add(after)), want, got.Signs.Silence)
			}
		}
		if s := stateOf(t, db).Signs.Silence; !s.Known || s.Rate < 44 || s.Rate > 52 {
			t.Errorf("after three weeks %+v, want 48 a day", s)
		}
		expect(30*time.Minute, news.FeedFresh)
		expect(75*time.Minute, news.FeedQuiet)
		expect(5*time.Hour, news.FeedLate)
		now = now.Add(5*time.Hour + 30*time.Minute)
		bring()
		expect(10*time.Minute, news.FeedFresh)
	})
}

// A feed of which nothing is known any more has a possible gap, and is read again
// when the reading says for that; not if what it shows was there before.
func TestGap(t *testing.T) {
	for _, tt := range []struct {
		name  string
		keys  []string
		age   time.Duration // of the items at the second reading; 0 for no dates
		edit  func(*news.Reading)
		times int
	}{
		{"one is known", []string{"b", "c"}, 5 * time.Minute, nil, 0},
		{"none is known", []string{"c", "d"}, 5 * time.Minute, nil, 1},
		{"none is known and none has a date", []string{"c", "d"}, 0, nil, 1},
		{"none is known, since all are older", []string{"c", "d"}, 9 * time.Hour, nil, 0},
		{"others stand in it too", []string{"c", "d"}, 5 * time.Minute, func(r *news.Reading) { r.Passed = 1 }, 0},
		{"nothing stands in it", nil, 0, nil, 0},
	} {
		db, f := open(t, newSQLite(t)), feed(1)
		setFeeds(t, db, f)
		record(t, db, reading(f, noon, item(f, "a", "News a"), item(f, "b", "News b")), nil)
		at := noon.Add(30 * time.Minute)
		var items []news.Item
		for _, key := range tt.keys {
			it := item(f, key, "News "+key)
			if it.Published, it.Fetched = at.Add(-tt.age), at; tt.age == 0 {
				it.Published = time.Time{}
			}
			items = append(items, it)
		}
		r := reading(f, at, items...)
		r.IfGap = at.Add(time.Minute)
		if tt.edit != nil {
			tt.edit(&r)
		}
		record(t, db, r, nil)
		record(t, db, r, nil) // a reading may be recorded twice
		got := stateOf(t, db)
		next := map[bool]time.Time{true: r.IfGap, false: r.NextAt}[tt.times > 0]
		if g := got.Signs.Gap; g.Times != tt.times || tt.times > 0 && (!g.From.Equal(noon) || !g.At.Equal(at) || g.Span != tt.age) {
			t.Errorf("%s: %+v, want %d", tt.name, g, tt.times)
		}
		if !got.NextAt.Equal(next) {
			t.Errorf("%s: read again at %v, want %v", tt.name, got.NextAt, next)
		}
	}
}
