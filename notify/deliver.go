package notify

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/internal/span"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify/internal/pace"
	"github.com/coupwatch/coupwatch/notify/show"
)

// resolveDoubts records those of the alerts that are known to have been sent, and
// looks up those in doubt. It returns the ones that are to be sent, or goOn
// false if the channel has to wait.
func (s *Sender) resolveDoubts(ctx context.Context, run *channelRun, alerts []news.Alert) (left []news.Alert, goOn bool) {
	doubted, _ := split(alerts, run.doubts)
	if len(doubted) > 0 {
		found, err := s.find(ctx, run, doubted)
		if err != nil {
			s.putOff(ctx, run, doubted[0], err)
			_, others := split(alerts, func(a news.Alert) bool { return a.ID == doubted[0].ID })
			s.releaseClaims(ctx, run, others)
			return nil, false
		}
		for id, receipt := range found {
			run.sentUnrecorded[id] = &receipt
		}
	}
	for i, a := range alerts {
		receipt := run.sentUnrecorded[a.ID]
		if receipt == nil {
			left = append(left, a)
		} else if !s.sent(ctx, run, a, *receipt) {
			s.releaseClaims(ctx, run, append(left, alerts[i+1:]...))
			return nil, false
		}
	}
	return left, true
}

// doubts reports whether the message of a may be there without anybody here
// knowing.
func (state *channelState) doubts(a news.Alert) bool {
	return a.OutcomeUnknown && state.sentUnrecorded[a.ID] == nil
}

// find looks for the messages of alerts in doubt and returns the receipts of
// those that are there. If that cannot be done they are sent again: twice is
// better than never. An error means that it may be possible later.
func (s *Sender) find(ctx context.Context, run *channelRun, doubted []news.Alert) (found map[string]string, err error) {
	finder, ok := run.to.(Finder)
	if !ok {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	found, err = search(ctx, finder, doubted)
	switch {
	case err == nil:
		return found, nil
	case IsOfChannel(err), !IsPermanent(err) && run.failed[doubted[0].ID] < patience:
		return nil, Unclear(fmt.Errorf("look whether the alert was sent: %w", err))
	case !run.blind:
		run.blind = true
		s.log.Warn("alerts in doubt cannot be looked up, so some may be told twice", "channel", run.channel, "err", show.Problem(err))
	}
	return nil, nil
}

// search calls the finder, and returns its panic as an error.
func search(ctx context.Context, finder Finder, doubted []news.Alert) (found map[string]string, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return finder.Find(ctx, doubted)
}

// deliverTogether tells of the alerts in one message. It returns those that
// have to be sent singly, which are all or none.
func (s *Sender) deliverTogether(ctx context.Context, run *channelRun, alerts []news.Alert) (left []news.Alert, goOn bool) {
	receipt, err := s.attempt(ctx, run, alerts[0], func(ctx context.Context) (string, error) {
		return run.to.(Summariser).Summarise(ctx, alerts)
	})
	switch {
	case IsPermanent(err) && !IsOfChannel(err):
		s.log.Error("alerts not sent in one message", "channel", run.channel, "alerts", len(alerts), "err", show.Problem(err))
		return alerts, true
	case err != nil:
		s.putOff(ctx, run, alerts[0], err)
		for _, a := range alerts[1:] {
			s.later(ctx, a, run.next(s.now()), a.Problem, IsUnclear(err))
		}
		return nil, false
	}
	for _, a := range alerts {
		run.sentUnrecorded[a.ID] = &receipt
	}
	_, goOn = s.resolveDoubts(ctx, run, alerts)
	return nil, goOn
}

// deliver makes one attempt to send a and records its outcome. It reports
// whether the channel may go on with the next alert.
func (s *Sender) deliver(ctx context.Context, run *channelRun, a news.Alert) bool {
	receipt, err := s.attempt(ctx, run, a, func(ctx context.Context) (string, error) {
		if run.nobody != nil {
			return "", run.nobody
		}
		return run.to.Notify(ctx, a)
	})
	switch {
	case err == nil:
		return s.sent(ctx, run, a, receipt)
	case IsPermanent(err) && !IsOfChannel(err):
		return s.giveUp(ctx, run, a, err)
	default:
		s.putOff(ctx, run, a, err)
		return false
	}
}

// attempt sends a, or more of which it is the first, within attemptTime. A notifier
// that panics on an alert would do so again.
func (s *Sender) attempt(ctx context.Context, run *channelRun, a news.Alert, send func(context.Context) (string, error)) (receipt string, err error) {
	ctx, tried := span.Begin(ctx, "delivery")
	defer tried.End()
	way, _, _ := strings.Cut(run.channel, ":") // and not whom it reaches
	tried.Text("coupwatch.channel", way)
	tried.Text("coupwatch.kind", string(a.Kind))
	tried.Text("coupwatch.story", a.Story.ID)
	defer func() {
		if err != nil {
			tried.Fail(show.Problem(err))
		}
	}()
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("panic while sending", "channel", run.channel, "panic", r, "stack", string(debug.Stack()))
			err = Permanent(fmt.Errorf("coupwatch cannot write this alert, which is a mistake in coupwatch: %v", r))
		}
	}()
	run.limiter.Reserve() // be it ahead of the pace
	ctx, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	return send(ctx)
}

