package main

import (
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/newswire"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
)

const wireAddress = "http://newswire.example"

// wireItems returns the items of the newswire as their feeds carry them.
func wireItems(t *testing.T) []news.Item {
	t.Helper()
	wire, err := newswire.Load()
	if err != nil {
		t.Fatal(err)
	}
	languages := map[string]string{}
	for _, o := range wire.Outlets {
		languages[o.ID] = o.Language
	}
	start := time.Now().UTC().Add(-newswire.Length).Truncate(time.Minute)
	var items []news.Item
	for _, it := range wire.Items {
		feed, link := wireAddress+"/"+it.Outlet, wireAddress+"/"+it.Link
		items = append(items, news.Item{
			ID: news.ItemID(feed, link), Feed: feed, Link: link, Title: it.Title, Summary: it.Summary,
			Language: languages[it.Outlet], Published: start.Add(it.At),
		})
	}
	if len(items) == 0 {
		t.Fatal("no cases")
	}
	return items
}

// A fate is what became of an item.
type fate struct {
	Story, Update string
	Kind          news.Kind
}

// A backtest of items, out of a database or out of files in any order, comes
// to what the daemon decided when it recorded each in its time.
func TestBacktestIsTheDaemon(t *testing.T) {
	t.Parallel()
	dir, items := t.TempDir(), wireItems(t)
	file := filepath.Join(dir, "rules.yaml")
	write(t, file, newswire.Rules(wireAddress))
	rules, err := readRules(file)
	if err != nil {
		t.Fatal(err)
	}
	db := openStore(t, dir)
	want := recordAll(t, db, rules, items)
	if kinds := kindsOf(want); kinds[news.New] < 2 || kinds[news.Update]+kinds[news.Copy] < 20 || kinds[news.DigestOnly] == 0 {
		t.Fatalf("what the daemon decides is no test: %v", kinds)
	}

	p := &program{Settings: settings.Settings{Rules: file, Database: "sqlite:" + filepath.Join(dir, "coupwatch.db")}}
	slices.Reverse(items)
	lines := filepath.Join(dir, "items.jsonl")
	write(t, lines, asLines(t, items))
	for source, files := range map[string][]string{"database": nil, "file": {lines}} {
		var out, errs bytes.Buffer
		p.out, p.err = &out, &errs
		if err := p.backtest(t.Context(), files, backtestOptions{since: "30d", asJSON: true}); err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		if diff := cmp.Diff(want, fates(t, &out)); diff != "" {
			t.Errorf("%s: the backtest is not what the daemon decided (-daemon +backtest):\n%s", source, diff)
		}
	}
}

// recordAll records each item in its time as the daemon would, and returns
// what it decided about those that it took into stories.
func recordAll(t *testing.T, db *store.DB, rules *matcher.Rules, items []news.Item) map[string]fate {
	t.Helper()
	feeds := map[string]news.Feed{}
	for _, f := range rules.Feeds() {
		feeds[f.URL] = f
	}
	var stories story.Stories
	var ids []string
	for _, it := range items {
		it.Publisher, it.Fetched = feeds[it.Feed].Publisher, it.Published
		report, _ := rules.Match(it)
		reading := news.Reading{Feed: feeds[it.Feed], At: it.Published, Items: []news.Item{it}, NextAt: it.Published}
		if _, err := db.Ingest(t.Context(), reading, []news.Report{report}, stories.At(rules.Policy(), it.Published)); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, it.ID)
	}
	verdicts, err := db.ItemsByID(t.Context(), ids...)
	if err != nil || len(verdicts) != len(items) {
		t.Fatalf("%d items are stored, want %d: %v", len(verdicts), len(items), err)
	}
	decided := map[string]fate{}
	for _, v := range verdicts {
		if v.Kind != "" {
			decided[v.ID] = fate{v.Story, v.Update, v.Kind}
		}
	}
	return decided
}

func kindsOf(fates map[string]fate) map[news.Kind]int {
	kinds := map[news.Kind]int{}
	for _, f := range fates {
		kinds[f.Kind]++
	}
	return kinds
}

// asLines returns items as a file that backtest reads.
func asLines(t *testing.T, items []news.Item) string {
	t.Helper()
	var b strings.Builder
	for _, it := range items {
		l := archive.Fields{ID: it.ID, Published: it.Published, Feed: it.Feed, Lang: it.Language, Title: it.Title, Description: it.Summary, Link: it.Link}
		if err := json.NewEncoder(&b).Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// fates returns what a backtest says became of each item, and checks that it
// says so once, in order of time.
func fates(t *testing.T, r io.Reader) map[string]fate {
	t.Helper()
	all := map[string]fate{}
	var last time.Time
	for lines := json.NewDecoder(r); ; {
		var s backtest.Step
		if err := lines.Decode(&s); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		if s.Time.Before(last) {
			t.Errorf("%s of %v stands after %v", s.Headline, s.Time, last)
		}
		last = s.Time
		for _, id := range s.Items {
			if _, twice := all[id]; twice {
				t.Errorf("two lines carry item %s", id)
			}
			all[id] = fate{s.Story, s.Update, s.Kind}
		}
	}
}

// BenchmarkBacktestArchive is a backtest of months of real news by the rules
// that coupwatch comes with.
func BenchmarkBacktestArchive(b *testing.B) {
	if testing.Short() {
		b.Skip("reads a whole archive")
	}
	file := shared(b, "data", "news-2022-09_2023-04.jsonl.gz")
	p := &program{Settings: settings.Settings{Rules: "../../rules.yaml"}, out: io.Discard, err: io.Discard}
	items := 0
	for b.Loop() {
		var steps bytes.Buffer
		p.out = &steps
		if err := p.backtest(b.Context(), []string{file}, backtestOptions{since: "30d", asJSON: true}); err != nil {
			b.Fatal(err)
		}
		if bytes.Count(steps.Bytes(), []byte("\n")) < 1000 {
			b.Fatalf("no cases: %s", terminal.Cut(steps.String(), 300))
		}
	}
	for _, err := range archive.Lines(file, nil) {
		if err != nil {
			b.Fatal(err)
		}
		items++
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	b.ReportMetric(float64(items*b.N)/b.Elapsed().Seconds(), "items/s")
	b.ReportMetric(float64(memory.Sys>>20), "peak-MB")
}
