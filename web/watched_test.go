package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/web"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// Each answer is told by the pattern that found it, not by its address, also where the
// gate replaces the request, and one that the gate refuses by none.
func TestServedIsTold(t *testing.T) {
	type answer struct {
		pattern string
		code    int
	}
	var told []answer
	h := web.Handler(web.Options{
		Archive: archive{}, State: func() web.State { return web.State{} }, Log: quiet,
		Served: func(pattern string, code int, took time.Duration) {
			if took < 0 {
				t.Errorf("%s took %v", pattern, took)
			}
			told = append(told, answer{pattern, code})
		},
		Rooms: []sheet.Door{{Pattern: "POST /mute", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/", http.StatusSeeOther)
		})}},
		Gate: func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/wall" {
					http.Error(w, "who are you?", http.StatusUnauthorized)
					return
				}
				h.ServeHTTP(w, r.WithContext(t.Context()).WithContext(r.Context()))
			})
		},
	})
	for _, tt := range []struct {
		method, path string
		want         answer
	}{
		{http.MethodGet, "/", answer{"GET /{$}", 200}},
		{http.MethodGet, "/story/s-1", answer{"GET /story/{id}", 404}},
		{http.MethodHead, "/healthz", answer{"GET /healthz", 200}},
		{http.MethodPost, "/mute", answer{"POST /mute", 303}},
		{http.MethodGet, "/nowhere/at/all", answer{"GET /", 404}},
		{http.MethodGet, "/wall", answer{"", 401}},
	} {
		told = nil
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), tt.method, tt.path, nil))
		if len(told) != 1 || told[0] != tt.want {
			t.Errorf("%s %s: told %v, want %v", tt.method, tt.path, told, tt.want)
		}
	}
}
