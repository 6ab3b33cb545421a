package store_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// Several replicas that read different feeds of the same event at the same
// time must read each feed once, agree on one story and owe one alert.
func TestReplicas(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		const replicas, feeds = 4, 40
		var dbs []*store.DB
		for range replicas {
			dbs = append(dbs, open(t, location))
		}
		var list []news.Feed
		for i := range feeds {
			f := feed(i)
			f.URL = fmt.Sprintf("https://%d.example/%d", i/2, i) // two feeds a host
			list = append(list, f)
		}
		setFeeds(t, dbs[0], list...)

		w := watch{reads: map[string]int{}, busy: map[string]int{}}
		// A replica that finds no host free may be ahead of the others, so all
		// ask until all feeds are read.
		var group sync.WaitGroup
		for _, db := range dbs {
			for range 2 {
				group.Go(func() {
					for !t.Failed() && w.count() < feeds {
						w.readOne(t, db)
					}
				})
			}
		}
		group.Wait()

		for name, n := range w.reads {
			if n != 1 {
				t.Errorf("%s was read %d times, want once", name, n)
			}
		}
		if got := storiesAt(t, dbs[0]); len(got) != 1 || got[0].Reports != feeds {
			t.Errorf("got %d stories, want one of %d reports: %+v", len(got), feeds, got)
		}
		if got := due(t, dbs[0], noon, "slack"); len(got) != 1 {
			t.Errorf("got %d alerts, want 1: %+v", len(got), got)
		}
		if got := due(t, dbs[1], noon, "slack"); len(got) != 0 {
			t.Errorf("a second replica got %+v, want none: the first has it", got)
		}
		listed, err := dbs[2].Feeds(t.Context())
		if err != nil || len(listed) != feeds {
			t.Fatalf("%d feeds, %v, want %d", len(listed), err, feeds)
		}
		for _, f := range listed {
			if f.Items != 1 {
				t.Errorf("%s has %d items, want 1", f.Name, f.Items)
			}
		}
	})
}

// A watch counts who reads what.
type watch struct {
	mu    sync.Mutex
	reads map[string]int // by feed
	busy  map[string]int // requests under way, by host
}

func (w *watch) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.reads)
}

// readOne claims a feed and records one report of it.
func (w *watch) readOne(t *testing.T, db *store.DB) {
	feeds, _, err := db.Claim(t.Context(), noon, 1)
	if err != nil {
		t.Error(err)
	}
	if len(feeds) == 0 {
		return
	}
	f := feeds[0]
	host, _, _ := strings.Cut(strings.TrimPrefix(f.URL, "https://"), "/")
	w.mu.Lock()
	w.reads[f.Name]++
	if w.busy[host]++; w.busy[host] > 1 {
		t.Errorf("%s is asked for %d feeds at once", host, w.busy[host])
	}
	w.mu.Unlock()
	it := item(f.Feed, "a", "Soldiers seize the palace")
	w.mu.Lock()
	w.busy[host]--
	w.mu.Unlock()
	if _, err := db.Ingest(t.Context(), reading(f.Feed, noon, it), reports("coup", it), asking(decide)); err != nil {
		t.Error(err)
	}
}

// Two replicas that record the same reading at once store each item once, and
// none of them waits for the other for ever.
func TestReplicasIngestTheSame(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		f := feed(1)
		setFeeds(t, open(t, location), f)
		var items []news.Item
		for i := range 240 {
			items = append(items, item(f, fmt.Sprint(i), "Coup"))
		}
		var mu sync.Mutex
		var sum news.Tally
		var group sync.WaitGroup
		for i := range 4 {
			db := open(t, location)
			slices.Reverse(items) // the order in which rows are locked must not matter
			items := slices.Clone(items)
			group.Go(func() {
				at := noon.Add(time.Duration(i) * time.Second)
				got, err := db.Ingest(t.Context(), reading(f, at, items...), reports("coup", items...), asking(decide))
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				sum.New, sum.Revised, sum.Matched, sum.Alerts = sum.New+got.New, sum.Revised+got.Revised, sum.Matched+got.Matched, sum.Alerts+got.Alerts
			})
		}
		group.Wait()
		if want := (news.Tally{New: 240, Matched: 240, Alerts: 1}); sum != want {
			t.Errorf("tallies together %+v, want %+v", sum, want)
		}
	})
}

// Replicas that hold one another's hosts at the same time lock them in one order.
func TestReplicasHoldHosts(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		const hosts, rounds = 12, 15
		var list []news.Feed
		for i := range hosts {
			f := feed(i)
			f.URL = fmt.Sprintf("https://%d.example/feed", i)
			list = append(list, f)
		}
		db, replica := open(t, location), open(t, location)
		setFeeds(t, db, list...)
		var group sync.WaitGroup
		for n, db := range []*store.DB{db, replica} {
			group.Go(func() {
				for round := range rounds {
					at := noon.Add(time.Duration(round) * time.Second)
					var all sync.WaitGroup
					for i, f := range list {
						if i%2 != n {
							continue // the other replica has it
						}
						r := reading(f, at)
						r.Rests = []news.Rest{{Address: f.URL, Until: at.Add(time.Second)}}
						for k := range hosts { // each holds all, in an order of its own
							other := list[(i+(2*n-1)*k+hosts)%hosts]
							r.Rests = append(r.Rests, news.Rest{Address: other.URL, Until: at.Add(time.Minute)})
						}
						all.Go(func() {
							if _, err := db.Ingest(t.Context(), r, nil, asking(decide)); err != nil {
								t.Error(err)
							}
						})
					}
					all.Wait()
				}
			})
		}
		group.Wait()
	})
}
