package email

import (
	"testing"
	"time"
)

// A recipient is mailed again when the hour is over, and told how much he was
// not mailed.
func TestAllowance(t *testing.T) {
	p := newAllowance(2)
	at := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	for i, c := range []struct {
		after    time.Duration // since the one before
		critical bool
		want     turn
		again    time.Duration // since the first
		held     int
	}{
		{0, false, goes, 0, 0},
		{10 * time.Minute, false, goes, 0, 0},
		{time.Minute, false, warns, time.Hour, 0},
		{time.Minute, false, waits, 0, 2},
		{time.Minute, false, waits, 0, 3},
		{47 * time.Minute, false, goes, 0, 3}, // an hour after the first
		{time.Minute, false, warns, 70 * time.Minute, 0},
		{time.Minute, true, goes, 0, 1}, // a critical one always goes, and counts
		{time.Minute, false, warns, 2 * time.Hour, 0},
		{3 * time.Hour, false, goes, 0, 1},
	} {
		at = at.Add(c.after)
		got, again, held := p.turn("a@example.org", at, c.critical)
		if got != c.want || held != c.held || c.want == warns && again.Sub(time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)) != c.again {
			t.Errorf("mail %d: got turn %d, again %v, held %d; want %d, %v, %d", i, got, again, held, c.want, c.again, c.held)
		}
		if got != waits {
			p.sent("a@example.org", at, got)
		}
	}
	for range 1000 {
		p := newAllowance(-1)
		if got, _, _ := p.turn("a@example.org", at, false); got != goes {
			t.Fatal("a mail is held back though there is no limit")
		}
		p.sent("a@example.org", at, goes)
	}
}
