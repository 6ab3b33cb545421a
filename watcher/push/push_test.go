package push_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A feed that names a hub is subscribed to, what the hub sends is stored once, and
// reading the feed beside it doubles nothing.
func TestPushed(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	d.wants(1, "pushed by 127.0.0.1, since ")
	form := h.subscribed()
	if form.Get("hub.mode") != "subscribe" || form.Get("hub.topic") != h.URL+"/feed" || form.Get("hub.lease_seconds") != "864000" {
		t.Errorf("asked for %v", form)
	}
	h.publish("Coup")
	body := h.document()
	for range 2 { // a hub that did not hear the answer sends it again
		if code := h.send(body, h.signature(body)); code != http.StatusNoContent {
			t.Errorf("what was sent was answered with %d", code)
		}
		d.wants(2, "pushed by ")
	}
	before := d.state()
	if before.LastRead.Equal(time.Time{}) || before.LastNew.Before(before.LastRead) || d.state().Push.Last.IsZero() {
		t.Errorf("the feed is %+v", before)
	}
	if err := d.db.SetFeeds(t.Context(), []news.Feed{{URL: h.URL + "/feed", Name: "Wire", Schedule: "@every 2h"}}); err != nil { // due at once
		t.Fatal(err)
	}
	d.read()
	if after := d.state(); !after.LastRead.After(before.LastRead) || after.Items != 2 {
		t.Errorf("read beside it, the feed has %d items, want 2 (read %v, then %v)", after.Items, before.LastRead, after.LastRead)
	}
	if strings.Contains(d.log.String(), form.Get("hub.secret")) || strings.Contains(d.log.String(), form.Get("hub.callback")) {
		t.Errorf("the log tells secrets: %s", d.log)
	}
}

// Only a signature by the secret makes it count, and who has none is not told.
func TestSignatures(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	secret := h.subscribed().Get("hub.secret")
	for _, tt := range []struct {
		name, header string
		signs        func(body string) string
		taken        bool
	}{
		{"sha256", "X-Hub-Signature", func(b string) string { return sign256(secret, b) }, true},
		{"sha1", "X-Hub-Signature", func(b string) string { return sign1(secret, b) }, true},
		{"in the other header", "X-Hub-Signature-256", func(b string) string { return sign256(secret, b) }, true},
		{"in capitals", "X-Hub-Signature", func(b string) string { return strings.ToUpper(sign256(secret, b)) }, true},
		{"by another secret", "X-Hub-Signature", func(b string) string { return sign256(secret+"x", b) }, false},
		{"of another body", "X-Hub-Signature", func(b string) string { return sign256(secret, b+" ") }, false},
		{"by no method", "X-Hub-Signature", func(b string) string { return "md5=" + sign256(secret, b)[7:] }, false},
		{"one digit short", "X-Hub-Signature", func(b string) string { s := sign256(secret, b); return s[:len(s)-2] }, false},
		{"empty", "X-Hub-Signature", func(string) string { return "sha256=" }, false},
		{"none", "X-Other", func(string) string { return "" }, false},
	} {
		h.publish("Coup " + tt.name)
		body := h.document()
		before := d.state().Items
		if code := h.send(body, map[string]string{tt.header: tt.signs(body)}); code != http.StatusNoContent {
			t.Errorf("%s: answered with %d", tt.name, code)
		}
		note := "pushed by 127.0.0.1, but: what came from the hub was not signed"
		if tt.taken {
			note = "pushed by 127.0.0.1, since"
		}
		if after := d.state(); after.Items > before != tt.taken || !strings.HasPrefix(after.PushNote(time.Now()), note) {
			t.Errorf("%s: taken %v, want %v; note %q", tt.name, after.Items > before, tt.taken, after.PushNote(time.Now()))
		}
	}
}

// What was sent before may be sent again by whoever saw it: it brings nothing back.
func TestReplay(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	h.publish("Coup feared")
	old := h.document()
	h.send(old, h.signature(old))
	h.set(func() { h.items[1] = "Coup fails" })
	if err := d.db.SetFeeds(t.Context(), []news.Feed{{URL: h.URL + "/feed", Name: "Wire", Schedule: "@every 2h"}}); err != nil {
		t.Fatal(err)
	}
	d.read()
	h.send(old, h.signature(old))
	items, err := d.db.ItemsByLink(t.Context(), "https://wire.example/1")
	if err != nil || len(items) != 1 || items[0].Title != "Coup fails" {
		t.Errorf("the item is %+v, %v, want the title of now", items, err)
	}
	d.wants(2, "pushed by")
}

// A hub is answered about what it was asked for, and nobody else is told anything.
func TestAskedBack(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	form := h.subscribed()
	is := func(name, value string) url.Values { return url.Values{"hub." + name: {value}} }
	for _, tt := range []struct {
		name    string
		changed url.Values
		want    int
	}{
		{"as it was asked", nil, http.StatusOK},
		{"another topic", is("topic", h.URL+"/other"), http.StatusNotFound},
		{"another mode", is("mode", "publish"), http.StatusNotFound},
		{"an end that nobody wants", is("mode", "unsubscribe"), http.StatusNotFound},
		{"no challenge", is("challenge", ""), http.StatusNotFound},
		{"a long challenge", is("challenge", strings.Repeat("x", 2000)), http.StatusNotFound},
		{"a challenge that is no text", is("challenge", "a\x00b"), http.StatusNotFound},
		{"no lease", is("lease_seconds", ""), http.StatusOK},
		{"a lease for ever", is("lease_seconds", "99999999999999999999"), http.StatusOK},
		{"a lease into the past", is("lease_seconds", "-5"), http.StatusOK},
	} {
		if code, body := h.askBack(form, tt.changed); code != tt.want || code == http.StatusOK && body != "a challenge" {
			t.Errorf("%s: %d %q, want %d", tt.name, code, body, tt.want)
		}
		if until := time.Until(d.state().Push.Until); until < 9*24*time.Hour || until > 31*24*time.Hour {
			t.Errorf("%s: the lease ends in %v", tt.name, until)
		}
	}
	guess := url.Values{"hub.callback": {form.Get("hub.callback") + "X"}, "hub.mode": {"subscribe"}, "hub.topic": form["hub.topic"]}
	if code, _ := h.askBack(guess, nil); code != http.StatusNotFound {
		t.Errorf("a guess was answered with %d", code)
	}
}

