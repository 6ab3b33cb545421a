package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/schedule"
)

// What is remembered of a job is how it went last: that it works, how long it took,
// why it failed, and that it is well again.
func TestRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var runs schedule.Runs
		turn := 0
		jobs := runs.Keep([]schedule.Job{
			{Name: "work", Every: "@every 1m", Do: func(context.Context) error {
				turn++
				<-time.After(10 * time.Second)
				switch turn {
				case 2:
					return errors.New("no paper")
				case 3:
					panic("no ink")
				}
				return nil
			}},
			{Name: "rest", Every: "@daily", Do: func(context.Context) error { return nil }},
		})
		began := time.Now()
		done := make(chan error, 1)
		go func() { done <- schedule.Run(ctx, jobs, slog.New(slog.DiscardHandler)) }()
		for _, step := range []struct {
			wait    time.Duration
			times   int
			working bool
			problem string
		}{
			{5 * time.Second, 0, true, ""},
			{10 * time.Second, 1, false, ""},
			{time.Minute, 2, false, "no paper"},
			{time.Minute, 3, false, "panicked: no ink"},
			{time.Minute, 4, false, ""},
		} {
			<-time.After(step.wait)
			synctest.Wait()
			all := runs.All(time.Now())
			if len(all) != 2 || all[0].Job != "work" || all[1].Job != "rest" {
				t.Fatalf("the jobs are %+v", all)
			}
			work := all[0]
			if work.Times != step.times || work.Working != step.working || work.Problem != step.problem {
				t.Errorf("after %v: %+v, want %+v", time.Since(began), work, step)
			}
			if !work.Working && work.Took != 10*time.Second || work.Next.Before(time.Now()) || all[1].Times != 1 {
				t.Errorf("after %v: %+v", time.Since(began), all)
			}
			if step.times == 4 && !work.Failed.Before(work.Began) {
				t.Errorf("it failed at %v, and began later, at %v", work.Failed, work.Began)
			}
		}
		stop()
		<-done
	})
}
