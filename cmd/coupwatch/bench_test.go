package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

const (
	manyFeeds = 2000
	manyHosts = 200 // a host is asked for one feed at a time
	eachFeed  = 20  // items
)

// openShipped returns the rules that coupwatch comes with.
func openShipped(b *testing.B) *matcher.File {
	b.Helper()
	rules, err := matcher.Open("../../rules.yaml", slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	return rules
}

// dispatch returns a headline and a text like those of a wire. One in two
// hundred tells of something that the rules look for.
func dispatch(rnd *rand.Rand) (title, text string) {
	const common = "the of and to in a for on that with as by government president minister police market said will new has people city year world company court team win day report plan talks price war army election party bank school health game coast river storm train vote trade oil law season film music"
	words := strings.Fields(common)
	sentence := func(n int) string {
		out := make([]string, n)
		for i := range out {
			out[i] = words[rnd.IntN(len(words))]
			if rnd.IntN(4) == 0 {
				out[i] = fmt.Sprintf("%s%c%d", out[i], 'a'+rnd.IntN(26), rnd.IntN(100)) // names and rare words
			}
		}
		return strings.Join(out, " ")
	}
	if rnd.IntN(200) == 0 {
		countries := []string{"Niger", "Mali", "Chad", "Fiji", "Peru", "Togo", "Iran", "Laos", "Gabon", "Sudan", "Nepal", "Haiti", "Benin", "Congo", "Yemen", "Syria"}
		return "Soldiers stage a coup in " + countries[rnd.IntN(len(countries))] + ", says " + sentence(3), sentence(40)
	}
	return sentence(10), sentence(40)
}

// wire is a host with feeds of its own, with ETag and 304.
func wire(b *testing.B, rnd *rand.Rand, feeds int) *httptest.Server {
	b.Helper()
	docs := map[string]string{}
	for n := range feeds {
		var doc strings.Builder
		doc.WriteString(`<rss version="2.0"><channel><title>Wire</title><language>en</language>`)
		for i := range eachFeed {
			title, text := dispatch(rnd)
			at := time.Now().UTC().Add(-time.Duration(i) * time.Minute).Format(time.RFC1123)
			fmt.Fprintf(&doc, `<item><title>%s</title><link>/%d/%d</link><guid>g%d</guid><pubDate>%s</pubDate><description>%s</description></item>`, title, n, i, i, at, text)
		}
		doc.WriteString(`</channel></rss>`)
		docs[fmt.Sprintf("/%d", n)] = doc.String()
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = io.WriteString(w, docs[r.URL.Path]) // a reader that went away is its own business
	}))
	b.Cleanup(srv.Close)
	return srv
}

// loopbackFeeds serves many feeds from many hosts, and returns them.
func loopbackFeeds(b *testing.B) []news.Feed { return loopback(b, manyFeeds, "@every 1h") }

// loopback serves so many feeds from many hosts, and returns them.
func loopback(b *testing.B, n int, schedule string) (feeds []news.Feed) {
	b.Helper()
	rnd := rand.New(rand.NewPCG(1, 2))
	for range manyHosts {
		srv := wire(b, rnd, n/manyHosts)
		for i := range n / manyHosts {
			feeds = append(feeds, news.Feed{URL: fmt.Sprintf("%s/%d", srv.URL, i), Name: fmt.Sprintf("Wire %d", len(feeds)), Schedule: schedule})
		}
	}
	return feeds
}

// watching are the rules that coupwatch comes with and other feeds.
type watching struct {
	*daemon.Completed
	feeds []news.Feed
}

func (w *watching) Feeds() []news.Feed { return w.feeds }

// newBench returns a watcher of feeds, wired as run does it, with a database
// of its own.
func newBench(b *testing.B, feeds []news.Feed) (*watcher.Watcher, *daemon.Ledger) {
	b.Helper()
	use := &daemon.InUse{File: openShipped(b)}
	rules := &watching{use.Rules().(*daemon.Completed), feeds}
	db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "coupwatch.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	book := &daemon.Ledger{DB: db}
	fetch := fetch.New(fetch.Options{UserAgent: "Coupwatch/" + version(), Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	return watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return rules }, Fetch: fetch, Store: book, Health: db,
		Decide: book.At, Log: slog.New(slog.DiscardHandler),
	}), book
}

// readAll reads what is due and checks how much that was.
func readAll(b *testing.B, watch *watcher.Watcher, book *daemon.Ledger, fresh int) {
	b.Helper()
	book.Readings, book.Total, book.Problems = 0, news.Tally{}, 0
	if err := watch.Poll(b.Context()); err != nil {
		b.Fatal(err)
	}
	watch.Wait()
	if book.Readings != manyFeeds || book.Total.New != fresh || book.Problems > 0 {
		b.Fatalf("%d feeds read, %d items new, %d problems; want %d, %d and none", book.Readings, book.Total.New, book.Problems, manyFeeds, fresh)
	}
}

// BenchmarkRead2000Feeds reads 2,000 feeds of 20 items from 200 hosts on
// loopback: cold, when all is new, and warm, when nothing changed.
func BenchmarkRead2000Feeds(b *testing.B) {
	feeds := loopbackFeeds(b)
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			watch, book := newBench(b, feeds)
			b.StartTimer()
			readAll(b, watch, book, manyFeeds*eachFeed)
		}
		reportRate(b, manyFeeds*b.N, "feeds")
		reportRate(b, manyFeeds*eachFeed*b.N, "items")
	})
	b.Run("warm", func(b *testing.B) {
		watch, book := newBench(b, feeds)
		readAll(b, watch, book, manyFeeds*eachFeed)
		for n := 2; b.Loop(); n++ {
			b.StopTimer()
			makeDue(b, book.DB, feeds, fmt.Sprintf("@every %dh", n))
			b.StartTimer()
			readAll(b, watch, book, 0)
		}
		reportRate(b, manyFeeds*b.N, "feeds")
	})
}

