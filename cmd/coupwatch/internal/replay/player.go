// Package replay plays news of the past through the whole program at a clock of
// its own, and takes each message that a desk would have got.
package replay

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
)

// A clock stands still until it is set.
type clock struct{ at atomic.Pointer[time.Time] }

func (c *clock) set(t time.Time) { c.at.Store(&t) }

// now returns what the clock shows.
func (c *clock) now() time.Time {
	if t := c.at.Load(); t != nil {
		return *t
	}
	return time.Time{}
}

// A Player plays an archive: it does the jobs of run, each exactly when there
// is something for it to do, and nothing happens between.
type Player struct {
	clock  *clock
	speed  float64 // 0 for no waiting
	db     *store.DB
	watch  *watcher.Watcher
	send   *notify.Sender
	digest *notify.Digest
	near   daemon.NearMisses
	use    *daemon.InUse
	tape   *Tape
	show   func(items int) (m *archive.Meter, stop func())

	due        time.Time // of the first alert that is owed, zero for none
	digestAt   time.Time // when the next digest is due, zero for never
	lastDigest time.Time // when the last is that the archive has something for
}

// NewPlayer wires the daemon's parts as run does, with a clock of their own. It
// waits as if time went so many times faster than life, or not at all if speed
// is 0, and shows by show how far it is.
func NewPlayer(t *Tape, db *store.DB, speed float64, log *slog.Logger, show func(items int) (m *archive.Meter, stop func())) *Player {
	pl := &Player{clock: &clock{}, speed: speed, db: db, use: t.Use, tape: t, show: show}
	pl.watch = watcher.New(watcher.Options{Rules: t.Use.Rules, Store: db, Health: db, Decide: new(story.Stories).At, Log: log})
	pl.send = notify.NewSender(db, t.Use.Channels, log)
	pl.digest = notify.NewDigest(db, t.Use.Policy)
	pl.near = daemon.NearMisses{Use: t.Use, DB: db, Log: log, Now: pl.clock.now}
	pl.digest.Almost = pl.near.Find
	pl.send.Now, pl.digest.Now, t.now = pl.clock.now, pl.clock.now, pl.clock.now
	return pl
}

// Play plays the archive, and then on until nothing is owed and the digest of
// its last day is out.
func (pl *Player) Play(ctx context.Context, a *Footage) error {
	if err := pl.db.SetFeeds(ctx, a.feeds); err != nil {
		return err
	}
	progress, stop := pl.show(a.items)
	defer stop()
	left := a.readings
	pl.clock.set(left[0].At)
	if err := pl.near.AskAgain(ctx); err != nil { // from now on the rules are asked as items are read
		return err
	}
	pl.planDigest(left[0].At)
	pl.lastDigest = pl.use.Policy().Digest.Next(left[len(left)-1].At)
	for {
		next, more := pl.next(left)
		if !more {
			return nil
		}
		if err := pl.advance(ctx, next); err != nil {
			return err
		}
		for ; len(left) > 0 && !left[0].At.After(next); left = left[1:] {
			tally, err := pl.watch.Ingest(ctx, left[0])
			if err != nil {
				return err
			}
			if progress.AddHandled(len(left[0].Items)); tally.Alerts > 0 {
				pl.due = next
			}
		}
		if err := pl.tell(ctx, next); err != nil {
			return err
		}
	}
}

// next returns when something happens next, if anything does: a reading, an
// alert that is due, or a digest.
func (pl *Player) next(left []news.Reading) (at time.Time, more bool) {
	consider := func(t time.Time) {
		if !t.IsZero() && (!more || t.Before(at)) {
			at, more = t, true
		}
	}
	if len(left) > 0 {
		consider(left[0].At)
	}
	consider(pl.due)
	if !pl.digestAt.After(pl.lastDigest) {
		consider(pl.digestAt)
	}
	return at, more
}

// advance lets the time until t pass, faster than life.
func (pl *Player) advance(ctx context.Context, t time.Time) error {
	if d := t.Sub(pl.clock.now()); pl.speed > 0 && d > 0 && !t.Before(pl.tape.Since) {
		timer := time.NewTimer(time.Duration(float64(d) / pl.speed))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	if t.After(pl.clock.now()) {
		pl.clock.set(t)
	}
	return ctx.Err()
}

// tell queues the digest and sends what is owed, as far as it is due.
func (pl *Player) tell(ctx context.Context, now time.Time) error {
	if !pl.digestAt.IsZero() && !now.Before(pl.digestAt) {
		if err := pl.digest.Queue(ctx); err != nil {
			return err
		}
		pl.planDigest(now)
		pl.due = now
	}
	if pl.due.IsZero() || now.Before(pl.due) {
		return nil
	}
	if err := pl.send.Flush(ctx); err != nil {
		return err
	}
	pl.send.Wait()
	if err := pl.tape.write(); err != nil {
		return err
	}
	return pl.planSending(ctx, now)
}

// planSending notes when an alert is due next. One that could not be sent is
// tried again as run does it: every second it is seen whether its channel works.
func (pl *Player) planSending(ctx context.Context, now time.Time) (err error) {
	pl.due, err = pl.db.NextDue(ctx)
	if err != nil {
		return fmt.Errorf("plan what is to be sent: %w", err)
	}
	if !pl.due.IsZero() && !pl.due.After(now) {
		pl.due = now.Add(time.Second)
	}
	return nil
}

// planDigest notes when the next digest is due.
func (pl *Player) planDigest(now time.Time) {
	if plan := pl.use.Policy().Digest; len(plan.To) > 0 {
		pl.digestAt = plan.Next(now)
	}
}
