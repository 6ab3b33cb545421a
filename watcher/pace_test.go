package watcher_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
)

func TestNextAt(t *testing.T) {
	now := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	const fiveMinutes = "@every 5m"
	tests := []struct {
		name     string
		schedule string
		failures int
		trouble  *watcher.Trouble
		min, max time.Duration // after now
	}{
		{"well", fiveMinutes, 0, nil, 5 * time.Minute, 5*time.Minute + 15*time.Second},
		{"no schedule", "", 0, nil, 5 * time.Minute, 5*time.Minute + 15*time.Second},
		{"often", "@every 10s", 0, nil, 10 * time.Second, 10 * time.Second},
		{"cron", "0 18 * * *", 0, nil, 6 * time.Hour, 6*time.Hour + 30*time.Second},
		{"first failure", fiveMinutes, 1, &watcher.Trouble{}, 5 * time.Minute, 6 * time.Minute},
		{"fourth failure", fiveMinutes, 4, &watcher.Trouble{}, 40 * time.Minute, 40 * time.Minute},
		{"many failures", fiveMinutes, 1000, &watcher.Trouble{}, 12 * time.Hour, 12 * time.Hour},
		{"rare schedule", "@every 48h", 9, &watcher.Trouble{}, 48 * time.Hour, 48*time.Hour + time.Minute},
		{"slow", fiveMinutes, 2, &watcher.Trouble{Pace: watcher.Slow}, 2 * time.Hour, 2 * time.Hour},
		{"gone", fiveMinutes, 1, &watcher.Trouble{Pace: watcher.Weekly}, 7 * 24 * time.Hour, 7 * 24 * time.Hour},
		{"asked to wait", fiveMinutes, 9, &watcher.Trouble{After: 20 * time.Minute}, 20 * time.Minute, 20 * time.Minute},
		{"asked to hurry", fiveMinutes, 1, &watcher.Trouble{After: time.Second}, 5 * time.Minute, 6 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := news.Feed{URL: "https://example.org/" + tt.name, Schedule: tt.schedule}
			got := watcher.NextAt(f, now, tt.failures, tt.trouble)
			if d := got.Sub(now); d < tt.min || d > tt.max {
				t.Errorf("next after %v, want %v to %v", d, tt.min, tt.max)
			}
			if again := watcher.NextAt(f, now, tt.failures, tt.trouble); !again.Equal(got) {
				t.Errorf("next at %v, then at %v", got, again)
			}
		})
	}
}

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
		if got := watcher.RetryAfter(header, now); got != want {
			t.Errorf("RetryAfter(%q) = %v, want %v", header, got, want)
		}
	}
}
