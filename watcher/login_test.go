package watcher_test

import (
	"context"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// The store knows no logins; the watcher has them from the rules.
func TestLoginComesFromTheRules(t *testing.T) {
	var asked []news.Login
	w, r, store, _ := newWatcher(2, func(_ context.Context, f news.FeedState) (fetch.Answer, error) {
		if f.URL == "https://example.org/1" {
			asked = append(asked, f.Login)
		}
		return fetch.Answer{Data: []byte(rss(`<item><guid>1</guid><title>rain</title></item>`)), Address: f.URL}, nil
	})
	if err := store.SetFeeds(t.Context(), r.feeds); err != nil {
		t.Fatal(err)
	}
	r.feeds[1].Login = "desk:hush"
	poll(t, w)
	w.Wait()
	if len(asked) != 1 || asked[0] != "desk:hush" {
		t.Errorf("asked with %d logins, want the one of the rules", len(asked))
	}
	for _, reading := range store.readings {
		for _, it := range reading.Items {
			if it.Feed != reading.Feed.URL {
				t.Errorf("an item is of %q, want %q", it.Feed, reading.Feed.URL)
			}
		}
	}
}
