package schedule

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A JobRun is how a job went the last time that this process did it.
type JobRun struct {
	Job     string
	Every   string        // its schedule
	Began   time.Time     // zero if it was not done yet
	Took    time.Duration // of the last one that ended
	Working bool          // it is at work since Began
	Problem string        // why the last one that ended failed, "" if it did not
	Failed  time.Time     // when one failed last; zero for never
	Next    time.Time     // when it is due by its schedule
	Times   int           // how often it was done
}

// Runs remember how each job went, as long as the process lives. The zero value knows
// of none. They are safe for concurrent use.
type Runs struct {
	mu   sync.Mutex
	runs []*JobRun
	next []Schedule
}

// Keep returns jobs as they are, but for that how they go is remembered.
func (r *Runs) Keep(jobs []Job) []Job {
	kept := make([]Job, len(jobs))
	for i, j := range jobs {
		next, _ := Parse(j.Every) // what is no schedule [Run] refuses
		run := &JobRun{Job: j.Name, Every: j.Every}
		r.mu.Lock()
		r.runs, r.next = append(r.runs, run), append(r.next, next)
		r.mu.Unlock()
		kept[i] = j
		kept[i].Do = func(ctx context.Context) error { return r.do(ctx, run, j.Do) }
	}
	return kept
}

// do does a job and remembers how it went, also if it panics.
func (r *Runs) do(ctx context.Context, run *JobRun, job func(context.Context) error) (err error) {
	began := time.Now()
	r.note(func() { run.Began, run.Working = began.UTC(), true })
	defer func() {
		panicked := recover()
		problem := ""
		switch {
		case panicked != nil:
			problem = fmt.Sprint("panicked: ", panicked)
		case err != nil && ctx.Err() == nil:
			problem = err.Error()
		}
		ended := time.Now()
		r.note(func() {
			run.Took, run.Working, run.Problem, run.Times = ended.Sub(began), false, problem, run.Times+1
			if problem != "" {
				run.Failed = ended.UTC()
			}
		})
		if panicked != nil {
			panic(panicked)
		}
	}()
	return job(ctx)
}

func (r *Runs) note(what func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	what()
}

// All returns how the jobs went, in the order in which they were given, as of now.
func (r *Runs) All(now time.Time) []JobRun {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]JobRun, len(r.runs))
	for i, run := range r.runs {
		all[i] = *run
		if r.next[i].next != nil {
			all[i].Next = r.next[i].Next(now)
		}
	}
	return all
}
