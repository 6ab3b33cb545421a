package fetch_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A hop is how a server sends on, and where to.
type hop struct {
	code int
	to   string
}

func TestMoved(t *testing.T) {
	for _, tt := range []struct {
		name string
		way  map[string]hop
		want string // a path
	}{
		{"not at all", nil, ""},
		{"for good", map[string]hop{"/a": {301, "/b"}}, "/b"},
		{"for good, as it is", map[string]hop{"/a": {308, "/b"}}, "/b"},
		{"for now", map[string]hop{"/a": {302, "/b"}}, ""},
		{"twice", map[string]hop{"/a": {301, "/b"}, "/b": {308, "/c"}}, "/c"},
		{"for good and then for now", map[string]hop{"/a": {301, "/b"}, "/b": {307, "/c"}}, "/b"},
		{"for now and then for good", map[string]hop{"/a": {302, "/b"}, "/b": {301, "/c"}}, ""},
		{"to an address with a secret", map[string]hop{"/a": {301, "/b?token=hush"}}, ""},
		{"to a long address", map[string]hop{"/a": {301, "/b?" + strings.Repeat("x", 3000)}}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if h, ok := tt.way[r.URL.Path]; ok {
					http.Redirect(w, r, h.to, h.code)
					return
				}
				io.WriteString(w, rss(""))
			})
			want := tt.want
			if want != "" {
				want = url + want
			}
			if a, err := ask(t, fetch.Options{Private: loopback}, url+"/a"); err != nil || a.Moved != want {
				t.Errorf("moved to %q, %v, want %q", a.Moved, err, want)
			}
		})
	}
}

// A feed that has moved is asked for at its new address, in turn with the old
// one when that fails, and where it needs a login always at the old one.
func TestMovedIsAskedThere(t *testing.T) {
	asked := ""
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { asked = r.URL.Path; io.WriteString(w, rss("")) })
	now := time.Now()
	settled := news.Move{To: url + "/new", Since: now.Add(-24 * time.Hour), Last: now, Seen: 3}
	early := settled
	early.Seen = 2
	for _, tt := range []struct {
		name     string
		move     news.Move
		failures int
		login    news.Login
		want     string
		moved    string
	}{
		{"settled", settled, 0, "", "/new", url + "/new"},
		{"not settled", early, 0, "", "/old", ""},
		{"failed there once", settled, 1, "", "/old", ""},
		{"failed here too", settled, 2, "", "/new", url + "/new"},
		{"with a login", settled, 0, "desk:hush", "/old", ""},
	} {
		f := news.FeedState{Feed: news.Feed{URL: url + "/old", Login: tt.login}, Moved: tt.move, Failures: tt.failures}
		a, err := fetch.New(fetch.Options{Private: loopback}).Fetch(t.Context(), f)
		if err != nil || asked != tt.want || a.Moved != tt.moved {
			t.Errorf("%s: asked for %s, moved to %q, %v, want %s and %q", tt.name, asked, a.Moved, err, tt.want, tt.moved)
		}
	}
}

// That rules.yaml may name a private address does not let a server do so, be it
// that it said so for days.
func TestMovedToPrivate(t *testing.T) {
	inside := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("asked inside") })
	now := time.Now()
	f := news.FeedState{
		Feed:  news.Feed{URL: "https://example.org/feed"},
		Moved: news.Move{To: inside + "/new", Since: now.Add(-24 * time.Hour), Last: now, Seen: 3},
	}
	if _, err := fetch.New(fetch.Options{Private: loopback}).Fetch(t.Context(), f); err == nil || !strings.Contains(err.Error(), "not public") {
		t.Errorf("got %v, want that the address is not public", err)
	}
}
