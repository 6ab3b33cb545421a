package watcher_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// Operators hear that a feed has moved when its server has said so for a day,
// and no longer when it takes that back; a daemon that starts anew remembers it.
func TestMovedIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := "sqlite:" + filepath.Join(t.TempDir(), "x.db")
		rule := &rules{feeds: []news.Feed{{URL: "https://old.example/feed", Name: "Wire", Schedule: "@every 6h"}}}
		moved, asked := "https://new.example/feed", ""
		fetcher := fetcher(func(_ context.Context, f news.FeedState) (fetch.Answer, error) {
			asked = f.Moved.To
			return fetch.Answer{Data: []byte(rss(`<item><guid>1</guid><title>rain</title></item>`)), Moved: moved}, nil
		})
		told := func() (text string) {
			db, err := store.Open(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			w := watcher.New(watcher.Options{
				Rules: func() watcher.Rules { return rule }, Store: db, Health: db, Fetch: fetcher,
				Decide: func(news.Policy, time.Time) news.Decider { return nil }, Log: slog.New(slog.DiscardHandler),
			})
			poll(t, w)
			w.Wait()
			sick, err := w.Sick(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range sick {
				text += s.Text
			}
			return text
		}
		for hours := 0; hours < 24; hours += 7 {
			if text := told(); text != "" {
				t.Errorf("told after %d hours: %s", hours, text)
			}
			<-time.After(7 * time.Hour)
		}
		if text := told(); !strings.Contains(text, `in place of "https://old.example/feed", write url: "https://new.example/feed"`) {
			t.Errorf("told after a day: %q, want what to write", text)
		}
		<-time.After(7 * time.Hour)
		moved = ""
		if text := told(); text != "" || asked != "https://new.example/feed" {
			t.Errorf("told %q when it had not moved; the fetcher knew %q", text, asked)
		}
	})
}
