package notify

import (
	"context"
	"math/rand/v2"
	"time"
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

// A bucket holds tokens for messages: one more each pace, and up to spurt. The
// zero bucket is full.
type bucket struct {
	spent float64   // tokens that are missing
	at    time.Time // then
}

// fill brings the bucket up to now.
func (b *bucket) fill(now time.Time, pace time.Duration) {
	if pace <= 0 {
		b.spent = 0
	} else {
		b.spent = max(0, b.spent-float64(now.Sub(b.at))/float64(pace))
	}
	b.at = now
}

// wait returns when there is a token, or false when ctx is done.
func (b *bucket) wait(ctx context.Context, pace time.Duration) bool {
	b.fill(time.Now(), pace)
	return pass(ctx, time.Duration((b.spent-(spurt-1))*float64(pace)))
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

// spend takes a token out.
func (b *bucket) spend(pace time.Duration) {
	b.fill(time.Now(), pace)
	b.spent++
}
