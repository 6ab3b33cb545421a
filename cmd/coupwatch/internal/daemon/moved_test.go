package daemon

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
)

// That a feed has moved, or is gone, is told once, with the line to change, and
// that it is settled when that was changed.
func TestMovedFeedIsToldOnce(t *testing.T) {
	d := newDesk(t)
	look := func() {
		t.Helper()
		w := watcher.New(watcher.Options{Rules: func() watcher.Rules { return d.use.Rules() }, Store: d.db, Health: d.db, Log: slog.New(slog.DiscardHandler)})
		for range 2 {
			if err := d.ops.Feeds(t.Context(), w); err != nil {
				t.Fatal(err)
			}
		}
	}
	feeds := d.use.File.Current().Feeds()
	if err := d.db.SetFeeds(t.Context(), feeds); err != nil {
		t.Fatal(err)
	}
	now := time.Now().UTC()
	for i, r := range []news.Reading{
		{Feed: feeds[0], At: now, NextAt: now, Items: []news.Item{{ID: "1", Feed: feeds[0].URL, Title: "rain", Fetched: now}}, Moved: news.Move{To: "https://new.example/rss", Since: now.Add(-25 * time.Hour), Last: now, Seen: 9}},
		{Feed: feeds[1], At: now, NextAt: now, Failures: 1, Problem: "HTTP 410: the feed is gone", Signs: news.Signs{Fails: news.FeedDead}},
	} {
		if _, err := d.db.Ingest(t.Context(), r, nil, nil); err != nil {
			t.Fatal(i, err)
		}
	}
	look()
	owed := d.owed(t)
	told := strings.Join(owed, "\n")
	if len(owed) != 2 || !strings.Contains(told, `in place of "https://wire.example/rss", write url: "https://new.example/rss". It stands in `+d.rules+":3.") ||
		!strings.Contains(told, "Courier is dead") || !strings.Contains(told, d.rules+":4.") {
		t.Fatalf("owed: %q, want both feeds, with what to write and where", owed)
	}
	d.send(t)
	if err := d.db.SetFeeds(t.Context(), feeds[1:]); err != nil {
		t.Fatal(err)
	}
	look()
	if owed = d.owed(t); !strings.Contains(strings.Join(owed, "\n"), "It is settled, since rules.yaml has the new address") {
		t.Errorf("owed: %q, want that it is settled", owed)
	}
}
