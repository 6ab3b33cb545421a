package watcher

import (
	"context"
	"time"
)

// Round reads all feeds that are due now, once each, and waits for that: also for
// the gaps between those of one host, but not for a host that asked for more.
func (w *Watcher) Round(ctx context.Context) error {
	began := time.Now()
	for {
		asked := time.Now()
		if err := w.Poll(ctx); err != nil {
			return err
		}
		w.Wait()
		next, err := w.left(ctx, began, asked)
		if err != nil || next.IsZero() {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Until(next)):
		}
	}
}

// left returns when the first host is free of which a feed was due at began that
// could not be read since asked, when it was held; zero if there is none that
// will be soon.
func (w *Watcher) left(ctx context.Context, began, asked time.Time) (next time.Time, err error) {
	feeds, err := w.use.Health.Feeds(ctx)
	for _, f := range feeds {
		soon := f.HeldUntil.After(asked) && f.HeldUntil.Before(asked.Add(w.use.Gap+time.Minute))
		if !f.NextAt.After(began) && soon && (next.IsZero() || f.HeldUntil.Before(next)) {
			next = f.HeldUntil
		}
	}
	return next, err
}
