package store_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// benchEachEngine runs bench on a new database of each engine.
func benchEachEngine(b *testing.B, bench func(b *testing.B, db *store.DB)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, open(b, newSQLite(b))) })
	b.Run("postgres", func(b *testing.B) { bench(b, open(b, newPostgres(b))) })
}

// twenty returns twenty items of f with bodies of two thousand bytes.
func twenty(f news.Feed, n int) []news.Item {
	var items []news.Item
	for i := range 20 {
		it := item(f, fmt.Sprintf("%d-%d", n, i), fmt.Sprintf("Item %d of reading %d", i, n))
		it.Body = strings.Repeat("Soldiers seize the palace. ", 75)
		items = append(items, it)
	}
	return items
}

// BenchmarkRecordCold records readings of 20 new items.
func BenchmarkRecordCold(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		setFeeds(b, db, feed(1))
		for n := 0; b.Loop(); n++ {
			record(b, db, reading(feed(1), noon, twenty(feed(1), n)...), nil)
		}
		b.ReportMetric(20*float64(b.N)/b.Elapsed().Seconds(), "items/s")
	})
}

// BenchmarkRecordWarm records readings of 20 items that are all known.
func BenchmarkRecordWarm(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		r := reading(feed(1), noon, twenty(feed(1), 1)...)
		setFeeds(b, db, feed(1))
		for b.Loop() {
			record(b, db, r, nil)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "readings/s")
	})
}

// BenchmarkRecordUnchanged records that a feed is as it was.
func BenchmarkRecordUnchanged(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		r := reading(feed(1), noon)
		r.Unchanged = true
		setFeeds(b, db, feed(1))
		for b.Loop() {
			record(b, db, r, nil)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "readings/s")
	})
}

// BenchmarkRecordReport records one report while 1,000 stories are open.
func BenchmarkRecordReport(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		f := feed(1)
		var items []news.Item
		var all []news.Report
		for i := range 1000 {
			it := item(f, fmt.Sprint(i), "Coup")
			items, all = append(items, it), append(all, report(it, fmt.Sprint("rule", i)))
		}
		full := func(r news.Report, open []news.Story) news.Decision {
			d := decide(r, open)
			if d.Kind == news.New {
				for i := range 100 {
					d.Story.Words = append(d.Story.Words, news.Word{Text: fmt.Sprint("word", i), Weight: 0.12345})
				}
			}
			return d
		}
		again := asking(full)
		if _, err := db.Record(b.Context(), reading(f, noon, items...), all, again); err != nil {
			b.Fatal(err)
		}
		for n := 0; b.Loop(); n++ {
			it := item(f, fmt.Sprint("more", n), "Coup")
			r := report(it, fmt.Sprint("rule", n%1000))
			if _, err := db.Record(b.Context(), reading(f, noon, it), []news.Report{r}, again); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkClaim claims and frees feeds, of 2,000 and 10,000 that are all due,
// the half of them on one host.
func BenchmarkClaim(b *testing.B) {
	for _, feeds := range []int{2_000, 10_000} {
		b.Run(fmt.Sprint(feeds), func(b *testing.B) {
			benchEachEngine(b, func(b *testing.B, db *store.DB) {
				var list []news.Feed
				for i := range feeds {
					f := feed(i)
					if i%2 == 0 {
						f.URL = fmt.Sprintf("https://example.org/%d", i)
					}
					list = append(list, f)
				}
				setFeeds(b, db, list...)
				now := noon
				for b.Loop() {
					now = now.Add(time.Second)
					f, found, err := db.Claim(b.Context(), now)
					if err != nil || !found {
						b.Fatal(found, err)
					}
					b.StopTimer()
					r := reading(f.Feed, now)
					r.Unchanged = true
					record(b, db, r, nil)
					b.StartTimer()
				}
			})
		})
	}
}

// million makes a database of 1,000,000 items of 2,000 feeds.
func million(b *testing.B, file string) {
	b.Helper()
	db := open(b, file)
	var list []news.Feed
	for i := range 2000 {
		f := feed(i)
		list = append(list, f)
	}
	setFeeds(b, db, list...)
	for _, f := range list {
		var items []news.Item
		for i := range 500 {
			items = append(items, item(f, fmt.Sprint(i), "Soldiers seize the palace"))
		}
		record(b, db, reading(f, noon, items...), reports("coup", items[0]))
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkOpenMillion opens a database of 1,000,000 items and asks what a
// daemon asks when it starts.
func BenchmarkOpenMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("a million items take minutes to write")
	}
	file := filepath.Join(b.TempDir(), "test.db")
	million(b, file)
	for b.Loop() {
		db, err := store.Open(b.Context(), file)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := db.Claim(b.Context(), noon.Add(time.Hour)); err != nil {
			b.Fatal(err)
		}
		if _, err := db.Channels(b.Context(), noon); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
