package notify

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/show"
)

// A Queue holds the alerts that are owed and learns what became of them.
// *store.DB is one.
type Queue interface {
	Owed
	Outcome
}

// Owed are the alerts that wait to be sent.
type Owed interface {
	// Channels returns the channels for which an alert is due at now.
	Channels(ctx context.Context, now time.Time) ([]string, error)
	// Due claims up to n alerts of the channel that are due at now, in the
	// order in which they were queued, however often they were put off since.
	// Their Attempts count the one that now follows.
	Due(ctx context.Context, now time.Time, channel string, n int) ([]news.Alert, error)
}

// An Outcome is told what became of an alert.
type Outcome interface {
	// Sent notes that the alert was sent, and its receipt.
	Sent(ctx context.Context, id, receipt string, now time.Time) error
	// Retry notes that an attempt failed and that the alert is due again at next.
	Retry(ctx context.Context, id string, next time.Time, problem string) error
	// Failed notes that the alert will never be sent.
	Failed(ctx context.Context, id, problem string, now time.Time) error
}

const (
	attemptTime = 15 * time.Second // for one attempt to send one alert
	recordTime  = 10 * time.Second // to note what became of it
	firstPause  = 5 * time.Second  // after the first failure
	maxPause    = time.Hour        // between attempts
	maxAsked    = 24 * time.Hour   // the longest wait that a service may ask for
	patience    = 6                // attempts after which an alert lets the next one pass
)

// A Sender sends queued alerts, each at least once. Channels do not wait for
// one another; on each, alerts go out one at a time and in order.
//
// A failure pauses the channel, and the alert that met it goes first when the
// channel is tried again. Only one that failed [patience] times lets the
// others pass, so that a single alert that a service cannot digest blocks
// nobody for ever.
type Sender struct {
	// GaveUp, if not nil, is told of an alert that will never be sent, once
	// for each channel and problem until the channel works again. It is not
	// told of a [news.Notice], so that it may queue one. Channels may call it at
	// the same time. Set it before the first Flush.
	GaveUp func(ctx context.Context, a news.Alert, problem error)

	queue    Queue
	channels Channels
	log      *slog.Logger

	working sync.WaitGroup
	mu      sync.Mutex
	lines   map[string]*line // by channel
}

// A line is what the sender knows of a channel. Only the goroutine that made
// it busy touches the rest.
type line struct {
	busy       bool      // guarded by Sender.mu
	until      time.Time // paused until then
	failures   int       // in a row, on whatever alerts
	unrecorded string    // id of an alert that was sent, which the queue does not know yet
	receipt    string    // of that alert
	complaint  string    // the last problem for which GaveUp was called
}

// NewSender returns a Sender from queue to channels.
func NewSender(queue Queue, channels Channels, log *slog.Logger) *Sender {
	return &Sender{queue: queue, channels: channels, log: log, lines: map[string]*line{}}
}

// Flush begins to send the alerts that are due and does not wait for them to
// be sent. It returns an error only if the queue does; an alert that could not
// be sent is due again later. When ctx is done, what is in flight is finished
// and nothing more is begun; see [Sender.Wait].
func (s *Sender) Flush(ctx context.Context) error {
	channels, err := s.queue.Channels(ctx, time.Now())
	if err != nil {
		return fmt.Errorf("look for alerts to send: %w", err)
	}
	for _, channel := range channels {
		if ctx.Err() != nil {
			return nil
		}
		if l := s.take(channel, time.Now()); l != nil {
			s.working.Go(func() {
				defer s.release(l)
				s.drain(ctx, channel, l)
			})
		}
	}
	return nil
}

// Wait returns when nothing is in flight. Call it after the last Flush.
func (s *Sender) Wait() { s.working.Wait() }

// take makes the line of channel busy, or returns nil if it is busy or paused.
func (s *Sender) take(channel string, now time.Time) *line {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lines[channel]
	if l == nil {
		l = &line{}
		s.lines[channel] = l
	}
	if l.busy || now.Before(l.until) {
		return nil
	}
	l.busy = true
	return l
}

func (s *Sender) release(l *line) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.busy = false
}

