package store_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A story that turns out to be of another one is stored with it in one
// transaction, its items are those of the other, and lists have the other.
func TestStoriesThatTurnOutToBeOne(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db, w := open(t, location), witnessing()
		a, b := storyOf(t, db, w, "a", 0), storyOf(t, db, w, "b", time.Minute)
		w.ask = func(r news.Report, open []news.Story) news.Decision {
			d := decide(r, open)
			ends := w.open[b]
			d.Story.Parts = []string{b}
			ends.Into = news.Reference{ID: a, Headline: d.Story.Headline}
			d.Others = []news.Story{ends}
			return d
		}
		storyOf(t, db, w, "a", time.Hour)
		var ids []string
		for _, s := range storiesAt(t, db) {
			ids = append(ids, s.ID)
		}
		items, err := db.ItemsOfStory(t.Context(), a)
		if err != nil || len(items) != 3 || !slices.Equal(ids, []string{a}) {
			t.Errorf("stories %q, %d items of %s (%v); want only %s, with all three", ids, len(items), a, err, a)
		}
		ended, err := db.Story(t.Context(), b)
		if err != nil || ended.Into.ID != a {
			t.Errorf("%s ends in %q (%v), want %s", b, ended.Into.ID, err, a)
		}
		d, err := db.Digest(t.Context(), news.Period{From: noon.Add(-time.Hour), To: noon.Add(2 * time.Hour), UpTo: 99})
		if err != nil || len(d.Stories) != 1 || d.Stories[0].ID != a {
			t.Errorf("the digest has %d stories (%v), want one", len(d.Stories), err)
		}
	})
}

// While two stories are joined another replica records an edited item of the one that
// ends, and waits for its turn to decide with that item locked. Neither waits for the
// other for ever, none of them fails, and what both did is there.
func TestStoriesAreJoinedWhileTheirItemsAreEdited(t *testing.T) {
	t.Parallel()
	location := newPostgres(t)
	here, there, w := open(t, location), open(t, location), witnessing()
	a := storyOf(t, here, w, "a", 0)
	report := func(db *store.DB, w news.Decider, at time.Time, title string) (string, error) {
		it := item(feed(2), "b", title)
		_, err := db.Ingest(t.Context(), reading(feed(2), at, it), reports("b", it), w)
		return "b-" + it.ID, err
	}
	b, err := report(here, w, noon, "Coup")
	if err != nil {
		t.Fatal(err)
	}
	var other sync.WaitGroup
	asked := 0
	w.ask = func(r news.Report, open []news.Story) news.Decision { // with the lock of the stories
		d := decide(r, open)
		ends := w.open[b]
		d.Story.Parts = []string{b}
		ends.Into = news.Reference{ID: a, Headline: d.Story.Headline}
		d.Others = []news.Story{ends}
		if asked++; asked == 1 {
			other.Go(func() {
				if _, err := report(there, asking(decide), noon.Add(time.Minute), "Coup, it is said"); err != nil {
					t.Error(err)
				}
			})
			awaitLock(t, here)
		}
		return d
	}
	storyOf(t, here, w, "a", time.Hour)
	other.Wait()
	items, err := here.ItemsOfStory(t.Context(), a)
	if err != nil || len(items) != 3 || !slices.ContainsFunc(items, func(v store.Verdict) bool { return v.Title == "Coup, it is said" }) {
		t.Errorf("%s has %d items (%v), want three, one of them as it was edited: %+v", a, len(items), err, items)
	}
	if asked != 2 {
		t.Errorf("the decider was asked %d times, want again when the other was done", asked)
	}
}

// awaitLock waits until somebody waits for a lock of the database.
func awaitLock(t *testing.T, db *store.DB) {
	for limit := time.Now().Add(20 * time.Second); ; <-time.After(5 * time.Millisecond) {
		waiting := 0
		err := db.SQL().QueryRowContext(t.Context(), `
			SELECT COUNT(*) FROM pg_locks JOIN pg_class ON pg_class.oid = pg_locks.relation
			WHERE pg_class.relname = 'items' AND relnamespace = current_schema()::regnamespace AND mode = 'RowExclusiveLock'
				AND EXISTS (SELECT 1 FROM pg_locks AS w WHERE w.pid = pg_locks.pid AND NOT w.granted AND w.locktype = 'advisory')`).Scan(&waiting)
		switch {
		case err != nil:
			t.Error(err)
			return
		case waiting > 0:
			return
		case time.Now().After(limit):
			t.Error("nobody waits")
			return
		}
	}
}
