package search_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/search"
	"github.com/coupwatch/coupwatch/store/storetest"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/keys"
)

var (
	noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	feed = news.Feed{URL: "https://a.example/feed", Name: "Alpha", Language: "en", Schedule: "@every 5m"}
)

func opened(t testing.TB, location string) *store.DB {
	t.Helper()
	db := storetest.Open(t, location)
	if err := db.SetFeeds(t.Context(), []news.Feed{feed}); err != nil {
		t.Fatal(err)
	}
	return db
}

type nobody struct{}

func (nobody) Version() int64                                      { return 0 }
func (nobody) Sync(int64, []news.Story)                            {}
func (nobody) Reset()                                              {}
func (nobody) Warmth() news.Warmth                                 { return nil }
func (nobody) Decide(news.Report, ...news.Story) (d news.Decision) { return d }

func item(key, title string, at time.Time) news.Item {
	return news.Item{ID: news.ItemID(feed.URL, key), Feed: feed.URL, GUID: key, Link: "https://a.example/" + key, Title: title, Language: "en", Published: at, Fetched: at}
}

// read stores what a reading of the feed brings.
func read(t testing.TB, db *store.DB, at time.Time, items ...news.Item) {
	t.Helper()
	r := news.Reading{Feed: feed, At: at, Items: items, NextAt: at.Add(time.Minute)}
	if _, err := db.Ingest(t.Context(), r, nil, nobody{}); err != nil {
		t.Fatal(err)
	}
}

// doc files an item under its folded words.
func doc(it news.Item) search.Doc {
	words := text.Words(it.Title)
	for i, w := range words {
		words[i] = keys.Word(w)
	}
	return search.Doc{ID: it.ID, At: it.When(), Entry: keys.Entry{Words: words, More: []string{keys.Language(it.Language)}}, Facets: search.Facets{Language: it.Language, Feed: it.Feed, Countries: []string{"ml", "ne"}}}
}

// round files one batch and reports whether there was one.
func round(ctx context.Context, t testing.TB, db *store.DB, most int) bool {
	t.Helper()
	b, err := db.Search.Wanted(ctx, 1, most)
	if err != nil {
		t.Error(err)
		return false
	}
	if b.Empty() {
		return false
	}
	verdicts, err := db.ItemsByID(ctx, b.IDs...)
	if err != nil {
		t.Error(err)
	}
	var docs []search.Doc
	for _, v := range verdicts {
		docs = append(docs, doc(v.Item))
	}
	if err := db.Search.File(ctx, b, docs); err != nil {
		t.Error(err)
	}
	return true
}

func indexAll(t testing.TB, db *store.DB) {
	t.Helper()
	for round(t.Context(), t, db, 7) {
	}
}

