package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// pushedReading is what a hub sent.
func pushedReading(f news.Feed, at time.Time, items ...news.Item) news.Reading {
	return news.Reading{Feed: f, At: at, Items: items, Pushed: true}
}

// What a hub sends brings new items and alerts, once, and leaves how the feed is
// read as it was. What it sends again, as it was before, brings nothing back.
func TestIngestPushed(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		claim(t, db, noon)
		a, b := item(f, "a", "Talks in Ruritania"), item(f, "b", "Coup in Ruritania")
		first := reading(f, noon.Add(time.Second), a)
		first.Hub = news.Hub{URL: "https://hub.example/", Topic: f.URL}
		record(t, db, first, nil)
		before := stateOf(t, db)

		at := noon.Add(30 * time.Second)
		if got, want := record(t, db, pushedReading(f, at, b, a), reports("coup", b)), (news.Tally{New: 1, Matched: 1, Alerts: 1}); got != want {
			t.Errorf("tally of what was pushed %+v, want %+v", got, want)
		}
		if got := record(t, db, pushedReading(f, at.Add(time.Second), b, a), reports("coup", b)); got != (news.Tally{}) {
			t.Errorf("tally of the same again %+v, want none", got)
		}
		want := before
		want.LastNew, want.Items = at, 2
		want.Signs.Silence = stateOf(t, db).Signs.Silence // which what was pushed ends
		if diff := cmp.Diff(want, stateOf(t, db)); diff != "" {
			t.Errorf("state of the feed (-want +got):\n%s", diff)
		}

		edited := a
		edited.Title = "Talks in Ruritania fail"
		later := reading(f, noon.Add(time.Hour), edited, b)
		if got := record(t, db, later, reports("coup", b)); got.Revised != 1 {
			t.Errorf("tally of the reading after it %+v, want one revised", got)
		}
		if got := record(t, db, pushedReading(f, noon.Add(2*time.Hour), b, a), reports("coup", a, b)); got != (news.Tally{}) {
			t.Errorf("tally of the old body %+v, want none", got)
		}
		if got, err := db.ItemsByLink(t.Context(), a.Link); err != nil || len(got) != 1 || got[0].Title != edited.Title {
			t.Errorf("the item is %+v, %v, want its title %q", got, err, edited.Title)
		}
	})
}

// An edited item that is pushed makes the feed due, unless it fails or was read just
// now; and whoever reads a feed of the host meanwhile keeps it.
func TestIngestPushedEdit(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		claim(t, db, noon)
		a := item(f, "a", "Talks in Ruritania")
		record(t, db, reading(f, noon, a), nil)
		a.Title = "Talks in Ruritania fail"
		next := stateOf(t, db).NextAt

		record(t, db, pushedReading(f, noon.Add(10*time.Second), a), nil)
		if got := stateOf(t, db).NextAt; !got.Equal(next) {
			t.Errorf("ten seconds after a reading it is due at %v, want %v as before", got, next)
		}
		at := noon.Add(2 * time.Minute)
		record(t, db, pushedReading(f, at, a), nil)
		if got := stateOf(t, db).NextAt; !got.Equal(at) {
			t.Errorf("due at %v, want at once, %v", got, at)
		}
		if got := claim(t, db, at); got != f.Name {
			t.Errorf("claimed %q, want %q", got, f.Name)
		}
		record(t, db, pushedReading(f, at.Add(time.Second), a, item(f, "b", "More")), nil)
		if got, found := claimOne(t, db, at.Add(2*time.Second)); found {
			t.Errorf("%s was claimed while another reads it", got.URL)
		}

		failing := news.Reading{Feed: f, At: at.Add(3 * time.Second), NextAt: at.Add(time.Hour), Failures: 1, Problem: "down"}
		record(t, db, failing, nil)
		record(t, db, pushedReading(f, at.Add(10*time.Minute), a), nil)
		if got := stateOf(t, db); !got.NextAt.Equal(failing.NextAt) || got.Problem != "down" {
			t.Errorf("a feed that fails is due at %v with problem %q, want %v and as it was", got.NextAt, got.Problem, failing.NextAt)
		}
	})
}

// The hub that a feed names is kept when a reading fails.
func TestIngestHub(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		hub := news.Hub{URL: "https://hub.example/", Topic: "https://example.org/self"}
		r := reading(f, noon)
		r.Hub = hub
		record(t, db, r, nil)
		record(t, db, news.Reading{Feed: f, At: noon.Add(time.Minute), Failures: 1, Problem: "down"}, nil)
		if got := stateOf(t, db).Hub; got != hub {
			t.Errorf("hub %+v, want %+v", got, hub)
		}
	})
}

// What is pushed tells of a feed's cadence as what is read does, and of no gap.
func TestPushedSigns(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		setFeeds(t, db, f)
		record(t, db, reading(f, noon, item(f, "a", "Talks")), nil)
		at := noon.Add(3 * time.Hour)
		b := item(f, "b", "More talks")
		b.Published = at
		record(t, db, pushedReading(f, at, b), nil)
		if got := stateOf(t, db).Signs; !got.Gap.At.IsZero() || got.Silence.Since.Before(noon.Add(2*time.Hour)) {
			t.Errorf("signs %+v, want a silence since what was pushed, and no gap", got)
		}
	})
}
