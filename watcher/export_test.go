package watcher

import "time"

// What the tests look at from outside.
var (
	ParseDate  = parseDate
	NextAt     = nextAt
	RetryAfter = retryAfter
	Decode     = decode
)

// ParseFor reads doc for no longer than limit.
func ParseFor(doc []byte, limit time.Duration) error {
	_, err := parse(doc, limit)
	return err
}
