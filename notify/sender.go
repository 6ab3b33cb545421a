package notify

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/internal/pace"
)

// A Queue holds the alerts that are owed and learns what became of them.
// *store.DB is one.
type Queue interface {
	Owed
	Outcome
	Later
}

// Owed are the alerts that wait to be sent.
type Owed interface {
	// ChannelsDue returns the channels for which an alert is due at now, without
	// those that are paused.
	ChannelsDue(ctx context.Context, now time.Time) ([]string, error)
	// ClaimDue claims up to n alerts of the channel that are due at now, in the
	// order in which they were queued, however often they were put off since.
	// Of a story it gives one at a time: a later one waits for the earlier.
	// Their Attempts count how often they were claimed, this time included.
	ClaimDue(ctx context.Context, now time.Time, channel string, n int) ([]news.Alert, error)
	// Pause keeps all alerts of the channel until then: its service asked to
	// be left alone.
	Pause(ctx context.Context, channel string, until time.Time) error
	// Trouble does so because nothing can be sent over the channel, and says
	// why. The trouble is over when an alert is sent.
	Trouble(ctx context.Context, channel, problem string, until, now time.Time) error
}

// An Outcome is told how an alert came to its end.
type Outcome interface {
	// Sent notes that the alert was sent, and its receipt.
	Sent(ctx context.Context, id, receipt string, now time.Time) error
	// Failed notes that the alert will never be sent.
	Failed(ctx context.Context, id, problem string, now time.Time) error
}

// Later is told of alerts that are to be tried again.
type Later interface {
	// Retry notes that an alert was not sent, and that it is due again at next.
	Retry(ctx context.Context, id string, next time.Time, problem string) error
	// Unclear is Retry for an attempt that came to no known end: when the
	// alert is due again it is in doubt.
	Unclear(ctx context.Context, id string, next time.Time, problem string) error
}

const (
	attemptTime = 15 * time.Second // for one attempt to send one alert
	grace       = 3 * time.Second  // for what a program that was killed had under way when this one began
	recordTime  = 10 * time.Second // to note what became of it
	turnTime    = time.Minute      // to send what was claimed at once; the claims of a store hold longer
	patience    = 6                // failures after which an alert lets the next one pass
	crowd       = 10               // alerts that interrupt, on one channel at once: more become one message
	most        = 200              // alerts in one message
)

// A Sender sends queued alerts, each at least once, and an alert whose
// notifier is a [Finder] only once as long as that can find it. Channels do
// not wait for one another; on each, alerts go out one at a time, in order and
// no faster than its [Pacer] says.
//
// A failure pauses the channel, for ever longer, and the alert that met it goes
// first when the channel is tried again: nothing is given up because of a
// channel. Only an alert that failed six times by itself lets those of other
// stories pass, so that a single one that a service cannot digest blocks nobody
// for ever.
type Sender struct {
	// GaveUp, if not nil, is told of an alert that will never be sent, once
	// for each channel and problem until the channel works again. It is not
	// told of a [news.Notice], so that it may queue one. Channels may call it at
	// the same time. Set it before the first Flush.
	GaveUp func(ctx context.Context, a news.Alert, problem error)

	// Now, if not nil, is the clock by which alerts are due. How fast a service
	// takes them, and how long an attempt lasts, goes by the machine's all the
	// same. Set it before the first Flush.
	Now func() time.Time

	queue    Queue
	channels Channels
	log      *slog.Logger
	began    time.Time

	working sync.WaitGroup
	mu      sync.Mutex
	states  map[string]*channelState // by channel
}

// A channelState is what the sender knows of a channel. Only the goroutine that made
// it busy touches the rest.
type channelState struct {
	busy           bool               // guarded by Sender.mu
	more           bool               // guarded by Sender.mu: something was due while it was busy
	until          time.Time          // paused until then
	untold         bool               // and the queue could not be told
	failures       int                // in a row, on whatever alerts
	limiter        *rate.Limiter      // of messages
	failed         map[string]int     // how often alerts that are to be tried again failed, by id
	sentUnrecorded map[string]*string // receipts of alerts that were sent, by id, which the queue does not know yet
	complaint      string             // the last problem for which GaveUp was called
	unrecorded     bool               // guarded by Sender.mu: there are such
	blind          bool               // it was said that alerts in doubt cannot be looked up
}

// NewSender returns a Sender from queue to channels.
func NewSender(queue Queue, channels Channels, log *slog.Logger) *Sender {
	return &Sender{queue: queue, channels: channels, log: log, began: time.Now(), states: map[string]*channelState{}}
}

// Flush begins to send the alerts that are due and does not wait for them to
// be sent. It returns an error only if the queue does; an alert that could not
// be sent is due again later. When ctx is done, what is in flight is finished
// and nothing more is begun; see [Sender.Wait].
func (s *Sender) Flush(ctx context.Context) error {
	channels, err := s.queue.ChannelsDue(ctx, s.now())
	if err != nil {
		return fmt.Errorf("look for alerts to send: %w", err)
	}
	for _, channel := range append(channels, s.unrecorded(channels)...) {
		if ctx.Err() != nil {
			return nil
		}
		if state := s.take(channel, s.now()); state != nil {
			s.working.Go(func() {
				for again := true; again; again = s.release(state) && ctx.Err() == nil {
					s.drain(ctx, s.run(channel, state))
				}
			})
		}
	}
	return nil
}

