package webhook_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/internal/notifytest"
	"github.com/coupwatch/coupwatch/notify/webhook"
)

func TestWebhookPostsSignedCloudEvents(t *testing.T) {
	const key = "s3cret"
	var bodies [][]byte
	var headers []http.Header
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		bodies, headers = append(bodies, b), append(headers, r.Header)
	}))
	defer srv.Close()
	w, err := webhook.New(srv.URL, key)
	if err != nil {
		t.Fatal(err)
	}
	grown := notifytest.Follow(news.Refresh, "")
	grown.Story.Origins = []news.Origin{{Name: "Captain Diallo", Via: []string{"Sahel Courier"}, Reports: 9}}
	grown.Story.Rule = "mutiny"
	for i, a := range append(notifytest.Alerts(), notifytest.Follow(news.Update, "C1:1.1"), grown) {
		if _, err := w.Notify(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		var got struct {
			SpecVersion, ID, Source, Type string
			Data                          map[string]any
		}
		if err := json.Unmarshal(bodies[i], &got); err != nil {
			t.Fatal(err)
		}
		if got.SpecVersion != "1.0" || got.ID != a.ID || got.Source == "" || got.Type != "coupwatch.alert."+string(a.Kind) || got.Data["kind"] != string(a.Kind) {
			t.Errorf("got %+v for %s", got, a.ID)
		}
		if updates, _ := got.Data["updates"].([]any); len(updates) != len(a.Updates) {
			t.Errorf("%s tells of %d updates, want %d", a.ID, len(updates), len(a.Updates))
		}
		if ct := headers[i].Get("Content-Type"); !strings.HasPrefix(ct, "application/cloudevents+json") {
			t.Errorf("got content type %q", ct)
		}
		if a.Kind == news.Refresh && !strings.Contains(string(bodies[i]), `"origins":[{"name":"Captain Diallo","via":["Sahel Courier"],"reports":9}]`) {
			t.Errorf("got %s, want the origins as they are now", bodies[i])
		}
		if a.Kind == news.Refresh && !strings.Contains(string(bodies[i]), `"rule":"mutiny"`) {
			t.Errorf("got %s, want the rule for which the story is so grave", bodies[i])
		}
		stamp, signature, _ := strings.Cut(headers[i].Get("Coupwatch-Signature"), ",v1=")
		mac := hmac.New(sha256.New, []byte(key))
		io.WriteString(mac, strings.TrimPrefix(stamp, "t=")+".")
		mac.Write(bodies[i])
		if want := hex.EncodeToString(mac.Sum(nil)); signature != want {
			t.Errorf("got signature %q, want %q", signature, want)
		}
	}
}

func TestWebhookErrors(t *testing.T) {
	for _, c := range []struct {
		status int
		header string
		of     notifytest.Fate
		after  time.Duration
	}{
		{200, "", notifytest.Passing, 0},
		{204, "", notifytest.Passing, 0},
		{301, "", notifytest.OfChannel, 0},
		{400, "", notifytest.OfAlert, 0},
		{401, "", notifytest.OfChannel, 0},
		{410, "", notifytest.OfChannel, 0},
		{408, "", notifytest.Passing, 0},
		{500, "", notifytest.Passing, 0},
		{503, "120", notifytest.Passing, 2 * time.Minute},
		{429, "5", notifytest.Passing, 5 * time.Second},
		{429, "", notifytest.Passing, 30 * time.Second},
		{429, "99999999999999", notifytest.Passing, 24 * time.Hour},
		{429, "1000000", notifytest.Passing, 24 * time.Hour},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example")
			if c.header != "" {
				w.Header().Set("Retry-After", c.header)
			}
			w.WriteHeader(c.status)
		}))
		w, err := webhook.New(srv.URL, "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Notify(t.Context(), notifytest.Alerts()[0])
		srv.Close()
		if c.status < 300 {
			if err != nil {
				t.Errorf("%d: %v", c.status, err)
			}
			continue
		}
		notifytest.CheckError(t, err, c.of, c.after, http.StatusText(c.status))
	}
}

// Of webhooks it is seen whether their server is there; nothing is posted.
func TestWebhookCheck(t *testing.T) {
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + ln.Addr().String() + "/very-secret"
	check := func() string {
		w, err := webhook.New(address, "")
		if err != nil {
			t.Fatal(err)
		}
		return notifytest.Said(w.Check(t.Context(), "webhook"))
	}
	if got := check(); !strings.HasPrefix(got, "ok server 127.0.0.1: it can be reached") {
		t.Errorf("got %s", got)
	}
	ln.Close()
	if got := check(); !strings.HasPrefix(got, "WRONG server 127.0.0.1: ") || strings.Contains(got, "secret") {
		t.Errorf("got %s", got)
	}
}

func TestNoSecretLeaks(t *testing.T) {
	gone := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	w, err := webhook.New(gone.URL+"/very-secret-path?key=very-secret-key", "very-secret-hmac")
	if err != nil {
		t.Fatal(err)
	}
	notifytest.LeaksNoSecret(t, w, "very-secret")
	gone.Close() // and now nobody answers at all
	notifytest.LeaksNoSecret(t, w, "very-secret")
	for _, address := range []string{"very-secret", "ftp://very-secret", "smtp://very-secret@:x"} {
		if _, err := webhook.New(address, ""); err == nil || strings.Contains(err.Error(), "very") {
			t.Errorf("New(%q): got %v, want an error that does not show it", address, err)
		}
	}
}

// That a server was not reached, or did not answer, is said in words that its operator
// understands.
func TestWebhookUnreached(t *testing.T) {
	over := make(chan struct{})
	hangs := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-over }))
	defer hangs.Close()
	defer close(over)
	rude := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer rude.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for address, want := range map[string]string{
		hangs.URL: "webhook: the server did not answer in time",
		rude.URL:  "webhook: the server hung up",
		gone.URL:  "webhook: the server refuses connections; it may be down, or the address is wrong",
	} {
		w, err := webhook.New(address+"/secret", "")
		if err != nil {
			t.Fatal(err)
		}
		patience := 20 * time.Second
		if address == hangs.URL {
			patience = 100 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err = w.Notify(ctx, notifytest.Alerts()[0])
		cancel()
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
