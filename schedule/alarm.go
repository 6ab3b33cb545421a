package schedule

import (
	"context"
	"sync"
	"time"
)

// An Alarm wakes a job at a moment that becomes known while the program runs, so
// that nobody has to ask again and again whether there is something to do. It
// is safe for concurrent use; make one with [NewAlarm].
type Alarm struct {
	mu    sync.Mutex
	at    time.Time // the first moment asked for; zero if there is none
	timer *time.Timer
	rings chan struct{} // holds one from when it rings until the job is begun
}

// NewAlarm returns an Alarm that is not set.
func NewAlarm() *Alarm { return &Alarm{rings: make(chan struct{}, 1)} }

// At sets the alarm to t, unless it rings before that anyway. Never is the zero
// time.
func (a *Alarm) At(t time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if t.IsZero() || !a.at.IsZero() && !t.Before(a.at) {
		return
	}
	if a.timer != nil {
		a.timer.Stop()
	}
	a.at = t
	a.timer = time.AfterFunc(time.Until(t), a.ring)
}

func (a *Alarm) ring() {
	a.mu.Lock()
	a.at = time.Time{}
	a.mu.Unlock()
	select {
	case a.rings <- struct{}{}:
	default: // it rings already
	}
}

// wake does the job each time that the alarm rings, until ctx is done.
func (a *Alarm) wake(ctx context.Context, do func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.rings:
			do()
		}
	}
}
