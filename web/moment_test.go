package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/gate"
)

// A counting desk counts for how many pages it was asked.
type counting struct {
	desk
	asked *int
}

func (c counting) Untold(ctx context.Context) (map[string]string, error) {
	*c.asked++
	return c.desk.Untold(ctx)
}

// The list of a moment is made once for all, and each reader has their own name, token
// and forms around it, and the views that are saved now.
func TestReadersShareLists(t *testing.T) {
	d, asked := crowd(9, now), 0
	*d.kept = nil
	o := whole(d, web.State{})
	o.Archive = counting{d, &asked}
	o.Gate = func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			name := r.Header.Get("X-Name")
			role := map[bool]gate.Role{true: gate.Analyst, false: gate.Reader}[name == "ann"]
			visit := gate.Visit{Person: gate.Person{Name: name, Role: role}, Token: "t0ken-of-" + name, Note: func(context.Context, string) {}}
			h.ServeHTTP(w, r.WithContext(gate.With(r.Context(), visit)))
		})
	}
	h := web.Handler(o)
	ask := func(name, path string) string {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("X-Name", name)
		h.ServeHTTP(w, r)
		return w.Body.String()
	}
	const path = "/?country=ml"
	ann, ben := ask("ann", path), ask("ben", path)
	if asked != 1 {
		t.Errorf("the list was made %d times for two at once", asked)
	}
	if !strings.Contains(ann, ">ann<") || !strings.Contains(ann, "t0ken-of-ann") || strings.Contains(ann, "ben") {
		t.Errorf("ann's page:\n%s", ann)
	}
	if !strings.Contains(ben, ">ben<") || strings.Contains(ben, "t0ken") || strings.Contains(ben, "ann<") {
		t.Errorf("ben's page:\n%s", ben)
	}
	for _, page := range []string{ann, ben} {
		if strings.Count(page, "<article") == 0 || !strings.Contains(page, `id="filters"`) || !strings.Contains(page, `id="glance"`) {
			t.Errorf("the list is not there:\n%s", page)
		}
	}
	*d.kept = append(*d.kept, news.View{Name: "My Mali", Query: "country=ml", By: "ann"})
	if ben := ask("ben", path); !strings.Contains(ben, "My Mali") || asked != 1 {
		t.Errorf("what was saved a moment ago is not there, or the list was made anew (%d)", asked)
	}
	if all := ask("ben", "/"); strings.Count(all, "<article") <= strings.Count(ben, "<article") || asked != 2 {
		t.Errorf("who asks for all has %d stories, who asks for Mali %d; made %d times", strings.Count(all, "<article"), strings.Count(ben, "<article"), asked)
	}
}
