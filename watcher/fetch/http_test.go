package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// rss returns a feed with what is in its channel.
func rss(channel string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>` + channel + `</channel></rss>`
}

// serve returns the address of a server.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// ask asks for a feed that was never read.
func ask(t *testing.T, o fetch.Options, url string) (fetch.Answer, error) {
	t.Helper()
	return fetch.New(o).Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: url}})
}

func TestFetchConditionally(t *testing.T) {
	var asked []http.Header
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header)
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Sat, 22 Aug 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, rss(""))
	})
	h := fetch.New(fetch.Options{Private: loopback, UserAgent: "test"})
	f := news.FeedState{Feed: news.Feed{URL: url}}
	a, err := h.Fetch(t.Context(), f)
	if err != nil || a.NotModified || a.ETag != `"v1"` || len(a.Data) == 0 {
		t.Fatalf("first answer %+v, %v", a, err)
	}
	f.ETag, f.LastModified, f.LastRead = a.ETag, a.LastModified, time.Now()
	if a, err = h.Fetch(t.Context(), f); err != nil || !a.NotModified {
		t.Errorf("second answer %+v, %v, want not modified", a, err)
	}
	if got := asked[1].Get("If-Modified-Since"); got != f.LastModified {
		t.Errorf("If-Modified-Since %q, want %q", got, f.LastModified)
	}
	f.LastRead = time.Now().Add(-25 * time.Hour)
	if a, err = h.Fetch(t.Context(), f); err != nil || a.NotModified {
		t.Errorf("answer after a day %+v, %v, want the whole feed", a, err)
	}
	if asked[0].Get("User-Agent") != "test" || !strings.Contains(asked[0].Get("Accept"), "rss+xml") {
		t.Errorf("asked with %v", asked[0])
	}
}

func TestFetchTroubles(t *testing.T) {
	status := func(code int, header, value string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if header != "" {
				w.Header().Set(header, value)
			}
			w.WriteHeader(code)
		}
	}
	tests := []struct {
		name  string
		serve http.HandlerFunc
		want  string
		pace  pace.Kind
		after time.Duration
	}{
		{"gone", status(410, "", ""), "HTTP 410: the feed is gone; remove it from rules.yaml or find its new address", pace.Weekly, 0},
		{"forbidden", status(403, "", ""), "HTTP 403", pace.Slow, 0},
		{"too many", status(429, "Retry-After", "7200"), "HTTP 429", pace.Ordinary, 2 * time.Hour},
		{"down", status(503, "Retry-After", "garbage"), "HTTP 503", pace.Ordinary, 0},
		{"no content", status(204, "", ""), "HTTP 204: the answer is empty", pace.Ordinary, 0},
		{"unasked 304", status(304, "", ""), "HTTP 304", pace.Ordinary, 0},
		{"redirect to nowhere", status(302, "", ""), "HTTP 302: the server redirects to nowhere", pace.Ordinary, 0},
		{"loop", status(302, "Location", "/"), "redirects again and again", pace.Slow, 0},
		{"out of the web", status(302, "Location", "file:///etc/passwd"), "not on the web", pace.Slow, 0},
		{"odd compression", status(200, "Content-Encoding", "compress"), "was not asked for (compress)", pace.Ordinary, 0},
		{"lie about compression", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, rss(""))
		}, "says that it is compressed, but is not", pace.Ordinary, 0},
		{"too large", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 2<<20)) }, "larger than 1 MB", pace.Slow, 0},
		{"bomb", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			z.Write(make([]byte, 2<<20))
			z.Close()
		}, "larger than 1 MB", pace.Slow, 0},
		{"hang-up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "broke off the connection", pace.Ordinary, 0},
		{"silence", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "did not answer in full within 100ms", pace.Ordinary, 0},
		{"huge header", status(200, "X", strings.Repeat("x", 1<<20)), "could not be read", pace.Ordinary, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			timeout := 20 * time.Second
			if tt.name == "silence" {
				timeout = 100 * time.Millisecond
			}
			_, err := ask(t, fetch.Options{Private: loopback, MaxBytes: 1 << 20, Timeout: timeout}, serve(t, tt.serve))
			var trouble *fetch.Trouble
			if !errors.As(err, &trouble) || !strings.Contains(trouble.Text, tt.want) || trouble.Pace != tt.pace || trouble.After != tt.after {
				t.Errorf("trouble %+v, want %q, pace %d, after %v", err, tt.want, tt.pace, tt.after)
			}
			if len(err.Error()) > 200 || strings.Contains(err.Error(), "\n") {
				t.Errorf("trouble is not one short line: %q", err)
			}
		})
	}
}

func TestFetchUnreachable(t *testing.T) {
	closed := httptest.NewServer(nil)
	closed.Close()
	secure := httptest.NewUnstartedServer(nil)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	plain := serve(t, func(http.ResponseWriter, *http.Request) {})
	with := func(url string) string { return strings.Replace(url, "://", "://user:secret@", 1) }
	tests := []struct{ name, url, want string }{
		{"refused", with(closed.URL), "127.0.0.1 refuses connections"},
		{"certificate", with(secure.URL), "certificate of 127.0.0.1 is not valid"},
		{"no TLS", with(strings.Replace(plain, "http:", "https:", 1)), "try http instead of https"},
		{"no URL", "feed://user:secret@example.org/\x7f", "no http or https URL"},
		{"other scheme", with("ftp://example.org"), "no http or https URL"},
		{"private", with("http://10.255.255.1/"), "not public"},
		{"link-local", "http://[fe80::1]/", "not public"},
		{"metadata", "http://169.254.169.254/latest/", "not public"},
		{"translated", "http://[64:ff9b::7f00:1]/", "not public"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ask(t, fetch.Options{Private: loopback, Timeout: 5 * time.Second}, tt.url)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("trouble %v, want %q and no password", err, tt.want)
			}
		})
	}
}

// TestFetchGuard: the guard looks at the address that is dialled, and lets no
// redirect use what is allowed to rules.yaml.
func TestFetchGuard(t *testing.T) {
	reached := 0
	inside := serve(t, func(w http.ResponseWriter, r *http.Request) { reached++; io.WriteString(w, rss("")) })
	outside := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/home" {
			io.WriteString(w, rss(""))
			return
		}
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	if _, err := ask(t, fetch.Options{}, inside); err == nil || reached > 0 {
		t.Errorf("read from a loopback address that is not allowed: %v", err)
	}
	if _, err := ask(t, fetch.Options{Private: loopback}, inside); err != nil || reached != 1 {
		t.Errorf("not read from an allowed address: %v", err)
	}
	if _, err := ask(t, fetch.Options{Private: loopback}, outside+"/?to="+inside); err == nil || reached != 1 {
		t.Errorf("followed a redirect to another private address: %v", err)
	}
	if _, err := ask(t, fetch.Options{Private: loopback}, outside+"/?to=/home"); err != nil {
		t.Errorf("did not follow a redirect on the same server: %v", err)
	}
}

func TestFetchWhatBreaksOff(t *testing.T) {
	doc := rss(`<item><title>one</title></item><item><title>two</title></item>`)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, doc)
	z.Close()
	tests := []struct {
		name  string
		serve http.HandlerFunc
		cut   bool
	}{
		{"length too long", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(doc)+100))
			io.WriteString(w, doc)
		}, true},
		{"stall", func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, doc)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, true},
		{"compressed unasked", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml")
			w.Write(packed.Bytes())
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := ask(t, fetch.Options{Private: loopback, Timeout: time.Second}, serve(t, tt.serve))
			if err != nil || (a.Cut != nil) != tt.cut || string(a.Data) != doc {
				t.Errorf("cut %v, data %.40q, error %v, want cut %v", a.Cut, a.Data, err, tt.cut)
			}
		})
	}
}

func TestFetchLeavesLongValidators(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("ETag", strings.Repeat("x", 60_000)) })
	if a, err := ask(t, fetch.Options{Private: loopback}, url); err != nil || a.ETag != "" {
		t.Errorf("ETag of %d bytes, error %v, want none", len(a.ETag), err)
	}
}

func TestFetchCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	_, err := fetch.New(fetch.Options{Private: loopback}).Fetch(ctx, news.FeedState{Feed: news.Feed{URL: url}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v: it is no trouble of the feed", err, context.Canceled)
	}
}

// A date without an ETag says nothing about what happens later in its second.
func TestFreshLastModifiedIsNotSentBack(t *testing.T) {
	for age, want := range map[time.Duration]bool{0: false, time.Hour: true} {
		modified := time.Now().Add(-age).UTC().Format(http.TimeFormat)
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Last-Modified", modified)
			_, _ = w.Write([]byte("<rss><channel></channel></rss>"))
		}))
		a, err := fetch.New(fetch.Options{Private: loopback}).Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: srv.URL}})
		srv.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := a.LastModified != ""; got != want {
			t.Errorf("a feed changed %v ago: its date is kept: %v, want %v", age, got, want)
		}
	}
}
