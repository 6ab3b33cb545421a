package fetch_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// What a feed needs to be given goes along to pages of its own host and to no
// other, and so does the leave to ask a private network.
func TestPage(t *testing.T) {
	var seen *http.Request
	serve := func(w http.ResponseWriter, r *http.Request) {
		seen = r
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<p>text")
	}
	home, other := httptest.NewServer(http.HandlerFunc(serve)), httptest.NewServer(http.HandlerFunc(serve))
	t.Cleanup(home.Close)
	t.Cleanup(other.Close)
	f := news.Feed{URL: home.URL + "/feed", Login: "desk:pw\x00key=hush", Access: &news.Access{
		UserAgent: "Reader", Headers: []news.Sent{{Name: "X-Key", Value: news.Value{Text: "hush"}}}, Cookies: []news.Sent{{Name: "in", Value: news.Value{Text: "yes"}}},
	}}
	h := fetch.New(fetch.Options{Private: loopback})
	a, err := h.Page(t.Context(), f, home.URL+"/a?id=7")
	if err != nil || string(a.Data) != "<p>text" {
		t.Fatalf("got %q, %v", a.Data, err)
	}
	user, password, _ := seen.BasicAuth()
	if user != "desk" || password != "pw" || seen.Header.Get("X-Key") != "hush" || seen.Header.Get("Cookie") != "in=yes" || seen.RequestURI != "/a?id=7" {
		t.Errorf("at home it was asked %s %v", seen.RequestURI, seen.Header)
	}
	if !strings.HasPrefix(seen.Header.Get("Accept"), "text/html") {
		t.Errorf("it was asked for %s", seen.Header.Get("Accept"))
	}
	seen = nil
	if _, err := h.Page(t.Context(), f, other.URL+"/a"); err == nil || seen != nil {
		t.Errorf("a feed sent us to another host of a private network: %v", err)
	}
}

// Elsewhere it is as anybody would be, but for how the feed is reached.
func TestPageElsewhere(t *testing.T) {
	var seen http.Header
	h := fetch.New(fetch.Options{})
	h.Over(web(func(r *http.Request) http.Header {
		seen = r.Header
		return http.Header{"Content-Type": {"text/html"}}
	}))
	f := news.Feed{URL: "https://feeds.paper.example/feed", Login: "desk:pw", Access: &news.Access{UserAgent: "Reader", Headers: []news.Sent{{Name: "X-Key", Value: news.Value{Text: "hush"}}}}}
	if _, err := h.Page(t.Context(), f, "https://www.paper.example/a"); err != nil {
		t.Fatal(err)
	}
	if seen.Get("Authorization") != "" || seen.Get("X-Key") != "" || seen.Get("User-Agent") != "Reader" {
		t.Errorf("it was asked with %v", seen)
	}
}