// Why a feed is not pushed is its note, and it is read as always.
func TestRefused(t *testing.T) {
	for _, tt := range []struct {
		name string
		does func(h *hub)
		note string
	}{
		{"a reason", func(h *hub) { h.status, h.says = http.StatusBadRequest, "no such topic" }, "not pushed: the hub 127.0.0.1 refuses the subscription: HTTP 400: no such topic"},
		{"a fault", func(h *hub) { h.status = http.StatusInternalServerError }, "not pushed: the hub 127.0.0.1 refuses the subscription: HTTP 500"},
		{"a redirect to a page", func(h *hub) { h.names = h.URL + "/elsewhere" }, "not pushed: the hub 127.0.0.1 refuses the subscription: HTTP 200"},
		{"a redirect to the hub", func(h *hub) { h.names = h.URL + "/moved" }, "pushed by 127.0.0.1"},
		{"another server here", func(h *hub) { h.names = "http://127.0.0.1:9/hub" }, "not pushed: the hub: it leads to an address that is not public"},
		{"a private network", func(h *hub) { h.names = "http://10.0.0.1/hub" }, "not pushed: the hub: it leads to an address that is not public"},
		{"the machines of a cloud", func(h *hub) { h.names = "http://169.254.169.254/latest" }, "not pushed: the hub: it leads to an address that is not public"},
		{"no web address", func(h *hub) { h.names = "file:///etc/passwd" }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHub(t)
			tt.does(h)
			newDesk(t, h).wants(1, tt.note)
		})
	}
}

// A hub that repeats what it was asked tells no secret to who sees the note.
func TestRefusedWithTheSecret(t *testing.T) {
	h := newHub(t)
	h.status, h.says, h.echoes = http.StatusForbidden, "no: ", true
	d := newDesk(t, h)
	d.wants(1, "not pushed: the hub 127.0.0.1 refuses the subscription: HTTP 403")
	if secret, note := h.subscribed().Get("hub.secret"), d.state().PushNote(time.Now())+d.log.String(); secret == "" || strings.Contains(note, secret[:20]) || strings.Contains(note, "no: ") {
		t.Errorf("told is %q", note)
	}
}

// A hub may say no at any time.
func TestDenied(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	code, _ := h.askBack(h.subscribed(), url.Values{"hub.mode": {"denied"}, "hub.reason": {"too\nmany <b>readers"}})
	if code != http.StatusOK {
		t.Errorf("answered with %d", code)
	}
	d.wants(1, "not pushed: the hub denies the subscription: too many <b>readers")
}

// A feed that leaves the rules is unsubscribed from, and nothing more is taken.
func TestUnsubscribed(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	d.rules = &rules{}
	d.read()
	if form := h.last("unsubscribe"); form.Get("hub.callback") != h.subscribed().Get("hub.callback") || form.Get("hub.topic") != h.URL+"/feed" {
		t.Errorf("unsubscribed by %v", form)
	}
	h.publish("Coup")
	body := h.document()
	if code := h.send(body, h.signature(body)); code != http.StatusGone {
		t.Errorf("what was sent afterwards was answered with %d", code)
	}
}

// Of bodies that are too large, compressed, or that nobody asked for nothing is
// kept, and the hub is told; what is no feed is passed over.
func TestBodies(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	huge := strings.Repeat("x", 21<<20)
	for _, tt := range []struct {
		name, body string
		header     map[string]string
		want       int
		note       string
	}{
		{"too large", huge, nil, http.StatusRequestEntityTooLarge, "pushed by 127.0.0.1, since"},
		{"compressed", "x", map[string]string{"Content-Encoding": "gzip"}, http.StatusUnsupportedMediaType, "pushed by 127.0.0.1, since"},
		{"no feed", "<html>", h.signature("<html>"), http.StatusNoContent, "pushed by 127.0.0.1, but: the hub sent what is no feed: this is a web page"},
		{"empty", "", h.signature(""), http.StatusNoContent, "pushed by 127.0.0.1, but: the hub sent what is no feed: the answer is empty"},
	} {
		if code := h.send(tt.body, tt.header); code != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, code, tt.want)
		}
		d.wants(1, tt.note)
	}
	req, _ := http.NewRequest(http.MethodPut, h.subscribed().Get("hub.callback"), nil)
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %+v, %v", resp, err)
	}
}

// What could not be recorded is to be sent again.
func TestNotRecorded(t *testing.T) {
	h := newHub(t)
	d := newDesk(t, h)
	h.publish("Coup")
	body := h.document()
	d.db.Close()
	if code := h.send(body, h.signature(body)); code != http.StatusServiceUnavailable {
		t.Errorf("answered with %d, want 503", code)
	}
}
