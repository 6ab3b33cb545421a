package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func rows(t *testing.T, db *store.DB, query string) []string {
	t.Helper()
	found, err := db.SQL().Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	all := []string{}
	for found.Next() {
		var s string
		if err := found.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPruneItems(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f, silent := open(t, location), feed(1), feed(2)
		setFeeds(t, db, f, silent)
		days := func(n int) time.Time { return noon.AddDate(0, 0, n) }
		a, b, c, d := item(f, "a", "left long ago"), item(f, "b", "stays"), item(f, "c", "left lately"), item(silent, "d", "of a silent feed")
		record(t, db, reading(f, days(0), a, b), reports("coup", a))
		a.Title = "left long ago, edited"
		record(t, db, reading(f, days(0), a), nil)
		record(t, db, reading(silent, days(0), d), nil)
		record(t, db, reading(f, days(50), b, c), nil)
		unchanged := reading(silent, days(100))
		unchanged.Unchanged = true
		record(t, db, unchanged, nil)
		record(t, db, reading(f, days(100), b), nil)

		prune := func(want ...string) {
			t.Helper()
			if err := db.Prune(t.Context(), days(40), days(40)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, rows(t, db, `SELECT guid FROM items ORDER BY guid`)); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
		}
		prune("b", "c", "d")
		if got := rows(t, db, `SELECT title FROM revisions`); len(got) != 0 {
			t.Errorf("old titles %q were left", got)
		}
		feeds, err := db.Feeds(t.Context())
		if err != nil || feeds[0].Items != 2 || feeds[1].Items != 1 {
			t.Errorf("feeds %+v, %v, want 2 items and 1", feeds, err)
		}
		// What is still in the feed must not come back as new.
		if got, want := record(t, db, reading(silent, days(101), d), nil), (news.Tally{}); got != want {
			t.Errorf("tally %+v, want %+v", got, want)
		}
		prune("b", "c", "d")
	})
}

// What a rule matched stays as long as that is to be kept, with its story and what
// people were told of it, be that for ever.
func TestPruneByClass(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		days := func(n int) time.Time { return noon.AddDate(0, 0, n) }
		told, plain := item(f, "told", "Coup"), item(f, "plain", "Rain")
		record(t, db, reading(f, days(0), told, plain), reports("coup", told))
		queue(t, db, news.Alert{ID: "digest", Channel: "slack", Kind: news.Daily, DueAt: noon})
		for _, a := range due(t, db, noon, "slack") {
			if err := db.Sent(t.Context(), a.ID, "", days(0)); err != nil {
				t.Fatal(err)
			}
		}
		record(t, db, reading(f, days(400), item(f, "late", "Rain")), nil)
		left := func() []string {
			return slices.Concat(rows(t, db, `SELECT guid FROM items ORDER BY guid`), rows(t, db, `SELECT id FROM alerts ORDER BY id`), rows(t, db, `SELECT 'a story' FROM stories`))
		}
		alert := alertOf(news.Story{ID: "coup-" + told.ID}, report(told, "coup")).ID
		for _, tt := range []struct {
			matched, others time.Time
			want            []string
		}{
			{time.Time{}, time.Time{}, []string{"late", "plain", "told", "digest", alert, "a story"}},
			{time.Time{}, days(100), []string{"late", "told", alert, "a story"}},
			{days(-1), days(100), []string{"late", "told", alert, "a story"}},
			{days(200), days(100), []string{"late"}},
		} {
			if err := db.Prune(t.Context(), tt.matched, tt.others); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, left()); diff != "" {
				t.Errorf("matched since %s, others since %s (-want +got):\n%s", tt.matched.Format(time.DateOnly), tt.others.Format(time.DateOnly), diff)
			}
		}
	})
}

func TestPruneManyItems(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		var items, stay []news.Item
		for i := range 1307 {
			it := item(f, fmt.Sprint(i), "Coup")
			items = append(items, it)
			if i%2 == 0 {
				stay = append(stay, it)
			}
		}
		record(t, db, reading(f, noon, items...), nil)
		later := noon.AddDate(1, 0, 0)
		// They stay for their feed: it was not read again since.
		if err := db.Prune(t.Context(), later, later); err != nil {
			t.Fatal(err)
		}
		if got := len(rows(t, db, `SELECT id FROM items`)); got != len(items) {
			t.Errorf("%d items are left, want %d", got, len(items))
		}
		record(t, db, reading(f, later, stay...), nil)
		if err := db.Prune(t.Context(), later.Add(time.Hour), later.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := len(rows(t, db, `SELECT id FROM items`)); got != len(stay) {
			t.Errorf("%d items are left, want %d", got, len(stay))
		}
	})
}

func TestPruneAlertsAndStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		before := noon.AddDate(0, 0, 100)
		for name, age := range map[string]time.Duration{"ancient": 2 * news.Window, "closed": news.Window + time.Hour, "open": news.Window - time.Hour, "new": -time.Hour} {
			it := item(f, name, "Coup")
			it.Published = before.Add(-age)
			record(t, db, reading(f, noon, it), []news.Report{report(it, name)})
		}
		for i := range 4 {
			queue(t, db, news.Alert{ID: fmt.Sprint("alert", i), Channel: "slack", Kind: news.Daily, DueAt: noon})
		}
		day := func(n int) time.Time { return before.AddDate(0, 0, n) }
		for _, err := range []error{
			db.Sent(t.Context(), "alert0", "", day(-1)), db.Sent(t.Context(), "alert1", "", day(1)),
			db.Failed(t.Context(), "alert2", "gone", day(-1)),
			db.Prune(t.Context(), before, before),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		got := rows(t, db, `SELECT id FROM alerts WHERE id LIKE 'alert%' ORDER BY id`)
		if want := []string{"alert1", "alert3"}; !slices.Equal(got, want) {
			t.Errorf("alerts %q, want the one sent since and the one owed: %q", got, want)
		}
		var stories []string
		for _, s := range storiesAt(t, db) {
			stories = append(stories, s.Rules...)
		}
		if want := []string{"new", "open"}; !slices.Equal(stories, want) {
			t.Errorf("stories %q, want those open then: %q", stories, want)
		}
	})
}

func TestPruneWhatPeopleSaid(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		label := news.Label{Item: "gone", Rule: "coup", By: "ada", At: noon}
		for _, err := range []error{
			db.Mute(t.Context(), news.Mute{Rule: "coup", Until: noon.Add(time.Hour)}, noon),
			db.Mute(t.Context(), news.Mute{Rule: "plot", Until: noon.Add(3 * time.Hour)}, noon),
			db.Mute(t.Context(), news.Mute{Rule: "purge"}, noon),
			db.Label(t.Context(), label),
			db.Pause(t.Context(), "slack", noon.Add(time.Hour)),
			db.Pause(t.Context(), "console", noon.Add(3*time.Hour)),
			db.Prune(t.Context(), noon.Add(2*time.Hour), noon.Add(2*time.Hour)),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if got, want := rows(t, db, `SELECT rule FROM mutes ORDER BY rule`), []string{"plot", "purge"}; !slices.Equal(got, want) {
			t.Errorf("mutes of %q are left, want %q", got, want)
		}
		if got, want := rows(t, db, `SELECT channel FROM channels`), []string{"console"}; !slices.Equal(got, want) {
			t.Errorf("%q are paused, want %q", got, want)
		}
		if got, err := db.Labels(t.Context()); err != nil || !cmp.Equal(got, []news.Label{label}) {
			t.Errorf("labels %+v, %v, want the one of a pruned item", got, err)
		}
	})
}
