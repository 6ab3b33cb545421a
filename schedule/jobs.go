package schedule

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// A Job is something to do again and again. Doing it twice, late, or at the
// same time as another replica must be harmless.
type Job struct {
	Name  string
	Every string // a schedule as [Parse] reads it
	Alarm *Alarm // wakes it at other times too, if it is not nil
	Do    func(context.Context) error
}

// Run does each job at once and then when it is due, until ctx is done, and
// waits for those at work. A job that fails or panics is logged and done again
// when it is next due; one that is still at work when it is due again is left
// alone, but for its alarm, which it hears afterwards.
func Run(ctx context.Context, jobs []Job, log *slog.Logger) error {
	var working sync.WaitGroup
	for _, j := range jobs {
		when, err := Parse(j.Every)
		if err != nil {
			return fmt.Errorf("job %q: %w", j.Name, err)
		}
		// Recover stands inside: a panic that passed SkipIfStillRunning would leave
		// it waiting for that job for ever.
		job := cron.NewChain(busy(j), cron.Recover(panics{log})).Then(cron.FuncJob(func() {
			if err := j.Do(ctx); err != nil && ctx.Err() == nil {
				log.Error("job failed", "job", j.Name, "err", err)
			}
		}))
		working.Go(job.Run)
		working.Go(func() { when.each(ctx, time.Now, func() { working.Go(job.Run) }) })
		if j.Alarm != nil {
			working.Go(func() { j.Alarm.wake(ctx, job.Run) })
		}
	}
	<-ctx.Done()
	working.Wait()
	return nil
}

// look is how often the clock is looked at while a moment is waited for.
const look = time.Minute

// each calls do at each moment of the schedule by a clock, until ctx is done. The library's own
// runner waits by the clock: where that was put back by hours it did nothing for hours.
// What comes after a length of time comes after that whatever the clock says; other
// moments are reckoned anew if it was put back.
func (s Schedule) each(ctx context.Context, clock func() time.Time, do func()) {
	var ticks <-chan time.Time
	every, fixed := s.next.(cron.ConstantDelaySchedule)
	if fixed {
		ticker := time.NewTicker(every.Delay)
		defer ticker.Stop()
		ticks = ticker.C
	}
	next := s.Next(clock())
	for {
		if !fixed {
			ticks = time.After(min(look, next.Sub(clock())))
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
		now := clock()
		due := fixed || !now.Before(next)
		if again := s.Next(now); due || again.Before(next) {
			next = again
		}
		if due {
			do()
		}
	}
}

// busy returns what a job does that is due while it is at work.
func busy(j Job) cron.JobWrapper {
	if j.Alarm != nil {
		return cron.DelayIfStillRunning(cron.DiscardLogger)
	}
	return cron.SkipIfStillRunning(cron.DiscardLogger)
}

// panics passes what cron logs as errors, which are panics of jobs, to slog.
type panics struct{ log *slog.Logger }

func (panics) Info(string, ...any) {}

func (p panics) Error(err error, _ string, kv ...any) {
	p.log.Error("job panicked", append(kv, "err", err)...)
}
