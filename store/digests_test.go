package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// next asks what a digest that ends at to would cover, which must be something.
func next(t *testing.T, db *store.DB, to time.Time) news.Period {
	t.Helper()
	p, found, err := db.NextDigest(t.Context(), to)
	if err != nil || !found {
		t.Fatalf("no digest up to %v: %v", to, err)
	}
	return p
}

// daily returns a digest of a period, over slack.
func daily(p news.Period) news.Alert {
	return news.Alert{ID: "digest/" + p.To.Format(time.RFC3339), Channel: "slack", Kind: news.Daily, DueAt: p.To, Digest: &news.Digest{From: p.From, To: p.To}}
}

// Each story stands in one digest after each change of it, also if the clock
// went back between: it is versions that count.
func TestDigestsTellEachChangeOnce(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		if _, found, err := db.NextDigest(t.Context(), noon); err != nil || found {
			t.Fatalf("there is a digest before anything was read: %v", err)
		}
		read := func(at time.Time, key string) {
			it := item(f, key, key)
			it.Published, it.Fetched = at, at
			record(t, db, reading(f, at, it), reports(key, it))
		}
		told := map[string]int{}
		tell := func(to time.Time) news.Period {
			t.Helper()
			p := next(t, db, to)
			d, err := db.Digest(t.Context(), p)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range d.Stories {
				told[s.Headline]++
			}
			for _, first := range []bool{true, false} { // the second is another replica, which was slow
				if queued, err := db.QueueDigest(t.Context(), p, []news.Alert{daily(p)}); err != nil || queued != first {
					t.Fatalf("queued %v, want %v: %v", queued, first, err)
				}
			}
			return p
		}
		read(noon, "first")
		if _, found, err := db.NextDigest(t.Context(), noon.Add(-time.Hour)); err != nil || found {
			t.Errorf("there is a digest of a time before the first reading: %v", err)
		}
		p := tell(noon.Add(time.Hour))
		if !p.From.Equal(noon.Add(-24 * time.Hour)) {
			t.Errorf("the first digest begins at %v, want a day before the first reading", p.From)
		}
		read(noon.Add(30*time.Minute), "while the clock was put back")
		read(noon.Add(2*time.Hour), "later")
		if p = tell(noon.Add(3 * time.Hour)); !p.From.Equal(noon.Add(time.Hour)) {
			t.Errorf("the second digest begins at %v, want when the first one ended", p.From)
		}
		tell(noon.Add(4 * time.Hour))
		if fmt.Sprint(told) != "map[first:1 later:1 while the clock was put back:1]" {
			t.Errorf("told %v, want each once", told)
		}
		alerts, err := db.Outbox(t.Context(), 10)
		alerts = slices.DeleteFunc(alerts, func(d outbox.Delivery) bool { return d.Kind != news.Daily })
		if err != nil || len(alerts) != 3 {
			t.Errorf("%d digests are owed, want 3: %v", len(alerts), err)
		}
	})
}

// A digest that a wrong clock dated far ahead is taken to have ended when that
// was noticed.
func TestEndDigest(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		it := item(f, "a", "Coup")
		record(t, db, reading(f, noon, it), reports("coup", it))
		for _, to := range []time.Time{noon.AddDate(5, 0, 0), noon.AddDate(5, 0, 1)} {
			if _, err := db.QueueDigest(t.Context(), next(t, db, to), nil); err != nil {
				t.Fatal(err)
			}
		}
		ahead := next(t, db, noon.AddDate(6, 0, 0))
		if err := db.EndDigest(t.Context(), noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		p := next(t, db, noon.Add(2*time.Hour))
		if !p.From.Equal(noon.Add(time.Hour)) || p.After != ahead.After || p.After == 0 {
			t.Errorf("got %+v, want it from an hour after noon on, after version %d", p, ahead.After)
		}
	})
}

// A database in which digests were not kept goes on after the last that it
// owed.
func TestDigestAfterUpgrade(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		queue(t, db, daily(news.Period{From: noon.Add(-24 * time.Hour), To: noon}))
		if p := next(t, db, noon.Add(24*time.Hour)); !p.From.Equal(noon) || !p.Oldest.Equal(noon) {
			t.Errorf("got %+v, want it from noon on", p)
		}
	})
}
