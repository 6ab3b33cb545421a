package pace_test

import (
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

func TestNextAt(t *testing.T) {
	now := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	const fiveMinutes = "@every 5m"
	tests := []struct {
		name     string
		schedule string
		failures int
		kind     pace.Kind
		after    time.Duration
		min, max time.Duration // after now
	}{
		{"well", fiveMinutes, 0, pace.Ordinary, 0, 5 * time.Minute, 5*time.Minute + 15*time.Second},
		{"no schedule", "", 0, pace.Ordinary, 0, 5 * time.Minute, 5*time.Minute + 15*time.Second},
		{"often", "@every 10s", 0, pace.Ordinary, 0, 10 * time.Second, 10 * time.Second},
		{"cron", "0 18 * * *", 0, pace.Ordinary, 0, 6 * time.Hour, 6*time.Hour + 30*time.Second},
		{"first failure", fiveMinutes, 1, pace.Ordinary, 0, 5 * time.Minute, 6 * time.Minute},
		{"fourth failure", fiveMinutes, 4, pace.Ordinary, 0, 40 * time.Minute, 40 * time.Minute},
		{"many failures", fiveMinutes, 1000, pace.Ordinary, 0, 12 * time.Hour, 12 * time.Hour},
		{"rare schedule", "@every 48h", 9, pace.Ordinary, 0, 48 * time.Hour, 48*time.Hour + time.Minute},
		{"slow", fiveMinutes, 2, pace.Slow, 0, 2 * time.Hour, 2 * time.Hour},
		{"gone", fiveMinutes, 1, pace.Weekly, 0, 7 * 24 * time.Hour, 7 * 24 * time.Hour},
		{"asked to wait", fiveMinutes, 9, pace.Ordinary, 20 * time.Minute, 20 * time.Minute, 20 * time.Minute},
		{"asked to hurry", fiveMinutes, 1, pace.Ordinary, time.Second, 5 * time.Minute, 6 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := news.FeedState{Feed: news.Feed{URL: "https://example.org/" + tt.name, Schedule: tt.schedule}}
			got := pace.Next(f, now, pace.Failure{InARow: tt.failures, Kind: tt.kind, After: tt.after})
			if d := got.Sub(now); d < tt.min || d > tt.max {
				t.Errorf("next after %v, want %v to %v", d, tt.min, tt.max)
			}
			if again := pace.Next(f, now, pace.Failure{InARow: tt.failures, Kind: tt.kind, After: tt.after}); !again.Equal(got) {
				t.Errorf("next at %v, then at %v", got, again)
			}
		})
	}
}
