package daemon

import (
	"context"
	"log/slog"
	"time"

	"github.com/coupwatch/coupwatch/schedule"
)

// A Beater says that this process lives, and whether it freed what a dead one had
// claimed. *store.DB is one.
type Beater interface {
	Beat(ctx context.Context) (freed bool, err error)
}

// beatEvery is so often that others know of a death within two seconds after the time
// of silence that they grant.
const beatEvery = time.Second

// KeepBeating beats until stop is called, also when ctx is done: what is under way
// then is finished, and nobody may take it for abandoned. What a dead process had
// claimed is due at once.
func KeepBeating(ctx context.Context, db Beater, log *slog.Logger, due ...*schedule.Alarm) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(beatEvery)
		defer tick.Stop()
		silent := false
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			freed, err := db.Beat(ctx)
			if err != nil && !silent && ctx.Err() == nil {
				log.Warn("other daemons cannot see that this one lives", "err", err)
			}
			silent = err != nil
			for _, alarm := range due {
				if freed {
					alarm.At(time.Now())
				}
			}
		}
	}()
	return func() { cancel(); <-done }
}
