package store_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A crowd is readings that are ingested while another one has the turn, and so
// share what comes next.
type crowd struct {
	t    *testing.T
	db   *store.DB
	mu   sync.Mutex
	done map[string]news.Tally
	errs map[string]error
}

// ingest ingests a report of each feed at once, by deciders that ask first,
// after others wait for all of them.
func (c *crowd) ingest(ctx context.Context, feeds []news.Feed, ask func(news.Report)) {
	c.t.Helper()
	c.done, c.errs = map[string]news.Tally{}, map[string]error{}
	first, gate, asked := feed(1000), make(chan struct{}), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		it := item(first, fmt.Sprint(time.Now().UnixNano()), "Coup at the gate")
		_, err := c.db.Ingest(c.t.Context(), reading(first, noon, it), reports("gate", it), asking(func(r news.Report, open []news.Story) news.Decision {
			close(asked)
			<-gate
			return decide(r, open)
		}))
		if err != nil {
			c.t.Error(err)
		}
	})
	<-asked
	for _, f := range feeds {
		group.Go(func() {
			it := item(f, "a", "Coup in Ruritania")
			defer func() {
				if p := recover(); p != nil {
					c.note(f, news.Tally{}, fmt.Errorf("panic: %v", p))
				}
			}()
			tally, err := c.db.Ingest(ctx, reading(f, noon, it), reports(f.Name, it), asking(func(r news.Report, open []news.Story) news.Decision {
				ask(r)
				return decide(r, open)
			}))
			c.note(f, tally, err)
		})
	}
	for c.db.Waiting() < len(feeds) {
		runtime.Gosched()
	}
	close(gate)
	group.Wait()
}

func (c *crowd) note(f news.Feed, tally news.Tally, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done[f.Name], c.errs[f.Name] = tally, err
}

func feedsFrom(n int) (feeds []news.Feed) {
	for i := range n {
		feeds = append(feeds, feed(i+1))
	}
	return feeds
}

// stored counts the items of the crowd that a reader of the database sees.
func stored(t *testing.T, db *store.DB) int {
	t.Helper()
	return len(rows(t, db, `SELECT id FROM items WHERE title = 'Coup in Ruritania'`))
}

// Readings that wait together are one transaction: nobody sees a part of it.
func TestWaitingReadingsShareATransaction(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, reader := open(t, location), open(t, location)
		feeds := feedsFrom(8)
		setFeeds(t, db, feeds...)
		c := crowd{t: t, db: db}
		c.ingest(t.Context(), feeds, func(r news.Report) {
			if n := stored(t, reader); n > 0 {
				t.Errorf("when %s is decided %d items of others can be seen, want none", r.Feed, n)
			}
		})
		for _, f := range feeds {
			if want := (news.Tally{New: 1, Matched: 1, Alerts: 1}); c.done[f.Name] != want || c.errs[f.Name] != nil {
				t.Errorf("%s: %+v, %v, want %+v", f.Name, c.done[f.Name], c.errs[f.Name], want)
			}
		}
		if n := stored(t, reader); n != len(feeds) {
			t.Errorf("%d items are stored, want %d", n, len(feeds))
		}
	})
}

// What is wrong with one reading costs those that share its transaction nothing.
func TestBadReadingAmongGoodOnes(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, feeds := open(t, location), feedsFrom(8)
		setFeeds(t, db, feeds...)
		c := crowd{t: t, db: db}
		c.ingest(t.Context(), feeds, func(r news.Report) {
			if r.Feed == feeds[3].URL {
				panic("bug")
			}
		})
		for i, f := range feeds {
			if bad := i == 3; (c.errs[f.Name] != nil) != bad || (c.done[f.Name].Alerts == 1) == bad {
				t.Errorf("%s: %+v, %v", f.Name, c.done[f.Name], c.errs[f.Name])
			}
		}
		if n := stored(t, db); n != len(feeds)-1 {
			t.Errorf("%d items are stored, want %d", n, len(feeds)-1)
		}
		if owed := rows(t, db, `SELECT id FROM alerts WHERE story NOT LIKE 'gate%'`); len(owed) != len(feeds)-1 {
			t.Errorf("%d alerts are owed, want %d", len(owed), len(feeds)-1)
		}
	})
}

