//go:build linux

package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/finding"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/web/find"
)

// BenchmarkSearchMillion measures what people wait for who search 1,000,000 items,
// how long it takes to index them, and how large the index is.
func BenchmarkSearchMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("makes databases of 1,000,000 items")
	}
	b.Run("sqlite", func(b *testing.B) {
		m := newMillion(b)
		db, err := store.Open(b.Context(), filepath.Join(m.dir, "coupwatch.db"))
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		searchMillion(b, db)
	})
	b.Run("postgres", func(b *testing.B) {
		location := enginetest.NewPostgres(b)
		db, err := store.Open(b.Context(), location)
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		fillPostgres(b, db, location)
		searchMillion(b, db)
	})
}

// fillPostgres stores a million items as [million.fill] does, without stories.
func fillPostgres(b *testing.B, db *store.DB, location string) {
	b.Helper()
	f := news.Feed{URL: "https://host0.example/0", Name: "Wire 0", Schedule: "@every 24h"}
	if err := db.SetFeeds(b.Context(), []news.Feed{f}); err != nil {
		b.Fatal(err)
	}
	raw, err := sql.Open("pgx", location)
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	exec := func(query string, args ...any) {
		b.Helper()
		if _, err := raw.ExecContext(b.Context(), query, args...); err != nil {
			b.Fatal(err)
		}
	}
	rnd, end := rand.New(rand.NewPCG(3, 4)), time.Now().UTC()
	const columns = `id, hash, seen_at, fetched_at, published_at, feed, guid, link, canonical, author, publisher, language, tags, title, summary, body`
	for n := 0; n < lastDayItems; {
		var args []any
		var rows []string
		for range 500 {
			n++
			title, summary := dispatch(rnd)
			_, body := dispatch(rnd)
			_, more := dispatch(rnd)
			at := end.Add(-readAgo(n)).UnixMilli()
			i := len(args)
			rows = append(rows, fmt.Sprintf("($%d,0,$%d,$%d,$%d,'%s',$%d,'','','','Wire','en','null',$%d,$%d,$%d)", i+1, i+2, i+2, i+2, f.URL, i+1, i+3, i+4, i+5))
			args = append(args, fmt.Sprintf("item%07d", n), at, title, summary, body+". "+more)
		}
		exec(`INSERT INTO items (`+columns+`) VALUES `+strings.Join(rows, ","), args...)
	}
	exec(fmt.Sprintf(`INSERT INTO items (%s)
		SELECT id || '-' || n, hash, t, t, t, feed, guid, link, canonical, author, publisher, language, tags, title, summary, body
		FROM (SELECT items.*, n, %d - (ROW_NUMBER() OVER ()) * %d AS t FROM items, generate_series(1, %d) AS n) AS copies`,
		columns, end.Add(-24*time.Hour).UnixMilli(), (monthsOfOld / (millionItems - lastDayItems)).Milliseconds(), millionItems/lastDayItems-1))
	exec(`VACUUM (ANALYZE) items`)
}

// searchMillion indexes what is stored and searches it.
func searchMillion(b *testing.B, db *store.DB) {
	b.Helper()
	rules := openShipped(b).Current()
	mark := rareWords(b, db)
	before, _ := db.Census(b.Context(), time.Now())
	began := time.Now()
	if err := (daemon.Indexing{DB: db, Rules: func() *matcher.Rules { return rules }, Eager: time.Hour}).Round(b.Context()); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	after, _ := db.Census(b.Context(), time.Now())
	b.Logf("indexed in %v, %v a thousand items; %d MB of index beside %d MB", took.Round(time.Second), (took / (millionItems / 1000)).Round(time.Millisecond), (after.Bytes-before.Bytes)>>20, before.Bytes>>20)
	archive := finding.New(db, func() *matcher.Rules { return rules })
	for _, test := range []struct {
		name string
		ask  find.Ask
	}{
		{"rare word", find.Ask{Text: mark}},
		{"common word", find.Ask{Text: "government"}},
		{"two words", find.Ask{Text: "army coup"}},
		{"list near country", find.Ask{Text: "$coup NEAR/12 @country:ml"}},
		{"list near countries", find.Ask{Text: "$coup NEAR/12 @countries"}},
		{"entity", find.Ask{Text: "@putin"}},
		{"phrase", find.Ask{Text: `"state of emergency"`}},
		{"prefix", find.Ask{Text: "mutin*"}},
		{"country", find.Ask{Text: "@country:ml"}},
		{"language and day", find.Ask{Text: "coup", Language: "en", From: time.Now().AddDate(0, -6, 0), To: time.Now().AddDate(0, -6, 1)}},
		{"nothing", find.Ask{Text: "zzyzx coup"}},
		{"third page", find.Ask{Text: "government", Before: int64(time.Now().AddDate(0, -3, 0).Unix()/60) * 512}},
	} {
		b.Run(test.name, func(b *testing.B) {
			var all []time.Duration
			var r find.Result
			for b.Loop() {
				began := time.Now()
				var err error
				if r, err = archive.Search(context.Background(), test.ask); err != nil {
					b.Fatal(err)
				}
				all = append(all, time.Since(began))
			}
			slices.Sort(all)
			b.ReportMetric(float64(all[0].Microseconds())/1000, "least-ms")
			b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "median-ms")
			b.ReportMetric(float64(all[len(all)-1].Microseconds())/1000, "worst-ms")
			b.ReportMetric(float64(len(r.Items)), "shown")
			b.ReportMetric(float64(r.Total), "found")
		})
	}
}

// rareWords has a word put into a few items of the archive, and returns it.
func rareWords(b *testing.B, db *store.DB) string {
	b.Helper()
	f := news.Feed{URL: "https://host0.example/0", Name: "Wire 0", Schedule: "@every 24h"}
	var items []news.Item
	for i := range 12 {
		at := time.Now().UTC().AddDate(0, -i, 0)
		items = append(items, news.Item{ID: fmt.Sprintf("rare%d", i), Feed: f.URL, Title: "Xanthippe speaks", Language: "en", Published: at, Fetched: at})
	}
	if _, err := db.Ingest(b.Context(), news.Reading{Feed: f, At: time.Now(), Items: items, NextAt: time.Now().Add(time.Hour)}, nil, noStories{}); err != nil {
		b.Fatal(err)
	}
	return "xanthippe"
}

type noStories struct{}

func (noStories) Version() int64                                  { return 0 }
func (noStories) Sync(int64, []news.Story)                        {}
func (noStories) Reset()                                          {}
func (noStories) Warmth() news.Warmth                             { return nil }
func (noStories) Decide(news.Report, ...news.Story) news.Decision { return news.Decision{} }
