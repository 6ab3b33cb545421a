package fetch_test

import (
	"net/http"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
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
	h := fetch.New(fetch.Options{})
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
