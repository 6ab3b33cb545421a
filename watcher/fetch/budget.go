package fetch

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/coupwatch/coupwatch/watcher/pace"
)

const (
	freeBytes  = 1 << 20     // of each answer that no budget is asked for
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

// readAll reads all of r, which is size bytes long or -1, at most limit bytes.
// What was read before an error comes with the error.
func (l *loan) readAll(ctx context.Context, r io.Reader, size, limit int64) ([]byte, error) {
	head, err := io.ReadAll(io.LimitReader(r, freeBytes+1))
	if err != nil || len(head) <= freeBytes {
		return head, err
	}
	tooLarge := &Trouble{Text: fmt.Sprintf("it is larger than %d MB, which is too large for a feed", limit>>20), Pace: pace.Slow}
	if size > limit {
		return nil, tooLarge
	}
	need := limit
	if size > 0 && !bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		need = max(size, int64(len(head)))
	}
	if err := l.take(ctx, need); err != nil {
		return nil, err
	}
	all := bytes.NewBuffer(make([]byte, 0, max(size, int64(2*len(head)))+bytes.MinRead))
	all.Write(head)
	_, err = all.ReadFrom(io.LimitReader(r, limit+1-int64(len(head))))
	if int64(all.Len()) > limit {
		return nil, tooLarge
	}
	return all.Bytes(), err
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
