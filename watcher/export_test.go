package watcher

import (
	"net/http"
	"time"
)

// What the tests look at from outside.
var (
	NextAt     = nextAt
	RetryAfter = retryAfter
)

// ParseFor reads doc for no longer than limit.
func ParseFor(doc []byte, limit time.Duration) error {
	m, err := markup(doc)
	if err == nil {
		_, err = parseXML(m, limit)
	}
	return err
}

// Over makes h ask t instead of the network.
func (h *HTTP) Over(t http.RoundTripper) { h.client.Transport = t }