// makeDue makes all feeds due, by giving them another schedule.
func makeDue(b *testing.B, db *store.DB, feeds []news.Feed, schedule string) {
	b.Helper()
	list := append([]news.Feed(nil), feeds...)
	for i := range list {
		list[i].Schedule = schedule
	}
	if err := db.SetFeeds(b.Context(), list); err != nil {
		b.Fatal(err)
	}
}

func reportRate(b *testing.B, n int, unit string) {
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), unit+"/s")
}

// BenchmarkMatchArchive matches months of real news as coupwatch match --json
// does.
func BenchmarkMatchArchive(b *testing.B) {
	if testing.Short() {
		b.Skip("reads a whole archive")
	}
	file := shared(b, "data", "news-2022-09_2023-04.jsonl.gz")
	m := matching{rules: openShipped(b).Current(), show: answers.ReportJSON}
	items, size := 0, 0
	for l, err := range archive.Lines(file, nil) {
		if err != nil {
			b.Fatal(err)
		}
		items, size = items+1, size+len(l.Text)+1
	}
	if items == 0 {
		b.Fatal("no cases")
	}
	b.SetBytes(int64(size))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		if err := m.file(b.Context(), file, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	reportRate(b, items*b.N, "items")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(items*b.N), "allocs/item")
}

// fill1M makes a database of 1,000,000 items of 2,000 feeds, none of them due.
func fill1M(b *testing.B, file string) []news.Feed {
	b.Helper()
	db, err := store.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	rnd, now := rand.New(rand.NewPCG(3, 4)), time.Now().UTC()
	var feeds []news.Feed
	for n := range manyFeeds {
		f := news.Feed{URL: fmt.Sprintf("https://host%d.example/%d", n%manyHosts, n), Name: fmt.Sprintf("Wire %d", n), Schedule: "@every 1h"}
		feeds = append(feeds, f)
		r := news.Reading{Feed: f, At: now, NextAt: now.Add(time.Hour), ETag: "1"}
		for i := range 1_000_000 / manyFeeds {
			key := fmt.Sprint(i)
			title, text := dispatch(rnd)
			r.Items = append(r.Items, news.Item{ID: news.ItemID(f.URL, key), Feed: f.URL, GUID: key, Link: f.URL + "/" + key, Title: title, Summary: text, Language: "en", Published: now, Fetched: now})
		}
		if _, err := db.Ingest(b.Context(), r, nil, new(story.Stories).At(news.Policy{}, now)); err != nil {
			b.Fatal(err)
		}
	}
	if err := db.SetFeeds(b.Context(), feeds); err != nil {
		b.Fatal(err)
	}
	return feeds
}

// BenchmarkStartOn1MItems is what a daemon does until it is ready to read:
// load the rules, open a database of 1,000,000 items and look for what is due.
func BenchmarkStartOn1MItems(b *testing.B) {
	if testing.Short() {
		b.Skip("makes a database of 1,000,000 items")
	}
	file := filepath.Join(b.TempDir(), "coupwatch.db")
	began := time.Now()
	feeds := fill1M(b, file)
	info, err := os.Stat(file)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("made %d MB in %v", info.Size()>>20, time.Since(began).Round(time.Second))
	p := &program{Settings: settings.Settings{Database: "sqlite:" + file, Rules: "../../rules.yaml"}, log: slog.New(slog.DiscardHandler)}
	var rulesTime, dbTime, pollTime time.Duration
	for b.Loop() {
		r, d, f := startOnce(b, p, feeds)
		rulesTime, dbTime, pollTime = rulesTime+r, dbTime+d, pollTime+f
	}
	for unit, total := range map[string]time.Duration{"rules": rulesTime, "database": dbTime, "look": pollTime} {
		b.ReportMetric(float64(total.Microseconds())/1000/float64(b.N), unit+"-ms/op")
	}
}

// startOnce starts as run does, and returns how long each part took.
func startOnce(b *testing.B, p *program, feeds []news.Feed) (rulesTime, dbTime, lookTime time.Duration) {
	b.Helper()
	t0 := time.Now()
	use := &daemon.InUse{File: openShipped(b)}
	rules := &watching{use.Rules().(*daemon.Completed), feeds}
	t1 := time.Now()
	db, release, err := p.openDatabase(b.Context(), mode{})
	if err != nil {
		b.Fatal(err)
	}
	defer release()
	t2 := time.Now()
	book := &daemon.Ledger{DB: db}
	fetch := fetch.New(fetch.Options{})
	watch := watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return rules }, Fetch: fetch, Store: book, Health: db, Decide: book.At, Log: p.log,
	})
	if err := watch.Poll(b.Context()); err != nil {
		b.Fatal(err)
	}
	watch.Wait()
	if _, err := watch.Sick(context.WithoutCancel(b.Context())); err != nil || book.Readings > 0 {
		b.Fatalf("%d feeds were due, %v", book.Readings, err)
	}
	return t1.Sub(t0), t2.Sub(t1), time.Since(t2)
}
