package fetch

import (
	"context"
	"time"

	"golang.org/x/sync/semaphore"
)

const (
	freeBytes  = 512 << 10   // of each answer that no budget is asked for
	budgetWait = time.Minute // how long an answer may wait for the others
)

// A budget is how many bytes of large answers there may be at the same time,
// from when they are read until they are recorded: sixteen feeds of 20 MB at
// once are no reason to take the memory of all.
type budget struct{ bytes *semaphore.Weighted }

func newBudget(total int64) budget { return budget{semaphore.NewWeighted(total)} }

// A loan is the part of a budget that one answer has. An answer borrows once,
// so that no two can wait for one another.
type loan struct {
	budget budget
	bytes  int64
	clock  *deadline
}

// take borrows bytes unless it was done already.
func (l *loan) take(ctx context.Context, bytes int64) error {
	if l.bytes > 0 {
		return nil
	}
	l.clock.pause()
	defer l.clock.resume()
	waiting, cancel := context.WithTimeout(ctx, budgetWait)
	defer cancel()
	if err := l.budget.bytes.Acquire(waiting, bytes); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &Trouble{Text: "it had to wait too long for other large feeds; it is tried again"}
	}
	l.bytes = bytes
	return nil
}

// release gives back what was borrowed.
func (l *loan) release() {
	if l.bytes > 0 {
		l.budget.bytes.Release(l.bytes)
		l.bytes = 0
	}
}

// A deadline ends a context after a while, and can be stopped for a time in
// which nobody is to blame.
type deadline struct {
	timer *time.Timer
	end   time.Time
	left  time.Duration
}

// withDeadline returns a context that ends after limit with
// [context.DeadlineExceeded] as its cause.
func withDeadline(ctx context.Context, limit time.Duration) (context.Context, *deadline, func()) {
	timed, cancel := context.WithCancelCause(ctx)
	d := &deadline{end: time.Now().Add(limit)}
	d.timer = time.AfterFunc(limit, func() { cancel(context.DeadlineExceeded) })
	return timed, d, func() { d.timer.Stop(); cancel(nil) }
}

func (d *deadline) pause() {
	d.timer.Stop()
	d.left = time.Until(d.end)
}

func (d *deadline) resume() {
	d.end = time.Now().Add(d.left)
	d.timer.Reset(max(d.left, 0))
}
