package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// almost returns it as a report that no rule matched, and one all but did.
func almost(it news.Item, missing string) news.Report {
	return news.Report{Item: it, Almost: &news.NearMiss{
		Title: it.Title, Link: it.Link, Publisher: it.Publisher, At: it.When(), Rule: "coup", Missing: missing, Nearness: 0.81,
	}}
}

// nearMisses returns what is remembered of an hour around noon, as titles and
// what was missing, sorted, and since when all were asked.
func nearMisses(t *testing.T, db *store.DB, rules string) (all []string, since time.Time) {
	t.Helper()
	misses, since, err := db.NearMisses(t.Context(), rules, noon.Add(-time.Hour), noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range misses {
		all = append(all, m.Title+": "+m.Missing)
	}
	slices.Sort(all)
	return all, since
}

// askNothing asks items again of which no rule matches any.
func askNothing(t *testing.T, db *store.DB, rules string, now time.Time) {
	t.Helper()
	_, err := db.AskAgain(t.Context(), rules, now, now, func(news.Item) (news.NearMiss, bool) { return news.NearMiss{}, false })
	if err != nil {
		t.Fatal(err)
	}
}

// A near miss is remembered with its item, once, as the item reads now, and is
// forgotten with it; it decides nothing.
func TestNearMissOfAnItem(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		askNothing(t, db, "v1", noon.Add(-time.Hour))
		want := func(when string, want ...string) {
			t.Helper()
			got, since := nearMisses(t, db, "v1")
			if diff := cmp.Diff(want, got); diff != "" || !since.Equal(noon.Add(-time.Hour)) {
				t.Errorf("%s, since %v (-want +got):\n%s", when, since, diff)
			}
		}
		a, b := item(f, "a", "A film of a coup"), item(f, "b", "A coup by an army far away")
		first := []news.Report{almost(a, "but for a film"), almost(b, "if they stood together")}
		for range 2 {
			if tally := record(t, db, reading(f, noon, a, b), first); tally.Matched+tally.Alerts > 0 {
				t.Errorf("%+v, want no report decided", tally)
			}
		}
		want("read twice", "A coup by an army far away: if they stood together", "A film of a coup: but for a film")
		misses, _, err := db.NearMisses(t.Context(), "v1", noon, noon.Add(time.Minute))
		if err != nil || !slices.Contains(misses, *first[0].Almost) {
			t.Errorf("got %+v, %v, want it as it was found: %+v", misses, err, *first[0].Almost)
		}
		a.Title, b.Title = "A film of a putsch", "Rain"
		record(t, db, reading(f, noon.Add(time.Minute), a, b), []news.Report{almost(a, "but for the film")})
		want("edited", "A film of a putsch: but for the film")
		record(t, db, reading(f, noon.AddDate(0, 0, 50), item(f, "c", "Another day")), nil)
		if err := db.Prune(t.Context(), noon.AddDate(0, 0, 40), noon.AddDate(0, 0, 40)); err != nil {
			t.Fatal(err)
		}
		if left := rows(t, db, `SELECT item FROM near_misses`); len(left) > 0 {
			t.Errorf("%q are left of items that were pruned", left)
		}
	})
}

// A near miss that mentions somebody may belong to a story as other items may.
func TestNearMissIsDecided(t *testing.T) {
	db, f := open(t, "sqlite:"+t.TempDir()+"/a.db"), feed(1)
	setFeeds(t, db, f)
	rep := almost(item(f, "a", "A film of a coup in Mali"), "but for a film")
	rep.Mentions = []news.Mention{{Entity: "country:ml", Country: "ml"}}
	asked := 0
	_, err := db.Ingest(t.Context(), reading(f, noon, rep.Item), []news.Report{rep}, asking(func(news.Report, []news.Story) news.Decision {
		asked++
		return news.Decision{}
	}))
	if err != nil || asked != 1 {
		t.Errorf("asked %d times, %v, want once", asked, err)
	}
}

// What was read by other rules is asked again, the latest first and a stretch at
// a time, by replicas at once, and what was found of it before is forgotten.
func TestAskAgain(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		const minutes, each = 60, 30
		dbs, f := []*store.DB{open(t, location), open(t, location)}, feed(1)
		setFeeds(t, dbs[0], f)
		askNothing(t, dbs[0], "v1", noon.Add(-2*time.Hour))
		for n := range minutes {
			at := noon.Add(time.Duration(n-minutes) * time.Minute)
			var items []news.Item
			for i := range each {
				it := item(f, fmt.Sprint(n, "-", i), fmt.Sprintf("A coup %02d-%02d", n, i))
				it.Fetched = at
				items = append(items, it)
			}
			record(t, dbs[0], reading(f, at, items...), []news.Report{almost(items[0], "by the first rules")})
		}
		if got, _ := nearMisses(t, dbs[0], "v1"); len(got) != minutes {
			t.Fatalf("%d near misses, want %d", len(got), minutes)
		}
		if got, since := nearMisses(t, dbs[1], "v2"); len(got) > 0 || !since.Equal(noon.Add(time.Hour)) {
			t.Errorf("%d near misses since %v, want none by rules that asked nothing", len(got), since)
		}
		asked, mu := map[string]int{}, sync.Mutex{}
		ask := func(it news.Item) (news.NearMiss, bool) {
			mu.Lock()
			defer mu.Unlock()
			asked[it.ID]++
			return *almost(it, "by the second rules").Almost, strings.HasSuffix(it.Title, "-07")
		}
		if more, err := dbs[0].AskAgain(t.Context(), "v2", noon.Add(-30*time.Minute), noon, ask); err != nil || !more {
			t.Fatalf("more %v, %v, want more than one stretch", more, err)
		}
		got, since := nearMisses(t, dbs[0], "v2")
		if n := int(noon.Sub(since).Minutes()); n >= 30 || n != len(got) || n*each < 500 || got[0] != fmt.Sprintf("A coup %02d-07: by the second rules", minutes-n) {
			t.Errorf("since %v: %q, want the latest minutes asked", since, got)
		}
		var replicas sync.WaitGroup
		for _, db := range dbs {
			replicas.Go(func() {
				for more := true; more; {
					var err error
					if more, err = db.AskAgain(t.Context(), "v2", noon.Add(-30*time.Minute), noon.Add(time.Minute), ask); err != nil {
						t.Error(err)
					}
				}
			})
		}
		replicas.Wait()
		got, since = nearMisses(t, dbs[1], "v2")
		if !since.Equal(noon.Add(-30*time.Minute)) || len(got) != 30 || len(asked) != 30*each || slices.ContainsFunc(got, func(s string) bool { return !strings.Contains(s, "second") }) {
			t.Errorf("since %v, %d asked: %q; want the second half hour by the second rules", since, len(asked), got)
		}
	})
}

// If asking ends half-way nothing of it is kept, and it is done again.
func TestAskAgainFails(t *testing.T) {
	db, f := open(t, "sqlite:"+t.TempDir()+"/a.db"), feed(1)
	setFeeds(t, db, f)
	record(t, db, reading(f, noon, item(f, "a", "A coup")), nil)
	func() {
		defer func() { _ = recover() }()
		_, _ = db.AskAgain(t.Context(), "v1", noon, noon.Add(time.Minute), func(news.Item) (news.NearMiss, bool) { panic(errors.New("killed")) })
	}()
	if _, since := nearMisses(t, db, "v1"); !since.Equal(noon.Add(time.Hour)) {
		t.Errorf("asked since %v, want never", since)
	}
}