// found returns the titles of what comes through a sieve.
func found(t testing.TB, db *store.DB, q search.Question) string {
	t.Helper()
	hits, err := db.Search.Hits(t.Context(), q, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return titles(t, db, hits)
}

func titles(t testing.TB, db *store.DB, hits []search.Hit) string {
	t.Helper()
	var all []string
	for _, h := range hits {
		v, err := db.ItemsByID(t.Context(), h.Item)
		if err != nil || len(v) != 1 {
			t.Fatalf("item %s: %d, %v", h.Item, len(v), err)
		}
		all = append(all, v[0].Title)
	}
	return strings.Join(all, "; ")
}

func word(w string) keys.Sieve { return keys.Of(keys.Word(text.Fold(w))) }

// What is asked for is found, the latest first, alike by both engines.
func TestHits(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := opened(t, location)
		var items []news.Item
		for i, title := range []string{
			"Coup in Mali", "Quiet coup or no coup", "政变 发生", "Côte d'Ivoire votes", "O'Brien 3.5 and NEAR or NOT",
			`Odd \ ' " signs`, "Soldiers in a palace coup", "انقلاب في مالي", "Old coup",
		} {
			at := noon.Add(-time.Duration(i) * time.Hour)
			if title == "Old coup" {
				at = noon.Add(-200 * 24 * time.Hour)
			}
			items = append(items, item(fmt.Sprint(i), title, at))
		}
		read(t, db, noon, items...)
		if state, err := db.Search.State(t.Context()); err != nil || !state.Behind {
			t.Errorf("before all is indexed: %+v, %v", state, err)
		}
		indexAll(t, db)
		if err := db.Search.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		if state, err := db.Search.State(t.Context()); err != nil || state != (search.State{}) {
			t.Errorf("when all is indexed: %+v, %v", state, err)
		}
		for _, tt := range []struct {
			q    search.Question
			want string
		}{
			{search.Question{Sieve: word("coup")}, "Coup in Mali; Quiet coup or no coup; Soldiers in a palace coup; Old coup"},
			{search.Question{Sieve: keys.AllOf(word("coup"), word("mali"))}, "Coup in Mali"},
			{search.Question{Sieve: keys.AllOf(keys.AnyOf(word("mali"), word("palace")), word("in"))}, "Coup in Mali; Soldiers in a palace coup"},
			{search.Question{Sieve: keys.Phrase([]string{"palace", "coup"})}, "Soldiers in a palace coup"},
			{search.Question{Sieve: keys.Phrase([]string{"coup", "palace"})}, ""},
			{search.Question{Sieve: keys.Phrase([]string{"政", "变"})}, "政变 发生"},
			{search.Question{Sieve: word("انقلاب")}, "انقلاب في مالي"},
			{search.Question{Sieve: keys.Beginning("sold")}, "Soldiers in a palace coup"},
			{search.Question{Sieve: keys.AllOf(word("near"), word("or"), word("not"), word("3.5"), word("o'brien"))}, "O'Brien 3.5 and NEAR or NOT"},
			{search.Question{Sieve: keys.AllOf(word("cote"), keys.Of(keys.Language("en")))}, "Côte d'Ivoire votes"},
			{search.Question{Sieve: keys.Of(keys.Language("fr"))}, ""},
			{search.Question{Sieve: word("coup"), To: noon.Add(-30 * time.Minute), From: noon.Add(-48 * time.Hour)}, "Quiet coup or no coup; Soldiers in a palace coup"},
			{search.Question{From: noon.Add(-90 * time.Minute)}, "Coup in Mali; Quiet coup or no coup"},
			{search.Question{Sieve: word("coup"), Told: search.Yes}, ""},
			{search.Question{Sieve: word("mali"), Told: search.No}, "Coup in Mali"},
		} {
			if got := found(t, db, tt.q); got != tt.want {
				t.Errorf("%+v: found %q, want %q", tt.q, got, tt.want)
			}
		}
		first, err := db.Search.Hits(t.Context(), search.Question{Sieve: word("coup")}, 0, 2)
		if err != nil || len(first) != 2 {
			t.Fatal(first, err)
		}
		if got := first[0]; got.Language != "en" || got.Feed != feed.URL || !slices.Equal(got.Countries, []string{"ml", "ne"}) || got.Time() != noon {
			t.Errorf("facets %+v of %v", got, got.Time())
		}
		rest, err := db.Search.Hits(t.Context(), search.Question{Sieve: word("coup")}, first[1].Place, 10)
		if got := titles(t, db, rest); err != nil || got != "Soldiers in a palace coup; Old coup" {
			t.Errorf("further back %q, %v", got, err)
		}
		for _, told := range []search.Choice{search.Either, search.No} {
			days, _, complete, err := db.Search.Days(t.Context(), search.Question{Sieve: word("coup"), Told: told})
			want := []search.Day{{Date: noon.Truncate(24 * time.Hour), N: 3}, {Date: noon.Add(-200 * 24 * time.Hour).Truncate(24 * time.Hour), N: 1}}
			if !slices.Equal(days, want) || !complete || err != nil {
				t.Errorf("days %v (%t, %v), want %v", days, complete, err, want)
			}
		}
		all, _, _, err := db.Search.Days(t.Context(), search.Question{})
		if err != nil || len(all) != 2 || all[0].N != 8 {
			t.Errorf("all days %v, %v", all, err)
		}
	})
}

// An item that changes is found by what it says now, and one that is pruned not at
// all; what holds its words goes when most of them have.
func TestChangesAndPruning(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := opened(t, location)
		var old []news.Item
		for i := range 20 {
			old = append(old, item(fmt.Sprint("old", i), fmt.Sprintf("Rumour %d", i), noon.Add(-time.Duration(i)*time.Minute)))
		}
		read(t, db, noon, old...)
		indexAll(t, db)
		old[0].Title = "Denial of a rumour"
		read(t, db, noon.Add(time.Minute), old[0])
		if got := found(t, db, search.Question{Sieve: word("denial")}); got != "" {
			t.Errorf("found before it is indexed: %q", got)
		}
		if state, err := db.Search.State(t.Context()); err != nil || !state.Behind {
			t.Errorf("an edited item: %+v, %v", state, err)
		}
		indexAll(t, db)
		if got := found(t, db, search.Question{Sieve: word("denial")}); got != "Denial of a rumour" {
			t.Errorf("the edited item is found as %q", got)
		}
		later := noon.Add(30 * 24 * time.Hour)
		read(t, db, later, item("new", "New rumour", later))
		indexAll(t, db)
		if err := db.Prune(t.Context(), noon.Add(24*time.Hour), noon.Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		indexAll(t, db)
		if got := found(t, db, search.Question{Sieve: word("rumour")}); got != "New rumour" {
			t.Errorf("after pruning: %q", got)
		}
		if strings.HasPrefix(location, "sqlite") {
			var filed int
			if err := raw(t, location).QueryRowContext(t.Context(), `SELECT SUM(filed) FROM search_parts`).Scan(&filed); err != nil || filed != 1 {
				t.Errorf("the index holds words of %d items (%v), want 1", filed, err)
			}
		}
	})
}

