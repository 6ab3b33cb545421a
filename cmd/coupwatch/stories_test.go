package main

import (
	"testing"
	"time"
)

func TestParseSince(t *testing.T) {
	now := time.Date(2026, 8, 22, 10, 0, 0, 0, time.UTC)
	for value, want := range map[string]string{
		"30d": "2026-07-23T10:00:00Z", "2w": "2026-08-08T10:00:00Z", "36h": "2026-08-20T22:00:00Z", "2026-08-20": "2026-08-20T00:00:00Z",
	} {
		if got, err := parseSince(value, now); err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("parseSince(%q) = %v, %v, want %s", value, got, err, want)
		}
	}
	for _, value := range []string{"", "30", "d", "-3d", "0d", "3x", "1.5d", "99999999d", "2026-13-01", "yesterday"} {
		if got, err := parseSince(value, now); err == nil {
			t.Errorf("parseSince(%q) = %v, want an error", value, got)
		}
	}
}