// A program that ends while readings share a transaction has stored none of
// them or has said so, and what is read again is told once.
func TestEndWithinASharedTransaction(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, feeds := open(t, location), feedsFrom(6)
		setFeeds(t, db, feeds...)
		for end := range feeds {
			ctx, cancel := context.WithCancel(t.Context())
			asked := 0
			c := crowd{t: t, db: db}
			c.ingest(ctx, feeds[:end+1], func(news.Report) {
				if asked++; asked == end+1 {
					cancel()
				}
			})
			for name, err := range c.errs {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("end at report %d: %s: %v, want %v", end, name, err, context.Canceled)
				}
			}
			if n := stored(t, db); n > 0 {
				t.Errorf("end at report %d: %d items are stored, want none", end, n)
			}
		}
		c := crowd{t: t, db: db}
		c.ingest(t.Context(), feeds, func(news.Report) {})
		c.ingest(t.Context(), feeds, func(news.Report) { t.Error("an item is decided twice") })
		if owed := rows(t, db, `SELECT id FROM alerts WHERE story NOT LIKE 'gate%'`); len(owed) != len(feeds) {
			t.Errorf("%d alerts are owed, want %d", len(owed), len(feeds))
		}
	})
}

// A replica that was too slow for its leases records a whole batch after
// another did: nothing is stored or told twice, and the hosts stay with whoever
// has them now.
func TestLeasesLostInABatch(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		slow, quick, feeds := open(t, location), open(t, location), feedsFrom(5)
		setFeeds(t, slow, feeds...)
		if got := claimAll(t, slow, noon, 9); len(got) != len(feeds) {
			t.Fatalf("claimed %d feeds, want %d", len(got), len(feeds))
		}
		if got := claimAll(t, quick, noon.Add(lease-time.Millisecond), 9); len(got) != 0 {
			t.Fatalf("%d feeds were claimed by two", len(got))
		}
		later := noon.Add(lease)
		if got := claimAll(t, quick, later, 9); len(got) != len(feeds) {
			t.Fatalf("%d feeds came free, want %d", len(got), len(feeds))
		}
		for _, f := range feeds[:3] { // two are still read
			it := item(f, "a", "Coup in Ruritania")
			record(t, quick, reading(f, later, it), reports(f.Name, it))
		}
		c := crowd{t: t, db: slow}
		c.ingest(t.Context(), feeds, func(news.Report) {})
		for i, f := range feeds {
			if want := i >= 3; (c.done[f.Name].New == 1) != want || (c.done[f.Name].Alerts == 1) != want || c.errs[f.Name] != nil {
				t.Errorf("%s: %+v, %v; it is new: %v", f.Name, c.done[f.Name], c.errs[f.Name], want)
			}
		}
		if n := stored(t, quick); n != len(feeds) {
			t.Errorf("%d items are stored, want %d", n, len(feeds))
		}
		for _, f := range feeds[:3] {
			state := rows(t, quick, `SELECT CAST(last_read AS TEXT) FROM feeds WHERE url = '`+f.URL+`'`)
			if want := fmt.Sprint(later.UnixMilli()); !slices.Equal(state, []string{want}) {
				t.Errorf("%s was read last at %v, want %s", f.Name, state, want)
			}
		}
	})
}

// claimAll claims up to n feeds and returns their names.
func claimAll(t *testing.T, db *store.DB, now time.Time, n int) (names []string) {
	t.Helper()
	feeds, _, err := db.Claim(t.Context(), now, n)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		names = append(names, f.Name)
	}
	return names
}

// A claim says when to ask again: when the next feed is due, or the lease of one
// that is due ends.
func TestClaimSaysWhenToAskAgain(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, feeds := open(t, location), feedsFrom(3)
		ask := func(now time.Time, n, want int, next time.Time) {
			t.Helper()
			got, again, err := db.Claim(t.Context(), now, n)
			if err != nil || len(got) != want || !again.Equal(next) {
				t.Errorf("at %v: %d feeds, then %v, %v; want %d, %v", now, len(got), again, err, want, next)
			}
		}
		ask(noon, 3, 0, time.Time{}) // there is none
		setFeeds(t, db, feeds...)
		ask(noon, 2, 2, noon)                             // there may be more
		ask(noon.Add(time.Second), 5, 1, noon.Add(lease)) // the lease of the first two
		ask(noon.Add(time.Minute), 5, 0, noon.Add(lease)) // nothing is free
		for i, minutes := range []int{7, 5, 9} {
			r := reading(feeds[i], noon)
			r.NextAt = noon.Add(time.Duration(minutes) * time.Minute)
			record(t, db, r, nil)
		}
		ask(noon.Add(time.Minute), 5, 0, noon.Add(5*time.Minute))
		ask(noon.Add(5*time.Minute), 5, 1, noon.Add(7*time.Minute))
		ask(noon.Add(7*time.Minute), 5, 2, noon.Add(9*time.Minute)) // the first again, since it was not recorded
		setFeeds(t, db)
		ask(noon.Add(time.Hour), 5, 0, time.Time{})
	})
}
