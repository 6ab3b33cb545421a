package web

import (
	"context"
	"net/http"
	"time"

	"github.com/coupwatch/coupwatch/internal/span"
)

// Served is told of an answer: by which pattern of the page's doors it was found, such
// as "GET /story/{id}", or "" if the gate let nobody in; its code, and how long it took.
// It is called at any time by many.
type Served func(pattern string, code int, took time.Duration)

// patternKey is that of where routed leaves the pattern: what stands between replaces
// the request, and with it what the doors noted there.
type patternKey struct{}

// watched tells of each answer of h.
func (s site) watched(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, page := span.Begin(r.Context(), "page")
		defer page.End()
		began, pattern, answer := time.Now(), "", &coded{ResponseWriter: w, code: http.StatusOK}
		h.ServeHTTP(answer, r.WithContext(context.WithValue(ctx, patternKey{}, &pattern)))
		if pattern != "" {
			page.Rename(pattern)
		}
		page.Number("http.response.status_code", answer.code)
		if answer.code >= http.StatusInternalServerError {
			page.Fail(http.StatusText(answer.code))
		}
		if s.served != nil {
			s.served(pattern, answer.code, time.Since(began))
		}
	})
}

// routed hands on to the doors, and leaves by which pattern they answered.
func routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r)
		if pattern, ok := r.Context().Value(patternKey{}).(*string); ok {
			*pattern = r.Pattern
		}
	})
}

// A coded answer keeps its code.
type coded struct {
	http.ResponseWriter
	code  int
	begun bool
}

// WriteHeader implements [http.ResponseWriter].
func (c *coded) WriteHeader(code int) {
	if !c.begun && code >= http.StatusOK { // what comes before is no answer
		c.code, c.begun = code, true
	}
	c.ResponseWriter.WriteHeader(code)
}

// Write implements [http.ResponseWriter].
func (c *coded) Write(b []byte) (int, error) {
	c.begun = true
	return c.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (c *coded) Unwrap() http.ResponseWriter { return c.ResponseWriter }
