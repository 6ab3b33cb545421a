package watcher_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
)

// The login of a feed goes to its own host, wherever that redirects within
// itself, and neither to another nor in clear where it did not.
func TestLoginStaysAtHome(t *testing.T) {
	way := map[string]string{
		"https://wire.example/":       "/moved",
		"https://wire.example/moved":  "https://wire.example/again",
		"https://wire.example/again":  "https://feeds.wire.example/",
		"https://feeds.wire.example/": "http://wire.example/clear",
	}
	sent := map[string]string{}
	h := watcher.NewHTTP(watcher.HTTPOptions{})
	h.Over(web(func(r *http.Request) http.Header {
		user, password, _ := r.BasicAuth()
		sent[r.URL.String()] = user + " " + password
		if next := way[r.URL.String()]; next != "" {
			return http.Header{"Location": {next}}
		}
		return http.Header{}
	}))
	a, err := h.Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: "https://wire.example/", Login: "desk:p%40ss"}})
	if err != nil || a.Address != "http://wire.example/clear" {
		t.Fatalf("got %+v, %v", a, err)
	}
	for url, want := range map[string]string{
		"https://wire.example/": "desk p@ss", "https://wire.example/moved": "desk p@ss", "https://wire.example/again": "desk p@ss",
		"https://feeds.wire.example/": " ", "http://wire.example/clear": " ",
	} {
		if got, asked := sent[url]; !asked || got != want {
			t.Errorf("%s got the login %q (asked: %v), want %q", url, got, asked, want)
		}
	}
}

// The store knows no logins; the watcher has them from the rules.
func TestLoginComesFromTheRules(t *testing.T) {
	var asked []news.Login
	w, r, store, _ := newWatcher(2, func(_ context.Context, f news.FeedState) (watcher.Answer, error) {
		if f.URL == "https://example.org/1" {
			asked = append(asked, f.Login)
		}
		return watcher.Answer{Data: []byte(rss(`<item><guid>1</guid><title>rain</title></item>`)), Address: f.URL}, nil
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
