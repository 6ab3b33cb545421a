package sheet_test

import (
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// TestRoom shows a page of a room: its tab, its files, and who is there.
func TestRoom(t *testing.T) {
	s := sheet.New(nil, slog.New(slog.DiscardHandler))
	s.AddFile("bench.js", []byte("1"))
	s.AddTab(sheet.Tab{Path: "/bench", Name: "Bench", Place: 50})
	s.AddTab(sheet.Tab{Path: "/", Name: "Now", Place: 10})
	pages := s.Pages(fstest.MapFS{"templates/bench.html": {Data: []byte(`{{template "top" .}}<body>{{template "nav" .}}{{if .Changes}}<form>{{template "csrf" .}}</form>{{end}}{{loud .Title}}`)}},
		map[string]any{"loud": strings.ToUpper})
	for role, form := range map[gate.Role]bool{gate.Reader: false, gate.Analyst: true} {
		r := httptest.NewRequest("GET", "/bench", nil)
		r = r.WithContext(gate.With(r.Context(), gate.Visit{Person: gate.Person{Name: "ana", Role: role}, Token: "tok<en"}))
		w := httptest.NewRecorder()
		f := s.Frame(r, "Bench <b>", "/bench")
		f.Scripts = []string{"bench.js"}
		pages.Show(w, "bench.html", 200, f)
		page := w.Body.String()
		if got := strings.Contains(page, `name="csrf" value="tok&lt;en"`); got != form {
			t.Errorf("a %s has a form: %v\n%s", role, got, page)
		}
		for _, want := range []string{`<a href="/bench" aria-current="page">`, `src="` + s.Asset("bench.js") + `"`, "BENCH &lt;B&gt;"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page has no %s:\n%s", want, page)
			}
		}
		if now, bench := strings.Index(page, ">Now<"), strings.Index(page, ">Bench<"); now < 0 || now > bench {
			t.Errorf("the tabs are not in the order of their places:\n%s", page)
		}
	}
}

// That there is nothing to show is told to people on a page, with the ways to others and
// nothing of what the database said.
func TestNothingToShow(t *testing.T) {
	s := sheet.New(nil, slog.New(slog.DiscardHandler))
	s.AddTab(sheet.Tab{Path: "/", Name: "Now", Place: 10})
	for accept, isPage := range map[string]bool{"text/html": true, "*/*": false} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		s.Down(w, r, errors.New("password hush refused"))
		body := w.Body.String()
		if w.Code != 503 || strings.Contains(body, "hush") || strings.Contains(body, `<a href="/"`) != isPage || !strings.Contains(body, "database does not answer") {
			t.Errorf("who takes %s is answered %d\n%s", accept, w.Code, body)
		}
	}
	w := httptest.NewRecorder()
	s.Refused(w, httptest.NewRequest("GET", "/", nil), "Only analysts <b>may</b>.")
	if body := w.Body.String(); w.Code != 403 || !strings.Contains(body, "<h1>Not allowed</h1>") || !strings.Contains(body, "Only analysts &lt;b&gt;may") {
		t.Errorf("who may not is answered %d\n%s", w.Code, body)
	}
}

// TestFiles: a file may be kept for ever under the address that changes with it, and
// under no other.
func TestFiles(t *testing.T) {
	s := sheet.New(nil, slog.New(slog.DiscardHandler))
	for name, c := range map[string]struct{ address, cache string }{
		"page.css": {s.Asset("page.css"), "public, max-age=31536000, immutable"},
		"page.js":  {"/static/page.js?v=old", "no-cache"},
		"none.js":  {"/static/none.js", ""},
	} {
		r := httptest.NewRequest("GET", c.address, nil)
		r.SetPathValue("name", name)
		w := httptest.NewRecorder()
		if s.ServeFile(w, r); w.Header().Get("Cache-Control") != c.cache {
			t.Errorf("%s is kept as %q (%d), want %q", c.address, w.Header().Get("Cache-Control"), w.Code, c.cache)
		}
	}
}

// TestNothing writes what could not be found, and no tag of it.
func TestNothing(t *testing.T) {
	s := sheet.New(nil, slog.New(slog.DiscardHandler))
	w := httptest.NewRecorder()
	s.Nothing(w, httptest.NewRequest("GET", "/x", nil), 404, "no <script>\u202e here")
	if page := w.Body.String(); w.Code != 404 || !strings.Contains(page, "no &lt;script&gt; here") {
		t.Errorf("%d: %s", w.Code, page)
	}
}
