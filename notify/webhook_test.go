package notify_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
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
	w, err := notify.NewWebhook(srv.URL, key)
	if err != nil {
		t.Fatal(err)
	}
	grown := follow(news.Refresh, "")
	grown.Story.Origins = []news.Origin{{Name: "Captain Diallo", Via: []string{"Sahel Courier"}, Reports: 9}}
	grown.Story.Rule = "mutiny"
	for i, a := range append(alerts(), follow(news.Update, "C1:1.1"), grown) {
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
		of     fate
		after  time.Duration
	}{
		{200, "", passing, 0},
		{204, "", passing, 0},
		{301, "", ofChannel, 0},
		{400, "", ofAlert, 0},
		{401, "", ofChannel, 0},
		{410, "", ofChannel, 0},
		{408, "", passing, 0},
		{500, "", passing, 0},
		{503, "120", passing, 2 * time.Minute},
		{429, "5", passing, 5 * time.Second},
		{429, "", passing, 30 * time.Second},
		{429, "99999999999999", passing, 24 * time.Hour},
		{429, "1000000", passing, 24 * time.Hour},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://elsewhere.example")
			if c.header != "" {
				w.Header().Set("Retry-After", c.header)
			}
			w.WriteHeader(c.status)
		}))
		w, err := notify.NewWebhook(srv.URL, "")
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Notify(t.Context(), alerts()[0])
		srv.Close()
		if c.status < 300 {
			if err != nil {
				t.Errorf("%d: %v", c.status, err)
			}
			continue
		}
		checkError(t, err, c.of, c.after, http.StatusText(c.status))
	}
}
