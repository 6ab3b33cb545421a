package api

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/coupwatch/coupwatch/web/gate"
)

// Header is what a request that changes something has to have unless it comes with a
// key: a page of another site cannot send it in somebody's name, since a browser asks
// us first, and we do not allow it (Fetch standard, CORS-preflight).
const Header = "X-Coupwatch"

// none is an answer without a body.
type none struct{ code int }

// guarded answers a route for who may.
func (a *API) guarded(route route) http.Handler {
	answer := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := may(r); err != nil {
			a.fail(w, r, err)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		value, err := route.answer(r)
		if err != nil {
			a.fail(w, r, err)
			return
		}
		a.write(w, r, value)
	}))
	if route.method == http.MethodGet {
		return answer
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.fail(w, r, problem{http.StatusForbidden, "a page of another site may not change anything here"})
	}))
	return cross.Handler(answer)
}

// may reports as an error why who asks may not what is asked for.
func may(r *http.Request) error {
	who := gate.Of(r.Context())
	switch {
	case !who.May(gate.Reader):
		return problem{http.StatusUnauthorized, "log in, or send the key of a user: Authorization: Bearer KEY"}
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return nil
	case !who.May(gate.Analyst):
		return problem{http.StatusForbidden, "only analysts may change something, and " + who.Name + " is none"}
	case strings.HasPrefix(r.Header.Get("Authorization"), "Bearer ") || r.Header.Get(Header) != "":
		return nil
	case subtle.ConstantTimeCompare([]byte(r.Header.Get(gate.Header)), []byte(gate.Token(r.Context()))) == 1 && gate.Token(r.Context()) != "":
		return nil
	}
	return problem{http.StatusForbidden, "without a key the header " + Header + ": 1 is needed, so that no other site can change something in your name"}
}

// mostBody is how many bytes a request may have.
const mostBody = 64 << 10

// read reads the JSON of a request into v.
func read(r *http.Request, v any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil && d.More() {
		err = errors.New("something stands behind it")
	}
	if long := (*http.MaxBytesError)(nil); errors.As(err, &long) {
		return problem{http.StatusRequestEntityTooLarge, "the request is larger than 64 kB"}
	}
	if errors.Is(err, io.EOF) {
		return wrong("the request has no body; send JSON")
	}
	if err != nil {
		return wrong("the body is not the JSON that is expected: %v", err)
	}
	return nil
}

// write answers with a value.
func (a *API) write(w http.ResponseWriter, r *http.Request, value any) {
	w.Header().Set("Cache-Control", "no-cache")
	if n, is := value.(none); is {
		w.WriteHeader(n.code)
		return
	}
	body, err := json.Marshal(value)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(body, '\n')) // the reader has gone; nobody is left to tell
}
