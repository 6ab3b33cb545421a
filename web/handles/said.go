package handles

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Said keeps for a while what was done, so that the page that follows a form says it:
// under a key that nobody guesses, for a text in the address could be anybody's. The
// zero value is empty. It is safe for concurrent use. What is lost as the program
// ends was done all the same.
type said struct {
	mu    sync.Mutex
	texts map[string]string
	keys  []string // in the order in which they came
}

// doneKey names the value of an address under which what was done is asked for.
const doneKey = "done"

// mostSaid is how many texts are kept.
const mostSaid = 500

// carry returns the address of a page that says text.
func (s *said) carry(to, text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts == nil {
		s.texts = map[string]string{}
	}
	key := rand.Text()
	s.texts[key], s.keys = text, append(s.keys, key)
	if len(s.keys) > mostSaid {
		delete(s.texts, s.keys[0])
		s.keys = s.keys[1:]
	}
	sign := "?"
	if strings.Contains(to, "?") {
		sign = "&"
	}
	path, fragment, _ := strings.Cut(to, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	return path + sign + doneKey + "=" + url.QueryEscape(key) + fragment
}

// of returns what was done before a page was asked for, "" for nothing.
func (s *said) of(r *http.Request) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.texts[r.FormValue(doneKey)]
}
