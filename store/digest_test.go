package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestDigest(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f, sick, off := open(t, location), feed(1), feed(2), feed(3)
		setFeeds(t, db, off)
		record(t, db, news.Reading{Feed: off, At: noon, Failures: 9}, nil)
		setFeeds(t, db, f, sick)
		record(t, db, news.Reading{Feed: sick, At: noon, Failures: 3, Problem: "timeout"}, nil)
		at := func(key string, published, fetched time.Time) news.Item {
			it := item(f, key, key)
			it.Published, it.Fetched = published, fetched
			return it
		}
		day := 24 * time.Hour
		today, low := at("today", noon, noon), at("low", noon, noon)
		late := at("published long ago, read today", noon.Add(-3*day), noon)
		early := at("read yesterday, published today", noon, noon.Add(-day))
		yesterday, tomorrow := at("yesterday", noon.Add(-day), noon.Add(-day)), at("tomorrow", noon.Add(day), noon.Add(day))
		idle := at("no rule matched", noon, noon)
		all := []news.Item{today, low, late, early, yesterday, tomorrow, idle}
		var found []news.Report
		for _, it := range all[:6] {
			r := report(it, it.Title)
			if it.ID == low.ID {
				r.Matches[0].Severity = news.Low
			}
			found = append(found, r)
		}
		record(t, db, reading(f, noon, all...), found)

		got, err := db.Digest(t.Context(), news.Period{From: noon.Add(-day / 2), To: noon.Add(day / 2), UpTo: 100, Oldest: noon.Add(-2 * day)})
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, s := range got.Stories {
			titles = append(titles, s.Headline)
		}
		slices.Sort(titles) // some are alike but for their id
		want := []string{early.Title, today.Title, low.Title, yesterday.Title, tomorrow.Title}
		slices.Sort(want)
		if !slices.Equal(titles, want) || got.Older != 1 || got.Stories[4].Severity != news.Low {
			t.Errorf("stories %q and %d older, want %q, the low one last, and one older", titles, got.Older, want)
		}
		if got.Items != 4 || got.Reports != 3 || got.Feeds != 2 || len(got.Sick) != 1 || got.Sick[0].Name != "Feed 2" {
			t.Errorf("digest %+v, want 4 items, 3 reports, 2 feeds, the second sick", got)
		}
	})
}

// A feed that can be read and brings nothing new for too long is late, and the
// digest says so.
func TestDigestOfLateFeeds(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		late, lively := feed(1), feed(2)
		setFeeds(t, db, late, lively, feed(3))
		for _, f := range []news.Feed{late, lively} {
			record(t, db, reading(f, noon, item(f, "old", "Tea")), nil)
		}
		later := noon.AddDate(0, 0, 8)
		record(t, db, reading(late, later, item(late, "old", "Tea")), nil)
		record(t, db, reading(lively, later, item(lively, "new", "Tea"), item(lively, "old", "Tea")), nil)
		d, err := db.Digest(t.Context(), news.Period{From: noon, To: later})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Sick) != 1 || d.Sick[0].Name != "Feed 1" || d.States.String() != "1 fresh, 1 new, 1 late" {
			t.Errorf("%v, sick %+v, want Feed 1 late", d.States, d.Sick)
		}
	})
}

func TestDigestOfMutedStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		a, b := item(f, "a", "Coup"), item(f, "b", "Plot")
		muting := asking(func(r news.Report, open []news.Story) news.Decision {
			d := decide(r, open)
			d.Muted = r.GUID == "b"
			return d
		})
		if _, err := db.Ingest(t.Context(), reading(f, noon, a, b), append(reports("coup", a), reports("plot", b)...), muting); err != nil {
			t.Fatal(err)
		}
		for day, want := range []int{1, 0} {
			from := noon.AddDate(0, 0, day)
			d, err := db.Digest(t.Context(), news.Period{From: from, To: from.Add(time.Hour), UpTo: 100})
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Muted) != want || want == 1 && d.Muted[0].Headline != "Plot" {
				t.Errorf("day %d: muted %+v, want %d", day, d.Muted, want)
			}
		}
	})
}

