package fetch_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A site that redirects to the same address with a cookie is read, at each
// reading as if it was the first.
func TestCookiesLastForOneReading(t *testing.T) {
	var brought []string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		brought = append(brought, r.Header.Get("Cookie"))
		if r.Header.Get("Cookie") == "" {
			http.SetCookie(w, &http.Cookie{Name: "met", Value: "yes", Path: "/", MaxAge: 1 << 20})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, rss(""))
	})
	h := fetch.New(fetch.Options{Private: loopback})
	for range 2 {
		if a, err := h.Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: url + "/feed"}}); err != nil || len(a.Data) == 0 {
			t.Fatalf("got %+v, %v, want the feed", a, err)
		}
	}
	if want := []string{"", "met=yes", "", "met=yes"}; !slices.Equal(brought, want) {
		t.Errorf("cookies brought: %q, want %q", brought, want)
	}
}

// A web answers requests without a network.
type web func(*http.Request) http.Header

// RoundTrip implements [http.RoundTripper]: with a Location it redirects.
func (w web) RoundTrip(r *http.Request) (*http.Response, error) {
	resp := &http.Response{StatusCode: http.StatusOK, Header: w(r), Body: io.NopCloser(strings.NewReader(rss(""))), Request: r}
	if resp.Header.Get("Location") != "" {
		resp.StatusCode = http.StatusFound
	}
	return resp, nil
}

// A cookie goes to the site that set it and to no other, nor to all of a
// country's, nor in clear if it is not to.
func TestCookiesStayAtHome(t *testing.T) {
	way := map[string]string{
		"https://feeds.paper.co.uk/": "https://www.paper.co.uk/",
		"https://www.paper.co.uk/":   "https://www.herald.co.uk/",
		"https://www.herald.co.uk/":  "http://feeds.paper.co.uk/last",
	}
	brought := map[string]string{}
	h := fetch.New(fetch.Options{})
	h.Over(web(func(r *http.Request) http.Header {
		brought[r.URL.String()] = r.Header.Get("Cookie")
		header := http.Header{}
		if next := way[r.URL.String()]; next != "" {
			header.Set("Location", next)
		}
		if r.URL.Path == "/" && r.URL.Host == "feeds.paper.co.uk" {
			header["Set-Cookie"] = []string{
				"site=1; Domain=paper.co.uk; Path=/", "host=1; Path=/", "safe=1; Path=/; Secure",
				"country=1; Domain=co.uk; Path=/", "other=1; Domain=herald.co.uk; Path=/",
			}
		}
		return header
	}))
	if _, err := h.Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: "https://feeds.paper.co.uk/"}}); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"https://feeds.paper.co.uk/": "", "https://www.paper.co.uk/": "site=1",
		"https://www.herald.co.uk/": "", "http://feeds.paper.co.uk/last": "site=1; host=1",
	} {
		if got, asked := brought[url]; !asked || got != want {
			t.Errorf("%s got the cookies %q (asked: %v), want %q", url, got, asked, want)
		}
	}
}

// Redirects in a circle cost no more requests for the cookies they set.
func TestRedirectsInCircles(t *testing.T) {
	for name, to := range map[string]string{"to itself": "/feed", "there and back": "/other"} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				asked++
				http.SetCookie(w, &http.Cookie{Name: "n", Value: strings.Repeat("x", asked)})
				next := to
				if r.URL.Path == to {
					next = "/feed"
				}
				http.Redirect(w, r, next, http.StatusFound)
			})
			_, err := ask(t, fetch.Options{Private: loopback}, url+"/feed")
			if err == nil || !strings.Contains(err.Error(), "redirects again and again") || asked > 6 {
				t.Errorf("%d requests, then %v, want 6 at most and a clear word", asked, err)
			}
		})
	}
}
