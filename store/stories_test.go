package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// tellSome returns a decider that tells of each report, and people of some.
func tellSome(told func(id string) bool) news.Decider {
	return asking(func(r news.Report, open []news.Story) news.Decision {
		d := decide(r, open)
		d.Story.Told = time.Time{}
		if told(r.GUID) {
			d.Story.Told = noon
		}
		if r.GUID == "5" {
			d.Story.Into.ID = "elsewhere"
		}
		return d
	})
}

// Stories are listed a part at a time, and those that people heard of by
// themselves; one that goes on as another in neither list.
func TestLatestAndToldStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		var items []news.Item
		var found []news.Report
		for i := range 10 {
			it := item(f, fmt.Sprint(i), fmt.Sprint("Coup ", i))
			it.Published = noon.Add(-time.Duration(i) * time.Hour)
			items, found = append(items, it), append(found, report(it, fmt.Sprint("rule", i)))
		}
		if _, err := db.Ingest(t.Context(), reading(f, noon, items...), found, tellSome(func(id string) bool { return id == "2" || id == "5" || id == "9" })); err != nil {
			t.Fatal(err)
		}
		from, to := noon.Add(-8*time.Hour), noon.Add(-time.Minute) // without the first and the last
		part, all, err := db.LatestStories(t.Context(), from, to, 1, 4)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := headlines(part), "[Coup 2 Coup 3 Coup 4]"; got != want || all != 8 {
			t.Errorf("stories %s of %d, want %s of 8", got, all, want)
		}
		told, err := db.ToldStories(t.Context(), from, to)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := headlines(told), "[Coup 2]"; got != want {
			t.Errorf("told were %s, want %s", got, want)
		}
	})
}

func headlines(stories []news.Story) string {
	var all []string
	for _, s := range stories {
		all = append(all, s.Headline)
	}
	return fmt.Sprint(all)
}

// A story is found by the beginning of its id where no other begins so.
func TestStoryByTheBeginningOfItsID(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		for _, id := range []string{"s-a", "s-ab", "s-ac", "s-b%", "s-bä", "S-C", "t"} {
			if _, err := db.SQL().Exec(`INSERT INTO stories (id, first_seen, last_seen, told_at, severity, body) VALUES ($1, 0, 0, 0, 0, $2)`, id, `{"ID":"`+id+`"}`); err != nil {
				t.Fatal(err)
			}
		}
		for begun, want := range map[string]string{"s-a": "s-a", "s-ab": "s-ab", "s-b%": "s-b%", "s-bä": "s-bä", "S": "S-C", "t": "t"} {
			if s, err := db.Story(t.Context(), begun); err != nil || s.ID != want {
				t.Errorf("%q: got %q, %v, want %q", begun, s.ID, err, want)
			}
		}
		for begun, want := range map[string]error{"s": store.ErrAmbiguous, "s-b": store.ErrAmbiguous, "": store.ErrUnknown, "u": store.ErrUnknown, "s-aba": store.ErrUnknown, "s_": store.ErrUnknown, "s%": store.ErrUnknown} {
			if s, err := db.Story(t.Context(), begun); !errors.Is(err, want) {
				t.Errorf("%q: got %q, %v, want %v", begun, s.ID, err, want)
			}
		}
	})
}
