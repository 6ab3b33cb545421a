package sources_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
	"github.com/coupwatch/coupwatch/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

func TestPlaceholdersAppearInOrder(t *testing.T) { enginetest.CheckPlaceholders(t, 4) }

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

const a, b = "https://wire.example/a", "https://wire.example/b"

// open opens a database with two feeds of one host, read at noon with an item each
// and due in an hour.
func open(t *testing.T, location string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	feeds := []news.Feed{{URL: a, Name: "A"}, {URL: b, Name: "B"}}
	if err := db.SetFeeds(t.Context(), feeds); err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		bring(t, db, f, noon)
	}
	return db
}

// bring records a reading that brought an item.
func bring(t *testing.T, db *store.DB, f news.Feed, at time.Time) {
	t.Helper()
	it := news.Item{ID: fmt.Sprintf("%s %d", f.URL, at.Unix()), Feed: f.URL, GUID: fmt.Sprint(at.Unix()), Title: fmt.Sprint("Soldiers in Zamunda ", at.Format(time.ANSIC)), Link: fmt.Sprint("https://wire.example/", at.Unix()), Language: "en", Published: at.Add(-time.Minute)}
	r := news.Reading{Feed: f, At: at, Items: []news.Item{it}, NextAt: at.Add(time.Hour)}
	report := news.Report{Item: it, Matches: []news.Match{{Rule: "mutiny", Title: "Mutiny", Severity: news.High}}}
	if _, err := db.Ingest(t.Context(), r, []news.Report{report}, digestOnly{}); err != nil {
		t.Fatal(err)
	}
}

// digestOnly keeps a report without a story.
type digestOnly struct{}

func (digestOnly) Version() int64           { return 0 }
func (digestOnly) Sync(int64, []news.Story) {}
func (digestOnly) Reset()                   {}
func (digestOnly) Warmth() news.Warmth      { return nil }
func (digestOnly) Decide(r news.Report, _ ...news.Story) news.Decision {
	return news.Decision{Kind: news.New, Reason: "a new story", Status: news.Claim, Story: news.Story{ID: "s-1", Headline: r.Title, LastSeen: r.When()}}
}

func TestItemsAndDaysOfFeed(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := open(t, location)
		for _, at := range []time.Duration{12 * time.Hour, 13 * time.Hour, 50 * time.Hour} {
			bring(t, db, news.Feed{URL: a}, noon.Add(at))
		}
		all, err := db.ItemsOfFeed(t.Context(), a, 3)
		if err != nil || len(all) != 3 || !all[0].Fetched.Equal(noon.Add(50*time.Hour)) || !all[2].Fetched.Equal(noon.Add(12*time.Hour)) {
			t.Fatalf("items %+v, %v", all, err)
		}
		x := all[0]
		if !strings.HasPrefix(x.Title, "Soldiers in Zamunda") || x.Kind != news.New || x.Story != "s-1" || x.Status != news.Claim || len(x.Matches) != 1 || x.Matches[0].Severity != news.High || !x.Published.Equal(x.Fetched.Add(-time.Minute)) {
			t.Errorf("the latest is %+v", x)
		}
		days, err := db.DaysOfFeed(t.Context(), a, noon.Add(51*time.Hour), 3)
		if want := []int{1, 2, 1}; err != nil || !slices.Equal(days, want) {
			t.Errorf("days %v, %v, want %v", days, err, want)
		}
		if feeds, err := db.FeedsOfStories(t.Context(), []string{"s-0", "s-1"}); err != nil || len(feeds) != 2 || !feeds[a] || !feeds[b] {
			t.Errorf("of the story told %v, %v", feeds, err)
		}
		if feeds, err := db.FeedsOfStories(t.Context(), []string{"s-0"}); err != nil || len(feeds) != 0 {
			t.Errorf("of no story told %v, %v", feeds, err)
		}
		if days, err := db.DaysOfFeed(t.Context(), "https://none.example/", noon, 2); err != nil || !slices.Equal(days, []int{0, 0}) {
			t.Errorf("days of no feed %v, %v", days, err)
		}
	})
}

// A feed that is to be read now is claimed next, by any replica; one that is due
// already is due no later than it was, and its host's wishes are kept.
func TestReadNow(t *testing.T) {
	storetest.ForEach(t, func(t *testing.T, location string) {
		db := open(t, location)
		now := noon.Add(10 * time.Minute)
		if feeds, _, err := db.Claim(t.Context(), now, 5); err != nil || len(feeds) != 0 {
			t.Fatalf("due already: %v, %v", feeds, err)
		}
		for range 2 { // replicas
			if listed, err := db.ReadNow(t.Context(), b, now); err != nil || !listed {
				t.Fatalf("listed %v, %v", listed, err)
			}
		}
		other, err := store.Open(t.Context(), location)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		feeds, _, err := other.Claim(t.Context(), now, 5)
		if err != nil || len(feeds) != 1 || feeds[0].URL != b {
			t.Fatalf("claimed %v, %v; want the feed", feeds, err)
		}
		if listed, err := db.ReadNow(t.Context(), "https://none.example/", now); err != nil || listed {
			t.Errorf("a feed that is not there: %v, %v", listed, err)
		}
		r := news.Reading{Feed: feeds[0].Feed, At: now, Unchanged: true, NextAt: now.Add(time.Hour), Rests: []news.Rest{{Address: b, Until: now.Add(30 * time.Minute)}}}
		if _, err := db.Ingest(t.Context(), r, nil, digestOnly{}); err != nil {
			t.Fatal(err)
		}
		if _, err := db.ReadNow(t.Context(), a, now.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
		if feeds, _, err := db.Claim(t.Context(), now.Add(time.Minute), 5); err != nil || len(feeds) != 0 {
			t.Errorf("a host that wants to be left alone is asked for %v, %v", feeds, err)
		}
		if feeds, _, err := db.Claim(t.Context(), now.Add(31*time.Minute), 5); err != nil || len(feeds) != 1 || feeds[0].URL != a {
			t.Errorf("then %v, %v", feeds, err)
		}
	})
}