// recordSent records what was sent and could not be recorded then: the sooner the queue
// knows, the less may be told again by who comes after this program. It reports whether
// the channel may go on.
func (s *Sender) recordSent(ctx context.Context, run *channelRun) bool {
	for id, receipt := range run.sentUnrecorded {
		if !s.record(context.WithoutCancel(ctx), run, id, *receipt) {
			return false
		}
		s.log.Info("that an alert was sent is recorded now", "alert", id, "channel", run.channel)
	}
	return true
}

// sent records that a was sent. Until the queue knows, a is remembered here,
// so that trouble with the database does not tell people twice.
func (s *Sender) sent(ctx context.Context, run *channelRun, a news.Alert, receipt string) bool {
	if !s.record(ctx, run, a.ID, receipt) {
		return false
	}
	s.log.Info("alert sent", "alert", a.ID, "channel", run.channel, "kind", a.Kind, "attempt", a.Attempts)
	return true
}

// record tells the queue that the alert id was sent, and pauses the channel if that
// fails.
func (s *Sender) record(ctx context.Context, run *channelRun, id, receipt string) bool {
	now := s.now()
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	if err := s.queue.Sent(ctx, id, receipt, now); err != nil {
		run.sentUnrecorded[id] = &receipt
		run.pause(now)
		s.log.Error("alert sent, but that was not recorded", "alert", id, "channel", run.channel, "err", err)
		return false
	}
	run.forget(id)
	run.failures, run.complaint = 0, ""
	return true
}

// giveUp records that a will never be sent and tells the operators, once for
// each problem of the channel.
func (s *Sender) giveUp(ctx context.Context, run *channelRun, a news.Alert, problem error) bool {
	now := s.now()
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	text := show.Problem(problem)
	if err := s.queue.Failed(ctx, a.ID, text, now); err != nil {
		run.pause(now)
		s.log.Error("alert given up, but that was not recorded", "alert", a.ID, "channel", run.channel, "problem", text, "err", err)
		return false
	}
	run.forget(a.ID)
	s.log.Error("alert given up", "alert", a.ID, "channel", run.channel, "headline", show.Headline(a), "err", text)
	if s.GaveUp != nil && a.Kind != news.Notice && run.complaint != text {
		s.GaveUp(ctx, a, problem)
	}
	run.complaint = text
	return true
}

// putOff pauses the channel and records when a is due again: first when the
// channel is tried again, or after others if it has failed too often by itself.
func (s *Sender) putOff(ctx context.Context, run *channelRun, a news.Alert, problem error) {
	now, text := s.now(), show.Problem(problem)
	s.halt(ctx, run, problem, now)
	next := run.next(now)
	if !IsOfChannel(problem) {
		if run.failed[a.ID]++; run.failed[a.ID] >= patience {
			next = latest(run.until.Add(pace.First), now.Add(pace.Backoff(run.failed[a.ID], pace.First)))
		}
	}
	s.log.Warn("alert not sent", "alert", a.ID, "channel", run.channel, "attempt", a.Attempts, "again", latest(next, run.until).Sub(now).Round(time.Second), "err", text)
	s.later(ctx, a, next, text, IsUnclear(problem))
}

// halt pauses the channel: for as long as its service asks, or for the longer
// the more attempts have failed. The pause is in the queue, so that people can
// see it and end it.
func (s *Sender) halt(ctx context.Context, run *channelRun, problem error, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	var err error
	if asked := askedToWait(problem); asked > 0 {
		run.until = now.Add(asked)
		err = s.queue.Pause(ctx, run.channel, run.until)
	} else {
		first := pace.First
		if IsOfChannel(problem) {
			first = pace.Check
		}
		run.failures++
		run.until = now.Add(pace.Backoff(run.failures, first))
		err = s.queue.Trouble(ctx, run.channel, show.Problem(problem), run.until, now)
	}
	if run.untold = err != nil; run.untold {
		s.log.Error("pause of a channel not recorded", "channel", run.channel, "until", run.until, "err", err)
	}
}

// next returns when alerts are due again that wait for the channel: it is the
// queue that holds them, if it knows of the pause.
func (state *channelState) next(now time.Time) time.Time {
	if state.untold {
		return latest(now, state.until)
	}
	return now
}

// releaseClaims records that alerts were claimed and not tried: they are due again
// when the channel is.
func (s *Sender) releaseClaims(ctx context.Context, run *channelRun, alerts []news.Alert) {
	for _, a := range alerts {
		s.later(ctx, a, run.next(s.now()), a.Problem, a.OutcomeUnknown)
	}
}

// later records that a is due again at next, and whether its message may be
// there already.
func (s *Sender) later(ctx context.Context, a news.Alert, next time.Time, problem string, unclear bool) {
	ctx, cancel := context.WithTimeout(ctx, recordTime)
	defer cancel()
	note := s.queue.Retry
	if unclear {
		note = s.queue.Unclear
	}
	if err := note(ctx, a.ID, next, problem); err != nil {
		s.log.Error("alert put off, but that was not recorded", "alert", a.ID, "channel", a.Channel, "err", err)
	}
}

// latest returns the later of two moments.
func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// forget forgets an alert that came to its end.
func (state *channelState) forget(id string) {
	delete(state.sentUnrecorded, id)
	delete(state.failed, id)
}

// pause pauses the channel, without the queue, for the longer the more attempts
// have failed.
func (state *channelState) pause(now time.Time) {
	state.failures++
	state.until, state.untold = now.Add(pace.Backoff(state.failures, pace.First)), true
}