// The days of a digest end when it does, also over a change of clocks.
func TestDigestDays(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		kyiv, err := time.LoadLocation("Europe/Kyiv")
		if err != nil {
			t.Fatal(err)
		}
		db, f := open(t, location), feed(1)
		at := func(day, hour, minute int) time.Time { return time.Date(2026, 10, day, hour, minute, 0, 0, kyiv) }
		put := func(rule string, when time.Time) {
			it := item(f, rule+when.String(), "Coup")
			it.Published, it.Fetched = when, when
			record(t, db, reading(f, when, it), reports(rule, it))
		}
		put("before", at(13, 7, 59))
		put("a", at(13, 8, 0))
		put("a", at(25, 7, 59)) // the clock went back at 4
		put("b", at(25, 8, 0))
		put("b", at(25, 9, 0))
		put("a", at(26, 7, 59))
		put("c", at(27, 7, 59))
		put("after", at(27, 8, 0))
		d, err := db.Digest(t.Context(), news.Period{From: at(26, 8, 0), To: at(27, 8, 0)})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Days) != 14 || d.Days[0].Date != "2026-10-14" || d.Days[13].Date != "2026-10-27" {
			t.Fatalf("days %+v, want the 14 up to 27 October", d.Days)
		}
		for i, want := range map[int]news.Day{
			0: {Stories: 1, Told: 1}, 1: {}, 11: {Stories: 1}, 12: {Stories: 2, Told: 1}, 13: {Stories: 1, Told: 1},
		} {
			if got := d.Days[i]; got.Stories != want.Stories || got.Told != want.Told {
				t.Errorf("%s: %+v, want %+v", got.Date, got, want)
			}
		}
	})
}

// A feed that never worked is not among those that are ok, from its first
// failure on; one that worked may fail twice before the digest speaks of it.
func TestDigestOfFeedsThatNeverWorked(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, never, once := open(t, location), feed(1), feed(2)
		setFeeds(t, db, never, once)
		record(t, db, reading(once, noon), nil)
		for _, f := range []news.Feed{never, once} {
			record(t, db, news.Reading{Feed: f, At: noon.Add(time.Hour), Failures: 1, Problem: "no server"}, nil)
		}
		d, err := db.Digest(t.Context(), news.Period{From: noon, To: noon.Add(2 * time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Sick) != 1 || d.Sick[0].Name != never.Name {
			t.Errorf("sick %v, want only %q", d.Sick, never.Name)
		}
	})
}

// A digest of more stories than anybody reads lists those of the highest rank
// and counts the others.
func TestDigestOfManyStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		const stories = 700
		db, f := open(t, location), feed(1)
		var items []news.Item
		var found []news.Report
		for i := range stories {
			it := item(f, fmt.Sprint(i), fmt.Sprint("Coup ", i))
			r := report(it, fmt.Sprint("rule", i))
			r.Matches[0].Severity = news.Low + news.Severity(i%3)
			items, found = append(items, it), append(found, r)
		}
		decider := &lookup{byRule: map[string]news.Story{}}
		if _, err := db.Ingest(t.Context(), reading(f, noon, items...), found, decider); err != nil {
			t.Fatal(err)
		}
		period := news.Period{From: noon.Add(-time.Hour), To: noon.Add(time.Hour), UpTo: 100}
		d, err := db.Digest(t.Context(), period)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Stories) != 500 || d.More != 200 {
			t.Fatalf("%d stories and %d more, want 500 and 200", len(d.Stories), d.More)
		}
		if !slices.IsSortedFunc(d.Stories, func(a, b news.Story) int { return cmp.Compare(b.Rank(), a.Rank()) }) {
			t.Error("the stories are not in the order of their ranks")
		}
		if d.Stories[465].Severity == news.Low || d.Stories[466].Severity != news.Low {
			t.Errorf("stories 465 and 466 are %v and %v, want the 466 that are not low first", d.Stories[465].Severity, d.Stories[466].Severity)
		}
	})
}