// drain sends what is due on the channel until nothing is, an attempt fails or
// ctx is done. It claims one alert at a time: what is claimed and not sent
// would be late, and out of order.
func (s *Sender) drain(ctx context.Context, channel string, l *line) {
	for ctx.Err() == nil {
		alerts, err := s.queue.Due(ctx, time.Now(), channel, 1)
		if err != nil {
			if ctx.Err() == nil {
				s.log.Error("alerts not read from the queue", "channel", channel, "err", err)
			}
			return
		}
		if len(alerts) == 0 || !s.deliver(context.WithoutCancel(ctx), alerts[0], l) {
			return
		}
	}
}

// deliver makes one attempt to send a and records its outcome. It reports
// whether the channel may go on with the next alert.
func (s *Sender) deliver(ctx context.Context, a news.Alert, l *line) bool {
	var err error
	receipt := l.receipt
	if a.ID != l.unrecorded {
		receipt, err = s.attempt(ctx, a)
	}
	switch {
	case err == nil:
		return s.sent(ctx, a, receipt, l)
	case IsPermanent(err):
		return s.giveUp(ctx, a, l, err)
	default:
		s.putOff(ctx, a, l, err)
		return false
	}
}

// attempt sends a within attemptTime. A notifier that panics on an alert would
// do so again.
func (s *Sender) attempt(ctx context.Context, a news.Alert) (receipt string, err error) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panic while sending", "alert", a.ID, "panic", r, "stack", string(debug.Stack()))
			err = Permanent(fmt.Errorf("coupwatch cannot write this alert, which is a mistake in coupwatch: %v", r))
		}
	}()
	n, err := s.channels.For(a.Channel)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	return n.Notify(ctx, a)
}

// sent records that a was sent. Until the queue knows, a is remembered here,
// so that trouble with the database does not tell people twice.
func (s *Sender) sent(ctx context.Context, a news.Alert, receipt string, l *line) bool {
	now := time.Now()
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	if err := s.queue.Sent(ctx, a.ID, receipt, now); err != nil {
		l.unrecorded, l.receipt = a.ID, receipt
		s.pause(l, now)
		s.log.Error("alert sent, but that was not recorded", "alert", a.ID, "channel", a.Channel, "err", err)
		return false
	}
	l.failures, l.unrecorded, l.complaint = 0, "", ""
	s.log.Info("alert sent", "alert", a.ID, "channel", a.Channel, "kind", a.Kind, "attempt", a.Attempts)
	return true
}

// giveUp records that a will never be sent and tells the operators, once for
// each problem of the channel.
func (s *Sender) giveUp(ctx context.Context, a news.Alert, l *line, problem error) bool {
	now := time.Now()
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	text := problemText(problem)
	if err := s.queue.Failed(ctx, a.ID, text, now); err != nil {
		s.pause(l, now)
		s.log.Error("alert given up, but that was not recorded", "alert", a.ID, "channel", a.Channel, "problem", text, "err", err)
		return false
	}
	s.log.Error("alert given up", "alert", a.ID, "channel", a.Channel, "headline", show.Headline(a), "err", text)
	if s.GaveUp != nil && a.Kind != news.Notice && l.complaint != text {
		s.GaveUp(ctx, a, problem)
	}
	l.complaint = text
	return true
}

// putOff pauses the channel and records when a is due again: first when the
// channel is tried again, or after others if it has failed too often.
func (s *Sender) putOff(ctx context.Context, a news.Alert, l *line, problem error) {
	now := time.Now()
	if asked := askedToWait(problem); asked > 0 {
		l.until = now.Add(asked)
	} else {
		s.pause(l, now)
	}
	next := l.until
	if a.Attempts >= patience {
		next = later(next.Add(firstPause), now.Add(backoff(a.Attempts)))
	}
	text := problemText(problem)
	s.log.Warn("alert not sent", "alert", a.ID, "channel", a.Channel, "attempt", a.Attempts, "again", next.Sub(now).Round(time.Second), "err", text)
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	if err := s.queue.Retry(ctx, a.ID, next, text); err != nil {
		s.log.Error("failed attempt not recorded", "alert", a.ID, "channel", a.Channel, "err", err)
	}
}

// later returns the later of two moments.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// pause pauses the channel for the longer the more attempts have failed.
func (s *Sender) pause(l *line, now time.Time) {
	l.failures++
	l.until = now.Add(backoff(l.failures))
}

// backoff returns how long to wait after n failures in a row: twice as long
// each time and up to maxPause, less a random part of up to a half, lest
// replicas come back together.
func backoff(n int) time.Duration {
	d := maxPause
	if n < 12 {
		d = min(maxPause, firstPause<<(n-1))
	}
	return d - rand.N(d/2)
}
