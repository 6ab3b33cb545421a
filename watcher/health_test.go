package watcher_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		ago := func(days float64) time.Time { return now.Add(-time.Duration(days * 24 * float64(time.Hour))) }
		tests := []struct {
			name string
			feed news.FeedState
			want string // "" for no notice
		}{
			{"well", news.FeedState{LastGood: now, LastNew: now, Items: 3}, ""},
			{"new", news.FeedState{}, ""},
			{"failing for an hour", news.FeedState{Failures: 9, LastGood: ago(0.04), Problem: "HTTP 500: x"}, ""},
			{"failing for two days", news.FeedState{Failures: 9, LastGood: ago(2), Problem: "HTTP 500: x"}, "has not been read since"},
			{"failing from the start", news.FeedState{Failures: 3, Problem: "HTTP 404: x"}, "could never be read: HTTP 404: x."},
			{"quiet for two days", news.FeedState{LastGood: now, LastNew: ago(2), Items: 3}, ""},
			{"quiet for eight days", news.FeedState{LastGood: now, LastNew: ago(8), Items: 3}, "nothing new since"},
			{"empty", news.FeedState{LastGood: now}, "carries no items"},
		}
		for _, tt := range tests {
			w, r, store, _ := newWatcher(0, nil)
			r.operators = []string{"slack", "console"}
			tt.feed.Feed = news.Feed{URL: "https://user:secret@example.org/", Name: ""}
			store.feeds = map[string]*news.FeedState{"": &tt.feed}
			for range 3 {
				if err := w.Health(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if tt.want == "" {
				if len(store.queued) != 0 {
					t.Errorf("%s: notice %q, want none", tt.name, store.queued[0].Notice)
				}
				continue
			}
			if len(store.queued) != 2 {
				t.Errorf("%s: %d notices, want one for each operator", tt.name, len(store.queued))
				continue
			}
			a := store.queued[0]
			if a.Kind != news.Notice || a.Channel != "slack" || !strings.Contains(a.Notice, tt.want) || strings.Contains(a.Notice+a.ID, "secret") {
				t.Errorf("%s: alert %+v, want %q", tt.name, a, tt.want)
			}
		}
	})
}

// TestHealthOfMany: when the network is down, nobody needs to hear of each feed.
func TestHealthOfMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, r, store, _ := newWatcher(0, nil)
		r.operators = []string{"slack"}
		store.feeds = map[string]*news.FeedState{}
		fail := func(n int) {
			for i := range n {
				url := fmt.Sprintf("https://example.org/%d", i)
				store.feeds[url] = &news.FeedState{Feed: news.Feed{URL: url}, Failures: 5, LastGood: time.Now().Add(-25 * time.Hour)}
			}
			if err := w.Health(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		fail(100)
		fail(101)
		if len(store.queued) != 1 || !strings.Contains(store.queued[0].Notice, "100 of 100 feeds") {
			t.Errorf("notices %+v, want one for all", store.queued)
		}
		fail(200)
		if len(store.queued) != 2 {
			t.Errorf("%d notices after twice as many failed, want 2", len(store.queued))
		}
	})
}

func TestHealthWithoutOperators(t *testing.T) {
	w, _, store, _ := newWatcher(0, nil)
	store.feeds = map[string]*news.FeedState{"": {Failures: 3}}
	if err := w.Health(t.Context()); err != nil || len(store.queued) != 0 {
		t.Errorf("%d notices, error %v, want none", len(store.queued), err)
	}
}
