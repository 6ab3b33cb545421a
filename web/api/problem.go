package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// A problem is why something is not answered, as RFC 9457 has it.
type problem struct {
	code   int
	detail string // a sentence for people
}

func (p problem) Error() string { return p.detail }

// wrong returns the problem that what is asked for is not written as it should be.
func wrong(format string, args ...any) error {
	return problem{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// unknown returns the problem that something is not there.
func unknown(format string, args ...any) error {
	return problem{http.StatusNotFound, fmt.Sprintf(format, args...)}
}

// fail answers with a problem. What else went wrong is for the log: the reader learns
// that it did.
func (a *API) fail(w http.ResponseWriter, r *http.Request, err error) {
	var p problem
	if refused := Refusal(""); errors.As(err, &refused) {
		err = problem{http.StatusUnprocessableEntity, string(refused)}
	}
	if !errors.As(err, &p) {
		if r.Context().Err() != nil { // the reader has gone
			return
		}
		a.log.Error("not answered", "path", r.URL.Path, "err", err)
		p = problem{http.StatusServiceUnavailable, "the database does not answer; see the log"}
	}
	body, _ := json.Marshal(struct { // of strings and numbers, it cannot fail
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{"about:blank", http.StatusText(p.code), p.code, p.detail})
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.code)
	_, _ = w.Write(append(body, '\n')) // the reader has gone; nobody is left to tell
}
