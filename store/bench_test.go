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

// A lookup is a decider that finds the story of a rule without going through
// all, so that what is measured is the store.
type lookup struct {
	version int64
	byRule  map[string]news.Story
}

func (l *lookup) Version() int64 { return l.version }
func (l *lookup) Reset()         { l.version = 0; clear(l.byRule) }

func (l *lookup) Warmth() news.Warmth { return nil }

func (l *lookup) Sync(version int64, stories []news.Story) {
	l.version = version
	for _, s := range stories {
		l.byRule[s.Rules[0]] = s
	}
}

func (l *lookup) Decide(r news.Report, closed ...news.Story) news.Decision {
	var open []news.Story
	if s, found := l.byRule[r.Matches[0].Rule]; found {
		open = []news.Story{s}
	}
	d := decide(r, open)
	if d.Kind == news.New {
		for i := range 100 {
			d.Story.Gists[0].Words = append(d.Story.Gists[0].Words, news.Word{Text: fmt.Sprint("word", i), Weight: 0.12345})
		}
	}
	l.byRule[d.Story.Rules[0]] = d.Story
	return d
}

// BenchmarkRecordReport records one report while many stories are open.
func BenchmarkRecordReport(b *testing.B) {
	for _, stories := range []int{1000, 5000} {
		b.Run(fmt.Sprint(stories), func(b *testing.B) {
			benchEachEngine(b, func(b *testing.B, db *store.DB) {
				f, decider := feed(1), &lookup{byRule: map[string]news.Story{}}
				var items []news.Item
				var all []news.Report
				for i := range stories {
					it := item(f, fmt.Sprint(i), "Coup")
					items, all = append(items, it), append(all, report(it, fmt.Sprint("rule", i)))
				}
				if _, err := db.Ingest(b.Context(), reading(f, noon, items...), all, decider); err != nil {
					b.Fatal(err)
				}
				for n := 0; b.Loop(); n++ {
					it := item(f, fmt.Sprint("more", n), "Coup")
					r := report(it, fmt.Sprint("rule", n%stories))
					if _, err := db.Ingest(b.Context(), reading(f, noon, it), []news.Report{r}, decider); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// BenchmarkLoadStories tells a new decider of 5,000 open stories.
func BenchmarkLoadStories(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		f := feed(1)
		var items []news.Item
		var all []news.Report
		for i := range 5000 {
			it := item(f, fmt.Sprint(i), "Coup")
			items, all = append(items, it), append(all, report(it, fmt.Sprint("rule", i)))
		}
		if _, err := db.Ingest(b.Context(), reading(f, noon, items...), all, &lookup{byRule: map[string]news.Story{}}); err != nil {
			b.Fatal(err)
		}
		for n := 0; b.Loop(); n++ {
			it := item(f, fmt.Sprint("more", n), "Coup")
			decider := &lookup{byRule: map[string]news.Story{}}
			if _, err := db.Ingest(b.Context(), reading(f, noon, it), reports("rule1", it), decider); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkDue asks which channels owe, and claims and sends one alert, of
// 100,000 that are owed: of 20,000 stories over one channel, the half of which
// are held up by their first.
func BenchmarkDue(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		fillOutbox(b, db, 100_000, 20_000)
		for b.Loop() {
			if channels, err := db.ChannelsDue(b.Context(), noon); err != nil || len(channels) != 1 {
				b.Fatal(channels, err)
			}
			alerts, err := db.ClaimDue(b.Context(), noon, "slack", 1)
			if err != nil || len(alerts) != 1 {
				b.Fatal(alerts, err)
			}
			if err := db.Sent(b.Context(), alerts[0].ID, "x:1", noon); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// fillOutbox makes alerts of stories owed, with the first of every other story
// put off, and those that were owed first among them.
func fillOutbox(b *testing.B, db *store.DB, alerts, stories int) {
	b.Helper()
	tx, err := db.SQL().Begin()
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	at := noon.Add(-time.Hour).UnixMilli()
	for from := 0; from < alerts; from += 1000 {
		var rows []string
		for i := from; i < from+1000; i++ {
			story, due := i%stories, at+int64(i)
			if i < stories && i%2 == 0 {
				due = noon.Add(time.Hour).UnixMilli()
			}
			rows = append(rows, fmt.Sprintf(`('a%06d','slack','update','s%d',%d,%d,'{"ID":"a%06d","Story":{"ID":"s%d"}}')`, i, story, at+int64(i), due, i, story))
		}
		if _, err := tx.Exec(`INSERT INTO alerts (id, channel, kind, story, owed_at, due_at, body) VALUES ` + strings.Join(rows, ",")); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkChannels asks an empty outbox whether something is due, as the
// sender does all the time.
func BenchmarkChannels(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		for b.Loop() {
			if channels, err := db.ChannelsDue(b.Context(), noon); err != nil || len(channels) != 0 {
				b.Fatal(channels, err)
			}
		}
	})
}

// BenchmarkItems reads 20,000 items in the order of time.
func BenchmarkItems(b *testing.B) {
	benchEachEngine(b, func(b *testing.B, db *store.DB) {
		setFeeds(b, db, feed(1))
		for n := range 20 {
			var items []news.Item
			for i := range 50 {
				items = append(items, twenty(feed(1), 50*n+i)...)
			}
			record(b, db, reading(feed(1), noon, items...), nil)
		}
		items := 0
		for b.Loop() {
			if err := db.Items(b.Context(), time.Time{}, func(news.Item) error { items++; return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(items)/b.Elapsed().Seconds(), "items/s")
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
					f, found := claimOne(b, db, now)
					if !found {
						b.Fatal("no feed is due")
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
		if _, _, err := db.Claim(b.Context(), noon.Add(time.Hour), 1); err != nil {
			b.Fatal(err)
		}
		if _, err := db.ChannelsDue(b.Context(), noon); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