// Several replicas that index together file each item once, though each may begin
// what another finishes.
func TestReplicas(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		first := opened(t, location)
		var items []news.Item
		for i := range 300 {
			items = append(items, item(fmt.Sprint(i), fmt.Sprintf("Item number %d", i), noon)) // all in one minute
		}
		read(t, first, noon, items...)
		replicas := []*store.DB{first, storetest.Open(t, location), storetest.Open(t, location)}
		var all sync.WaitGroup
		for _, db := range replicas {
			all.Go(func() {
				for round(t.Context(), t, db, 11) {
				}
			})
		}
		all.Wait()
		hits, err := first.Search.Hits(t.Context(), search.Question{Sieve: word("number")}, 0, 1000)
		if err != nil || len(hits) != len(items) {
			t.Errorf("found %d, %v, want %d", len(hits), err, len(items))
		}
		b, err := first.Search.Wanted(t.Context(), 1, 5)
		if err != nil || !b.Empty() {
			t.Errorf("left: %+v, %v", b, err)
		}
		// A newer program files all under other keys; the older leaves it alone then.
		if b, err = first.Search.Wanted(t.Context(), 2, 5); err != nil || len(b.IDs) != 5 {
			t.Fatalf("for other keys: %+v, %v", b, err)
		}
		if err := first.Search.File(t.Context(), b, nil); err != nil {
			t.Fatal(err)
		}
		if b, err = first.Search.Wanted(t.Context(), 1, 5); err != nil || !b.Empty() {
			t.Errorf("the older program would file %+v, %v", b, err)
		}
		if got := found(t, first, search.Question{Sieve: word("number")}); got != "" {
			t.Errorf("found under the keys of before: %q", got)
		}
	})
}

// What changes while it is being indexed is indexed again.
func TestChangedMeanwhile(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := opened(t, location)
		it := item("a", "Before", noon)
		read(t, db, noon, it)
		b, err := db.Search.Wanted(t.Context(), 1, 10)
		if err != nil {
			t.Fatal(err)
		}
		was := doc(it)
		it.Title = "After"
		read(t, db, noon.Add(time.Minute), it)
		if err := db.Search.File(t.Context(), b, []search.Doc{was}); err != nil {
			t.Fatal(err)
		}
		indexAll(t, db)
		if got := found(t, db, search.Question{Sieve: word("after")}); got != "After" {
			t.Errorf("found %q", got)
		}
		if got := found(t, db, search.Question{Sieve: word("before")}); got != "" {
			t.Errorf("found by what it said before: %q", got)
		}
	})
}

// raw returns another connection to a SQLite file.
func raw(t *testing.T, location string) *sql.DB {
	t.Helper()
	db, err := engine.Connect(location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db.Reads
}

// What asks for much, or for what most items have, is found like anything else.
func TestMuch(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := opened(t, location)
		var items []news.Item
		for i := range 120 {
			items = append(items, item(fmt.Sprint(i), fmt.Sprintf("The army and word%d", i), noon.Add(-time.Duration(i)*24*time.Hour)))
		}
		read(t, db, noon, items...)
		indexAll(t, db)
		if err := db.Search.Settle(t.Context()); err != nil {
			t.Fatal(err)
		}
		var some []keys.Sieve
		for i := range 700 {
			some = append(some, word(fmt.Sprintf("word%d", i*10)), word(fmt.Sprintf("other%d", i)))
		}
		for name, q := range map[string]keys.Sieve{
			"many":         keys.AnyOf(some[:700]...),
			"too many":     keys.AllOf(keys.AnyOf(some...), keys.Beginning("word1")),
			"many and all": keys.AllOf(keys.AnyOf(some[:300]...), word("army")),
			"common":       keys.AllOf(word("army"), word("the"), keys.AnyOf(word("word0"), word("word10"), word("word20"), word("word110"))),
		} {
			for _, told := range []search.Choice{search.Either, search.No} {
				hits, err := db.Search.Hits(t.Context(), search.Question{Sieve: q, Told: told}, 0, 200)
				all := titles(t, db, hits)
				n := 0
				days, _, _, err2 := db.Search.Days(t.Context(), search.Question{Sieve: q, Told: told})
				for _, d := range days {
					n += d.N
				}
				if err != nil || err2 != nil || !strings.Contains(all, "word10") || !strings.Contains(all, "word110") || n < 2 || n != len(hits) {
					t.Errorf("%s: %d hits, %d on days, %v, %v: %s", name, len(hits), n, err, err2, all)
				}
			}
		}
	})
}
