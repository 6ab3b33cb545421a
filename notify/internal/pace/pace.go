// Package pace says how long to wait after failures.
package pace

import (
	"context"
	"math/rand/v2"
	"time"
)

// How long is waited.
const (
	First = 5 * time.Second // after the first failure
	Check = time.Minute     // after the first failure that people have to mend
	Max   = time.Hour       // between attempts
	Asked = 24 * time.Hour  // at the most, if a service asks for it
)

// Backoff returns how long to wait after n failures in a row: from the first
// pause on twice as long each time and up to Max, less a random part of up
// to a half, lest replicas come back together.
func Backoff(n int, first time.Duration) time.Duration {
	d := Max
	if n < 12 {
		d = min(Max, first<<(n-1))
	}
	return d - rand.N(d/2)
}

// Pass lets d pass, or returns false when ctx is done.
func Pass(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
