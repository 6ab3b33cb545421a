package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
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
