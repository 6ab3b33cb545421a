package daemon

import (
	"testing"
	"time"
)

// A clock that goes on, is late to be asked, or is corrected by seconds was not set.
func TestClockWasSet(t *testing.T) {
	noon := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	var c clock
	passed := time.Duration(0)
	for _, look := range []struct {
		after, jump time.Duration
		want        bool
	}{
		{0, 0, false},
		{5 * time.Second, 0, false},
		{time.Hour, 0, false},
		{5 * time.Second, 3 * time.Second, false},
		{5 * time.Second, 6 * time.Hour, true},
		{5 * time.Second, 0, false},
		{5 * time.Second, -6 * time.Hour, true},
		{5 * time.Second, -2 * time.Minute, true},
	} {
		passed += look.after
		noon = noon.Add(look.after + look.jump)
		if got := c.wasSet(noon, passed); got != look.want {
			t.Errorf("%s later the clock jumps by %s: set %t, want %t", look.after, look.jump, got, look.want)
		}
	}
}