func (s *Sender) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// Wait returns when nothing is in flight. Call it after the last Flush.
func (s *Sender) Wait() { s.working.Wait() }

// unrecorded returns the channels on which something was sent that the queue does not
// know yet, without those that are due anyway.
func (s *Sender) unrecorded(due []string) (channels []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for channel, state := range s.states {
		if state.unrecorded && !state.busy && !slices.Contains(due, channel) {
			channels = append(channels, channel)
		}
	}
	return channels
}

// take makes channel busy and returns its state, or returns nil if it is busy,
// or paused and only this sender knows.
func (s *Sender) take(channel string, now time.Time) *channelState {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := s.states[channel]
	if state == nil {
		state = &channelState{limiter: newLimiter(), failed: map[string]int{}, sentUnrecorded: map[string]*string{}}
		s.states[channel] = state
	}
	if state.more = state.busy; state.busy || state.untold && now.Before(state.until) {
		return nil
	}
	state.busy = true
	return state
}

// release makes the channel free, unless something came while it was busy, and
// reports that.
func (s *Sender) release(state *channelState) (again bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	again = state.more && !(state.untold && s.now().Before(state.until))
	state.busy, state.more, state.unrecorded = again, false, len(state.sentUnrecorded) > 0
	return again
}

// A channelRun is the sender at work on a channel.
type channelRun struct {
	*channelState
	channel string
	to      Notifier
	nobody  error // why there is no notifier, if there is none
	pace    time.Duration
}

func (s *Sender) run(channel string, known *channelState) *channelRun {
	run := &channelRun{channelState: known, channel: channel}
	run.to, run.nobody = s.channels.For(channel)
	if p, ok := run.to.(Pacer); ok {
		run.pace = p.Pace()
	}
	run.limiter.SetLimit(rate.Every(run.pace))
	return run
}

// drain sends what is due on the channel until nothing is, an attempt fails or
// ctx is done. It waits before it claims: what is claimed and not sent is out
// of everybody's reach.
func (s *Sender) drain(ctx context.Context, run *channelRun) {
	for s.recordSent(ctx, run) && run.wait(ctx) {
		alerts, err := s.claim(ctx, run)
		if err != nil {
			if ctx.Err() == nil {
				s.log.Error("alerts not read from the queue", "channel", run.channel, "err", err)
			}
			return
		}
		if len(alerts) == 0 || !s.work(ctx, run, alerts) {
			return
		}
	}
}

// claim claims one alert, or if the notifier could tell of many in one message
// a few more, so as to see whether there is a crowd; then the whole of it.
func (s *Sender) claim(ctx context.Context, run *channelRun) ([]news.Alert, error) {
	n := 1
	if _, ok := run.to.(Summariser); ok {
		n = crowd + 1
	}
	alerts, err := s.queue.ClaimDue(ctx, s.now(), run.channel, n)
	if top, _ := split(alerts, interrupts); err != nil || len(top) <= crowd {
		return alerts, err
	}
	more, err := s.queue.ClaimDue(ctx, s.now(), run.channel, most-n)
	if err != nil { // those that are claimed can go
		s.log.Error("alerts not read from the queue", "channel", run.channel, "err", err)
	}
	return append(alerts, more...), nil
}

// work sends the alerts and records what became of each. It reports whether
// the channel may go on. What is begun is finished, also when ctx is done.
func (s *Sender) work(ctx context.Context, run *channelRun, alerts []news.Alert) bool {
	began, finish := time.Now(), context.WithoutCancel(ctx)
	if slices.ContainsFunc(alerts, run.doubts) && !pace.Pass(ctx, time.Until(s.began.Add(grace))) {
		s.releaseClaims(finish, run, alerts)
		return false
	}
	alerts, goOn := s.resolveDoubts(finish, run, alerts)
	if !goOn {
		return false
	}
	if top, rest := split(alerts, interrupts); len(top) > crowd {
		if alerts, goOn = s.deliverTogether(finish, run, top); !goOn {
			s.releaseClaims(finish, run, rest)
			return false
		}
		alerts = append(alerts, rest...)
	}
	for i, a := range alerts {
		if time.Since(began) > turnTime || !run.wait(ctx) {
			s.releaseClaims(finish, run, alerts[i:])
			return ctx.Err() == nil
		}
		if !s.deliver(finish, run, a) {
			s.releaseClaims(finish, run, alerts[i+1:])
			return false
		}
	}
	return true
}

// interrupts reports whether a has a message of its own that interrupts people.
func interrupts(a news.Alert) bool { return a.Kind == news.New || a.Kind == news.Escalation }

// split parts the alerts into those that are so and the others.
func split(alerts []news.Alert, so func(news.Alert) bool) (those, others []news.Alert) {
	for _, a := range alerts {
		if so(a) {
			those = append(those, a)
		} else {
			others = append(others, a)
		}
	}
	return those, others
}
