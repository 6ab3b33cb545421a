package schedule

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// A clock that is put hours back or ahead delays nothing that comes after a length of
// time, and what comes at an hour comes at the next one that it says.
func TestClockIsSet(t *testing.T) {
	const m = time.Minute
	for name, tt := range map[string]struct {
		every string
		jump  time.Duration // after 100 minutes
		want  []time.Duration
	}{
		"@every, right":  {"@every 30m", 0, []time.Duration{30 * m, 60 * m, 90 * m, 120 * m, 150 * m, 180 * m, 210 * m}},
		"@every, back":   {"@every 30m", -6 * time.Hour, []time.Duration{30 * m, 60 * m, 90 * m, 120 * m, 150 * m, 180 * m, 210 * m}},
		"@every, ahead":  {"@every 30m", 6 * time.Hour, []time.Duration{30 * m, 60 * m, 90 * m, 120 * m, 150 * m, 180 * m, 210 * m}},
		"at hour, right": {"0 * * * *", 0, []time.Duration{60 * m, 120 * m, 180 * m}},
		"at hour, back":  {"0 * * * *", -6*time.Hour - 10*m, []time.Duration{60 * m, 130 * m, 190 * m}},
		"at hour, ahead": {"0 * * * *", 6*time.Hour + 10*m, []time.Duration{60 * m, 101 * m, 110 * m, 170 * m}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				when, err := Parse(tt.every)
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now() // midnight
				clock := func() time.Time {
					now := time.Now()
					if now.Sub(began) > 100*m {
						now = now.Add(tt.jump)
					}
					return now
				}
				ctx, cancel := context.WithTimeout(t.Context(), 220*m)
				defer cancel()
				var did []time.Duration
				when.each(ctx, clock, func() { did = append(did, time.Since(began)) })
				if !slices.Equal(did, tt.want) {
					t.Errorf("done after %v, want %v", did, tt.want)
				}
			})
		})
	}
}
