// Package trial says what other rules would make of what the database keeps: which
// items they would match that the rules in use do not, and the reverse, and what a
// desk would have heard. A trial runs beside the program, one at a time, within a
// time and in memory that does not grow with the items, and can be ended by who
// waits for it.
package trial

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// Longest is for how long a trial runs. What it has found by then is of the first
// of the days that it was asked for.
const Longest = 3 * time.Minute

// kept is how many trials that have ended are remembered.
const kept = 8

// Trials are those of a program. The zero value knows none; they are safe for
// concurrent use.
type Trials struct {
	mu   sync.Mutex
	made int
	all  []*Trial // the oldest first; only the last may be under way
}

// A Plan is what is tried.
type Plan struct {
	By            string         // who wants to know
	Ref           string         // what was edited: "coup", "$coup", "@beseda"
	Text          string         // as it would be written
	Sample, Stamp string         // what else was before who began it, given back with the rest
	Before, After *matcher.Rules // those in use, and the others
	Items         backtest.ItemStore
	Days          int // of items, from now back
}

// A Trial is one that is under way or has ended. It is safe for concurrent use.
type Trial struct {
	ID   int // from 1
	Plan Plan
	From time.Time
	Now  time.Time // when it began

	cancel context.CancelFunc
	done   chan struct{}
	mu     sync.Mutex
	items  int
	upTo   time.Time
	result *Result
	err    error
}

// A BusyError is that another trial is under way.
type BusyError struct{ Other *Trial }

// Error says who waits for it.
func (e BusyError) Error() string {
	return fmt.Sprintf("a trial of %s is under way, which %s began; wait for it, or end it", e.Other.Plan.Ref, e.Other.Plan.By)
}

// errEnded is why a trial has no result that somebody ended.
var errEnded = errors.New("it was ended before it was done")

// Start begins a trial, which runs until it is done, cancelled or too long, or ctx
// is done. It fails with a [BusyError] if another is under way.
func (ts *Trials) Start(ctx context.Context, p Plan, now time.Time) (*Trial, error) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if n := len(ts.all); n > 0 && !ts.all[n-1].ended() {
		return nil, BusyError{ts.all[n-1]}
	}
	ts.made++
	t := &Trial{ID: ts.made, Plan: p, From: now.AddDate(0, 0, -p.Days), Now: now, done: make(chan struct{})}
	ts.all = append(ts.all, t)
	ts.all = ts.all[max(0, len(ts.all)-kept):]
	ctx, t.cancel = context.WithTimeout(ctx, Longest)
	go t.run(ctx)
	return t, nil
}

// Trial returns the trial with an id; nil if it is not remembered.
func (ts *Trials) Trial(id int) *Trial {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if i := slices.IndexFunc(ts.all, func(t *Trial) bool { return t.ID == id }); i >= 0 {
		return ts.all[i]
	}
	return nil
}

// Wait waits until no trial is under way.
func (ts *Trials) Wait() {
	ts.mu.Lock()
	all := slices.Clone(ts.all)
	ts.mu.Unlock()
	for _, t := range all {
		<-t.done
	}
}

// Cancel ends a trial. One that has ended stays as it is.
func (t *Trial) Cancel() { t.cancel() }

// Done is closed when the trial has ended.
func (t *Trial) Done() <-chan struct{} { return t.done }

func (t *Trial) ended() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

// A State is how far a trial is.
type State struct {
	Ended bool
	Items int     // that were matched
	Share float64 // of the time that it is asked for, from 0 to 1
	Err   error   // why it has no result; nil if it has one or is under way
}

// State returns how far a trial is, and its result if it has one.
func (t *Trial) State() (State, *Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := State{Ended: t.ended(), Items: t.items, Err: t.err}
	if whole := t.Now.Sub(t.From); whole > 0 && !t.upTo.IsZero() {
		s.Share = min(1, max(0, float64(t.upTo.Sub(t.From))/float64(whole)))
	}
	return s, t.result
}

// run tries, and keeps what came of it. The rules are let go then: they take
// memory.
func (t *Trial) run(ctx context.Context) {
	defer t.cancel()
	result, err := t.try(ctx)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result, t.err = result, err
	t.Plan.Before, t.Plan.After = nil, nil
	close(t.done)
}

// try takes the items through both rules.
func (t *Trial) try(ctx context.Context) (*Result, error) {
	read := backtest.NewReader([]*matcher.Rules{t.Plan.Before, t.Plan.After}, nil)
	c := newComparing(t.Plan.Before.Policy(), t.Plan.After.Policy())
	past, err := read.Stream(ctx, t.Plan.Items, t.From, func(reports [][]*news.Report) error {
		err := c.take(ctx, reports)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.items, t.upTo = read.Reached()
		return err
	})
	cut := errors.Is(ctx.Err(), context.DeadlineExceeded)
	switch {
	case cut && past.Items > 0:
	case cut:
		return nil, fmt.Errorf("it took longer than %v; try fewer days", Longest)
	case errors.Is(err, context.Canceled):
		return nil, errEnded
	case err != nil:
		return nil, err
	case past.Items == 0:
		return nil, fmt.Errorf("no item was read in the last %d days", t.Plan.Days)
	}
	return c.result(past, cut), nil
}
