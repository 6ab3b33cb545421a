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
	_, err := parse(doc, limit)
	return err
}

// ParseDate reads one date of a feed of which no other is known.
func ParseDate(s string) (time.Time, bool) { return ParseDates("", s) }

// ParseDates reads the first of the dates of a feed in language.
func ParseDates(language string, dates ...string) (time.Time, bool) {
	return newDateReader(dates, language, time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)).parse(dates[0])
}

// Over makes h ask t instead of the network.
func (h *HTTP) Over(t http.RoundTripper) { h.client.Transport = t }

// Decode decodes a document whose feed names no language.
func Decode(data []byte, contentType string) []byte { return decode(data, contentType, "") }
