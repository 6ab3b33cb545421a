package fetch_test

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A digestServer wants desk to log in by Digest, and keeps the Authorization headers
// that it got.
type digestServer struct {
	*httptest.Server
	algorithm string // "" for MD5 as in 1999, without qop
	got       []string
	conn      map[string]bool
}

var digestField = regexp.MustCompile(`(\w+)=(?:"([^"]*)"|([^,\s]*))`)

// right reports whether a header proves the password "p:ss" (RFC 7616, section 3.4).
func (d *digestServer) right(r *http.Request) bool {
	f := map[string]string{}
	for _, m := range digestField.FindAllStringSubmatch(r.Header.Get("Authorization"), -1) {
		f[m[1]] = m[2] + m[3]
	}
	h := func(parts ...string) string {
		of := sha256.New()
		if d.algorithm != "SHA-256" {
			of = md5.New()
		}
		of.Write([]byte(strings.Join(parts, ":")))
		return hex.EncodeToString(of.Sum(nil))
	}
	want := []string{h(f["username"], "the wire", "p:ss"), "n0nce", h(r.Method, r.URL.RequestURI())}
	if d.algorithm != "" {
		want = []string{want[0], want[1], f["nc"], f["cnonce"], f["qop"], want[2]}
	}
	return f["username"] == "desk" && f["response"] == h(want...) && f["uri"] == r.URL.RequestURI()
}

func newDigestServer(t *testing.T, algorithm string) *digestServer {
	d := &digestServer{algorithm: algorithm, conn: map[string]bool{}}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.got = append(d.got, r.Header.Get("Authorization"))
		d.conn[r.RemoteAddr] = true
		if d.right(r) {
			fmt.Fprint(w, "<rss/>")
			return
		}
		challenge := `Digest realm="the wire", nonce="n0nce", opaque="0paque"`
		if d.algorithm != "" {
			challenge += `, qop="auth, auth-int", algorithm=` + d.algorithm
		}
		w.Header().Add("WWW-Authenticate", `Bearer realm="other"`)
		w.Header().Add("WWW-Authenticate", challenge)
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, strings.Repeat("who are you? ", 100))
	}))
	t.Cleanup(d.Close)
	return d
}

func digestFeed(url, password string) news.FeedState {
	return news.FeedState{Feed: news.Feed{URL: url, Access: &news.Access{User: news.Value{Text: "desk"}, Password: news.Value{Text: news.Login(password)}, Digest: true}}}
}

func hereOnly() fetch.Options {
	return fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
}

// A login by Digest is proved, in whatever way the server wants, and never sent.
func TestDigest(t *testing.T) {
	for _, algorithm := range []string{"", "MD5", "SHA-256"} {
		d := newDigestServer(t, algorithm)
		h := fetch.New(hereOnly())
		a, err := h.Fetch(t.Context(), digestFeed(d.URL+"/feed?a=b%20c", "p:ss"))
		if err != nil || string(a.Data) != "<rss/>" {
			t.Errorf("%q: %q, %v", algorithm, a.Data, err)
		}
		a.Release()
		if len(d.got) != 2 || d.got[0] != "" || strings.Contains(d.got[1], "Basic") || len(d.conn) != 1 {
			t.Errorf("%q: asked with %q over %d connections, want once without and once with the proof", algorithm, d.got, len(d.conn))
		}
		_, err = h.Fetch(t.Context(), digestFeed(d.URL, "wrong"))
		if err == nil || !strings.Contains(err.Error(), "HTTP 401: the server refuses the login of this feed") || strings.Contains(err.Error(), "wrong") {
			t.Errorf("%q: with the wrong password %v", algorithm, err)
		}
	}
}

// Who sends the password to a server that wants a proof is told how to write it.
func TestBasicWhereDigestIsWanted(t *testing.T) {
	d := newDigestServer(t, "SHA-256")
	f := digestFeed(d.URL, "p:ss")
	f.Access.Digest = false
	_, err := fetch.New(hereOnly()).Fetch(t.Context(), f)
	if err == nil || !strings.Contains(err.Error(), "scheme: digest") {
		t.Errorf("says %v", err)
	}
}

// A wall wants everybody to log in by Digest, and keeps who did; with a Location for an
// address it sends on instead.
type wall struct {
	moved map[string]string
	asked []string // address and Authorization
}

// RoundTrip implements [http.RoundTripper].
func (w *wall) RoundTrip(r *http.Request) (*http.Response, error) {
	w.asked = append(w.asked, r.URL.String()+" "+r.Header.Get("Authorization"))
	resp := &http.Response{StatusCode: http.StatusUnauthorized, Header: http.Header{}, Body: http.NoBody, Request: r}
	resp.Header.Set("WWW-Authenticate", `Digest realm="the wire", nonce="n0nce", qop="auth"`)
	if to := w.moved[r.URL.String()]; to != "" {
		resp.StatusCode = http.StatusFound
		resp.Header.Set("Location", to)
	}
	return resp, nil
}

// Neither a server to which the feed's sends us on, nor the feed's own in clear, is
// given anything to try passwords on.
func TestDigestStaysAtHome(t *testing.T) {
	for _, to := range []string{"https://other.example/", "http://wire.example/", "https://wire.example:8443/"} {
		w := &wall{moved: map[string]string{"https://wire.example/": to}}
		h := fetch.New(fetch.Options{})
		h.Over(w)
		_, err := h.Fetch(t.Context(), digestFeed("https://wire.example/", "p:ss"))
		if want := []string{"https://wire.example/ ", to + " "}; err == nil || !slices.Equal(w.asked, want) {
			t.Errorf("%v: asked %q, want %q", err, w.asked, want)
		}
	}
	w := &wall{moved: map[string]string{"https://wire.example/": "/feed"}}
	h := fetch.New(fetch.Options{})
	h.Over(w)
	_, _ = h.Fetch(t.Context(), digestFeed("https://wire.example/", "p:ss"))
	if len(w.asked) != 3 || !strings.HasPrefix(w.asked[2], "https://wire.example/feed Digest ") {
		t.Errorf("asked %q, want a proof for /feed", w.asked)
	}
}
