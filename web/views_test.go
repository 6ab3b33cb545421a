package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/gate"
)

// What analysts keep under a name is listed for all, marked where it is shown, and
// removed again; who only reads is offered no form, and none is taken from them.
func TestSavedViews(t *testing.T) {
	d := crowd(9, now)
	*d.kept = nil
	var noted []string
	ask := func(role gate.Role, path string, form url.Values) *httptest.ResponseRecorder {
		o := whole(d, web.State{})
		o.Gate = func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				visit := gate.Visit{Person: gate.Person{Name: "ann", Role: role}, Token: "t0ken", Note: func(_ context.Context, what string) { noted = append(noted, what) }}
				h.ServeHTTP(w, r.WithContext(gate.With(r.Context(), visit)))
			})
		}
		r := httptest.NewRequest(http.MethodGet, path, nil)
		if form != nil {
			r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		web.Handler(o).ServeHTTP(w, r)
		return w
	}
	form := func(name, query string) url.Values {
		return url.Values{gate.Field: {"t0ken"}, "name": {name}, "query": {query}}
	}
	if body := ask(gate.Analyst, "/", nil).Body.String(); strings.Contains(body, `action="/views"`) || !strings.Contains(body, "keep that here under a name") {
		t.Error("what is not filtered is to be kept")
	}
	if body := ask(gate.Analyst, "/?country=ML", nil).Body.String(); !strings.Contains(body, `action="/views"`) || !strings.Contains(body, `name="query" value="?country=ml"`) {
		t.Errorf("what is filtered cannot be kept:\n%s", body)
	}
	w := ask(gate.Analyst, "/views", form("  My   Mali ", "?country=ML&page=2"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/?country=ml" || len(*d.kept) != 1 || len(noted) != 1 {
		t.Fatalf("%d to %s, kept %+v, noted %v", w.Code, w.Header().Get("Location"), *d.kept, noted)
	}
	if v := (*d.kept)[0]; v.Name != "My Mali" || v.Query != "country=ml" || v.By != "ann" || v.At.IsZero() {
		t.Errorf("kept %+v", v)
	}
	for path, marked := range map[string]bool{"/": false, "/?country=ml": true, "/?country=ne": false} {
		body := ask(gate.Reader, path, nil).Body.String()
		if !strings.Contains(body, `<a href="/?country=ml"`) || strings.Contains(body, `aria-current="true" title="saved by ann"><bdi>My Mali`) != marked || strings.Contains(body, `action="/views`) {
			t.Errorf("%s for a reader: want marked %v\n%s", path, marked, body)
		}
	}
	for what, w := range map[string]*httptest.ResponseRecorder{
		"a reader saves":    ask(gate.Reader, "/views", form("x", "")),
		"a reader removes":  ask(gate.Reader, "/views/drop", form("My Mali", "")),
		"without the token": ask(gate.Analyst, "/views/drop", url.Values{"name": {"My Mali"}}),
		"without a name":    ask(gate.Analyst, "/views", form(" ", "country=ml")),
		"a wrong filter":    ask(gate.Analyst, "/views", form("x", "severity=hgh")),
	} {
		if w.Code < 400 || len(*d.kept) != 1 || len(noted) != 1 {
			t.Errorf("%s: %d, kept %+v, noted %v", what, w.Code, *d.kept, noted)
		}
	}
	*d.kept = append(*d.kept, make([]news.View, 4)...)
	if w := ask(gate.Analyst, "/views", form("x", "country=ml")); w.Code != http.StatusConflict || len(*d.kept) != 5 {
		t.Errorf("too many: %d", w.Code)
	}
	w = ask(gate.Analyst, "/views/drop", form("My Mali", "?country=ne"))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/?country=ne" || len(*d.kept) != 4 || len(noted) != 2 {
		t.Errorf("removed: %d to %s, kept %+v, noted %v", w.Code, w.Header().Get("Location"), *d.kept, noted)
	}
}
