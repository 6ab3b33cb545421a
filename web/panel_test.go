package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/gate"
)

// The page of a story has a way to take each report out of it for analysts, and what
// people said of it for all; a story that goes on in another has no handles.
func TestPanel(t *testing.T) {
	s := sample(now)
	items := sampleItems(now)
	for i := range items {
		items[i].ID = "item" + string(rune('0'+i))
	}
	ended := s
	ended.ID, ended.Into = "0ld", news.Reference{ID: s.ID, Headline: "It goes on"}
	options := whole(records{archive{stories: []news.Story{s, ended}}, items}, web.State{})
	for _, c := range []struct {
		role       gate.Role
		path       string
		outs, says int // ways to take a report out, and parts with what people said
	}{
		{gate.Reader, "/story/" + s.ID, 0, 1},
		{gate.Analyst, "/story/" + s.ID, len(items), 1},
		{gate.Analyst, "/story/0ld", 0, 1},
		{gate.Analyst, "/story/" + s.ID + ".md", 0, 0},
	} {
		options.Gate = func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h.ServeHTTP(w, r.WithContext(gate.With(r.Context(), gate.Visit{Person: gate.Person{Name: "ada", Role: c.role}, Token: "t"})))
			})
		}
		w := httptest.NewRecorder()
		web.Handler(options).ServeHTTP(w, httptest.NewRequest("GET", c.path, nil))
		page := w.Body.String()
		outs, says := strings.Count(page, "/out?item=item"), strings.Count(page, `id="h-said"`)
		if w.Code != 200 || outs != c.outs || says != c.says || strings.Contains(page, `method="post"`) != (c.role == gate.Analyst && says > 0) {
			t.Errorf("%s for a %s: %d with %d ways and %d parts, want %d and %d", c.path, c.role, w.Code, outs, says, c.outs, c.says)
		}
	}
}
