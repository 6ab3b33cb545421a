package push_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/push"
)

// A hub is a server with a feed, at /feed, and a hub for it, at /hub, which does as
// the Recommendation has it unless it is told otherwise.
type hub struct {
	*httptest.Server
	t testing.TB

	mu     sync.Mutex
	items  []string     // titles
	names  string       // the hub that the feed names; /hub if empty
	status int          // with which it answers requests; 202 if zero
	says   string       // what it says then
	echoes bool         // it says what it was asked besides
	asked  []url.Values // the requests that came
	silent bool         // it does not ask back
}

func newHub(t testing.TB) *hub {
	h := &hub{t: t, items: []string{"Rain"}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /feed", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(w, h.document())
	})
	mux.HandleFunc("POST /hub", h.ask)
	mux.HandleFunc("POST /moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/hub", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("POST /elsewhere", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/feed", http.StatusSeeOther) })
	h.Server = httptest.NewServer(mux)
	t.Cleanup(h.Close)
	return h
}

// document returns the feed as it is now.
func (h *hub) document() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := h.names
	if at == "" {
		at = h.URL + "/hub"
	}
	return feedOf(at, h.URL+"/feed", h.items...)
}

func feedOf(hub, self string, titles ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Wire</title>
		<atom:link rel="hub" href="%s"/><atom:link rel="self" href="%s"/>`, hub, self)
	for i, title := range titles {
		fmt.Fprintf(&b, "<item><guid>g%d</guid><title>%s</title><link>https://wire.example/%d</link></item>", i, title, i)
	}
	return b.String() + "</channel></rss>"
}

// publish adds an item to the feed.
func (h *hub) publish(title string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items = append(h.items, title)
}

// set changes how the hub does.
func (h *hub) set(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
}

// ask takes a request, and asks back before it answers, as a hub may.
func (h *hub) ask(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	h.mu.Lock()
	h.asked = append(h.asked, r.PostForm)
	status, says, silent := h.status, h.says, h.silent
	if h.echoes {
		says += r.PostForm.Encode()
	}
	h.mu.Unlock()
	if status != 0 {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, says)
		return
	}
	if !silent {
		if code, body := h.askBack(r.PostForm, nil); code != http.StatusOK || body != "a challenge" {
			h.t.Errorf("asked back, the subscriber answered %d %q", code, body)
		}
	}
	w.WriteHeader(http.StatusAccepted)
}

// askBack asks whether a request was meant, with some parameters changed, and returns
// what is answered.
func (h *hub) askBack(form url.Values, changed url.Values) (code int, body string) {
	q := url.Values{
		"hub.mode": {form.Get("hub.mode")}, "hub.topic": {form.Get("hub.topic")},
		"hub.challenge": {"a challenge"}, "hub.lease_seconds": {form.Get("hub.lease_seconds")},
	}
	for name, values := range changed {
		q[name] = values
	}
	resp, err := http.Get(form.Get("hub.callback") + "?" + q.Encode())
	if err != nil {
		h.t.Error(err)
		return 0, ""
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	if resp.StatusCode == http.StatusOK && (resp.Header.Get("Content-Type") != "application/octet-stream" || resp.Header.Get("X-Content-Type-Options") != "nosniff") {
		h.t.Errorf("the challenge comes as %q %q, which a browser may run", resp.Header.Get("Content-Type"), resp.Header.Get("X-Content-Type-Options"))
	}
	return resp.StatusCode, string(b)
}

// last returns the last request that came of a mode.
func (h *hub) last(mode string) url.Values {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, form := range slices.Backward(h.asked) {
		if form.Get("hub.mode") == mode {
			return form
		}
	}
	h.t.Fatalf("the hub was not asked to %s", mode)
	return nil
}

// subscribed returns the last request for a subscription.
func (h *hub) subscribed() url.Values { return h.last("subscribe") }

// send sends a body as it is signed, and returns the status of the answer.
func (h *hub) send(body string, header map[string]string) int {
	h.t.Helper()
	req, err := http.NewRequest(http.MethodPost, h.subscribed().Get("hub.callback"), strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/rss+xml")
	for name, value := range header {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// signature returns the header by which a body is signed.
func (h *hub) signature(body string) map[string]string {
	return map[string]string{"X-Hub-Signature": sign256(h.subscribed().Get("hub.secret"), body)}
}

func sign256(secret, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func sign1(secret, body string) string {
	mac := hmac.New(sha1.New, []byte(secret))
	mac.Write([]byte(body))
	return "sha1=" + hex.EncodeToString(mac.Sum(nil))
}

// rules have feeds and match nothing.
type rules struct{ feeds []news.Feed }

func (r *rules) Feeds() []news.Feed                  { return r.feeds }
func (r *rules) Policy() news.Policy                 { return news.Policy{} }
func (r *rules) Match(news.Item) (news.Report, bool) { return news.Report{}, false }

// A desk is a coupwatch that reads a feed and is pushed it.
type desk struct {
	t     testing.TB
	db    *store.DB
	rules *rules
	watch *watcher.Watcher
	hubs  *push.Subscriber
	log   *strings.Builder
}

// newDesk returns a desk that has read the feed of a hub.
func newDesk(t testing.TB, h *hub) *desk {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	d := &desk{t: t, db: db, rules: &rules{[]news.Feed{{URL: h.URL + "/feed", Name: "Wire", Schedule: "@every 1h"}}}, log: &strings.Builder{}}
	network := fetch.New(fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: 5 * time.Second})
	log := slog.New(slog.NewTextHandler(d.log, nil))
	d.watch = watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return d.rules }, Fetch: network, Store: db, Health: db, Log: log,
		Decide: func(news.Policy, time.Time) news.Decider { return nil },
	})
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.hubs.ServeHTTP(w, r) }))
	t.Cleanup(door.Close)
	d.hubs = push.New(push.Options{Base: door.URL, Store: db, Network: network, Reader: d.watch, Log: log})
	d.read()
	return d
}

// read reads the feed if it is due, and asks hubs what is to be asked.
func (d *desk) read() {
	d.t.Helper()
	if err := d.watch.Round(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.ask()
}

func (d *desk) ask() {
	d.t.Helper()
	if err := d.hubs.Ask(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// state returns how the feed is.
func (d *desk) state() news.FeedState {
	d.t.Helper()
	feeds, err := d.db.Feeds(d.t.Context())
	if err != nil || len(feeds) != 1 {
		d.t.Fatalf("%d feeds, %v", len(feeds), err)
	}
	return feeds[0]
}

// wants fails unless so many items of the feed are stored, and what is said of how it
// is pushed begins so.
func (d *desk) wants(items int, note string) {
	d.t.Helper()
	f := d.state()
	if got := f.PushNote(time.Now()); f.Items != items || !strings.HasPrefix(got, note) {
		d.t.Errorf("%d items, note %q, want %d and %q…", f.Items, got, items, note)
	}
}
