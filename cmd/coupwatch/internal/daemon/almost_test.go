package daemon

import (
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// Near misses are those of the time asked for, the nearest first, each once,
// whether they were remembered or not.
func TestNearMisses(t *testing.T) {
	const film = "Soldiers surround the palace in a film"
	d := newDesk(t)
	now := time.Now().UTC()
	d.ingest(t, "https://wire.example/rss", now.Add(-3*time.Hour), news.Item{Link: "https://wire.example/0", Title: "Old film: soldiers near the palace"})
	d.ingest(t, "https://wire.example/rss", now.Add(-time.Hour),
		news.Item{Link: "https://wire.example/1", Title: film},
		news.Item{Link: "https://wire.example/2", Title: "A day at the market"})
	d.ingest(t, "https://courier.example/rss", now.Add(-30*time.Minute), news.Item{Link: "https://courier.example/1", Title: film})
	near := NearMisses{Use: d.use, DB: d.db, Log: d.ops.log}
	for _, remembered := range []bool{false, true} {
		if got := titles(near.Find(t.Context(), now.Add(-2*time.Hour), now)); got != film {
			t.Errorf("remembered %v: got %q, want the one title once", remembered, got)
		}
		if got := near.Find(t.Context(), now.Add(-2*time.Hour), now.Add(-90*time.Minute)); len(got) != 0 {
			t.Errorf("remembered %v: got %+v of a time that ends before", remembered, got)
		}
		if err := near.AskAgain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// The next digest tells by the rules in use, also of what was read before they
// were changed, be it asked again by then or not.
func TestNearMissesOfOtherRules(t *testing.T) {
	d := newDesk(t)
	near := NearMisses{Use: d.use, DB: d.db, Log: d.ops.log}
	began := time.Now().UTC()
	askAgain := func() {
		t.Helper()
		if err := near.AskAgain(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	want := func(when, titlesWanted string) {
		t.Helper()
		if got := titles(near.Find(t.Context(), began.Add(-time.Hour), time.Now().Add(time.Hour))); got != titlesWanted {
			t.Errorf("%s: %q, want %q", when, got, titlesWanted)
		}
	}
	askAgain()
	d.ingest(t, "https://wire.example/rss", time.Now(),
		news.Item{Link: "https://wire.example/1", Title: "Soldiers surround the palace in a film"},
		news.Item{Link: "https://wire.example/2", Title: "Soldiers surround the palace for a game"})
	want("as it was read", "Soldiers surround the palace in a film")
	d.write(t, strings.Replace(deskRules, "when: film", "when: game", 1))
	if err := d.use.File.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	want("with other rules, not asked again", "Soldiers surround the palace for a game")
	askAgain()
	want("asked again", "Soldiers surround the palace for a game")
	d.ingest(t, "https://courier.example/rss", time.Now(), news.Item{Link: "https://courier.example/1", Title: "Palace soldiers play a game"})
	want("and as the rest was read", "Palace soldiers play a game, Soldiers surround the palace for a game")
}

func titles(misses []news.NearMiss) string {
	var all []string
	for _, m := range misses {
		all = append(all, m.Title)
	}
	return strings.Join(all, ", ")
}
