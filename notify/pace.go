package notify

import (
	"context"
	"math/rand/v2"
	"time"

	"golang.org/x/time/rate"
)

const (
	firstPause = 5 * time.Second // after the first failure
	firstCheck = time.Minute     // after the first failure that people have to mend
	maxPause   = time.Hour       // between attempts
	maxAsked   = 24 * time.Hour  // the longest wait that a service may ask for
	spurt      = 3               // messages that may go out at once after a silence
)

// backoff returns how long to wait after n failures in a row: from the first
// pause on twice as long each time and up to maxPause, less a random part of up
// to a half, lest replicas come back together.
func backoff(n int, first time.Duration) time.Duration {
	d := maxPause
	if n < 12 {
		d = min(maxPause, first<<(n-1))
	}
	return d - rand.N(d/2)
}

// newLimiter returns what says when a message may go out: one each pace, and up
// to spurt at once. Until it is told a pace, all may.
func newLimiter() *rate.Limiter { return rate.NewLimiter(rate.Inf, spurt) }

// wait returns when a message may go out, or false when ctx is done. It takes
// nothing from the limiter, since there may be no message.
func (run *channelRun) wait(ctx context.Context) bool {
	missing := 1 - run.limiter.Tokens()
	return pass(ctx, time.Duration(missing*float64(run.pace)))
}

// pass lets d pass, or returns false when ctx is done.
func pass(ctx context.Context, d time.Duration) bool {
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
