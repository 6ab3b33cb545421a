package fetch_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/watcher/fetch"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"":                              0,
		"120":                           2 * time.Minute,
		"7200":                          2 * time.Hour,
		"Sat, 22 Aug 2026 13:00:00 GMT": time.Hour,
		"Sat, 22 Aug 1994 13:00:00 GMT": 0,
		"Sun, 22 Aug 2027 13:00:00 GMT": 24 * time.Hour,
		"99999999999999999999":          24 * time.Hour,
		"-5":                            0,
		"soon":                          0,
	} {
		if got := fetch.RetryAfter(header, now); got != want {
			t.Errorf("RetryAfter(%q) = %v, want %v", header, got, want)
		}
	}
}
