package gate_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/web/gate"
)

// TestAnalysts says who may change something, and how.
func TestAnalysts(t *testing.T) {
	analyst := gate.Visit{Person: gate.Person{Name: "ana", Role: gate.Analyst}, Token: "right"}
	reader := gate.Visit{Person: gate.Person{Name: "rea", Role: gate.Reader}, Token: "right"}
	form := func(token string) *http.Request {
		r := httptest.NewRequest("POST", "/mutes", strings.NewReader(url.Values{gate.Field: {token}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return r
	}
	script := httptest.NewRequest("POST", "/mutes", nil)
	script.Header.Set(gate.Header, "right")
	elsewhere := form("right")
	elsewhere.Header.Set("Sec-Fetch-Site", "cross-site")
	for name, c := range map[string]struct {
		visit gate.Visit
		r     *http.Request
		want  int
	}{
		"an analyst looks":            {analyst, httptest.NewRequest("GET", "/bench", nil), 200},
		"an analyst changes":          {analyst, form("right"), 200},
		"a script of an analyst":      {analyst, script, 200},
		"a form without the token":    {analyst, form(""), 403},
		"a form with another's token": {analyst, form("wrong"), 403},
		"a form of another site":      {analyst, elsewhere, 403},
		"a reader changes":            {reader, form("right"), 403},
		"nobody changes":              {gate.Visit{}, form(""), 403},
	} {
		t.Run(name, func(t *testing.T) {
			w := httptest.NewRecorder()
			h := gate.Analysts(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
			h.ServeHTTP(w, c.r.WithContext(gate.With(c.r.Context(), c.visit)))
			if w.Code != c.want {
				t.Errorf("is answered %d, want %d: %s", w.Code, c.want, w.Body)
			}
		})
	}
}

// Who may not do something hears it on a page, with who they are; a program hears it as
// text.
func TestRefused(t *testing.T) {
	for accept, want := range map[string]string{"text/html,*/*": "a page: ", "*/*": ""} {
		v := gate.Visit{Person: gate.Person{Name: "rea", Role: gate.Reader}, Token: "right", Refuse: func(w http.ResponseWriter, _ *http.Request, says string) {
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte("a page: " + says))
		}}
		r := httptest.NewRequest("POST", "/mutes", nil)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		gate.Analysts(http.NotFoundHandler()).ServeHTTP(w, r.WithContext(gate.With(r.Context(), v)))
		want += "Only analysts may do this. You are known as rea, a reader; whoever runs coupwatch can change that."
		if got := strings.TrimSpace(w.Body.String()); w.Code != http.StatusForbidden || got != want {
			t.Errorf("who takes %s is answered %d %q, want %q", accept, w.Code, got, want)
		}
	}
}

// TestNote keeps what was changed, where somebody keeps it.
func TestNote(t *testing.T) {
	gate.Note(t.Context(), "nobody hears this")
	var kept []string
	v := gate.Visit{Note: func(_ context.Context, what string) { kept = append(kept, what) }}
	if gate.Note(gate.With(t.Context(), v), "muted a story"); len(kept) != 1 {
		t.Errorf("kept %q", kept)
	}
}

// TestLocal: who reaches a page of this machine may change what it shows.
func TestLocal(t *testing.T) {
	var p gate.Person
	var token string
	h := gate.Local(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { p, token = gate.Of(r.Context()), gate.Token(r.Context()) }))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if !p.May(gate.Analyst) || token == "" {
		t.Errorf("%v with token %q comes in", p, token)
	}
}
