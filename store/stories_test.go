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

// Those that people heard of are listed by themselves, but for one that goes on
// as another.
func TestToldStories(t *testing.T) {
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
		told, err := db.ToldStories(t.Context(), from, to)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := headlines(told), "[Coup 2]"; got != want {
			t.Errorf("told were %s, want %s", got, want)
		}
	})
}

// Who asks for what changed since it asked last is told of that, and of all if the
// database is older than what it knows.
func TestChangedStories(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, f := open(t, location), feed(1)
		ingest := func(at time.Time, titles ...string) {
			t.Helper()
			var items []news.Item
			var found []news.Report
			for i, title := range titles {
				it := item(f, title, title)
				it.Published = at.Add(-time.Duration(i) * time.Hour)
				it.Language = []string{"en", "fr"}[min(i, 1)]
				items, found = append(items, it), append(found, report(it, title))
			}
			if _, err := db.Ingest(t.Context(), reading(f, at, items...), found, tellSome(func(string) bool { return false })); err != nil {
				t.Fatal(err)
			}
		}
		changed := func(after int64, n int, want string) int64 {
			t.Helper()
			stories, version, err := db.ChangedStories(t.Context(), after, noon.Add(-90*time.Minute), n)
			if got := headlines(stories); err != nil || got != want {
				t.Errorf("after %d: %s, %v, want %s", after, got, err, want)
			}
			return version
		}
		ingest(noon, "Coup", "Mutiny", "Old")
		first := changed(0, 9, "[Coup Mutiny]")
		changed(0, 1, "[Coup]")
		changed(first, 9, "[]")
		ingest(noon.Add(time.Hour), "Purge")
		last := changed(first, 9, "[Purge]")
		if again := changed(last+7, 9, "[Purge Coup Mutiny]"); again != last || last <= first {
			t.Errorf("the version is %d, then %d and %d", first, last, again)
		}
		for _, tt := range []struct {
			languages, tags []string
			want            int
		}{{nil, nil, 4}, {[]string{"fr"}, nil, 2}, {[]string{"fr", "en"}, nil, 4}, {nil, []string{"exile"}, 0}, {[]string{"en"}, []string{"wire", "exile"}, 2}} {
			ids, err := db.StoriesIn(t.Context(), noon.Add(-time.Hour), tt.languages, tt.tags)
			if err != nil || len(ids) != tt.want {
				t.Errorf("%v %v: %d stories, %v, want %d", tt.languages, tt.tags, len(ids), err, tt.want)
			}
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
