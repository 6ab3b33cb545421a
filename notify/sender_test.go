package notify_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
)

// A queue keeps alerts as the store does, in memory.
type queue struct {
	mu      sync.Mutex
	rows    []*row
	down    error // what Sent answers
	retries []time.Duration
	paused  map[string]time.Time
	trouble map[string]string // problems of channels
}

type row struct {
	news.Alert
	done    bool
	failed  string
	receipt string
}

func (q *queue) add(channel string, ids ...string) {
	for _, id := range ids {
		q.rows = append(q.rows, &row{Alert: news.Alert{ID: id, Channel: channel, Kind: news.New, DueAt: time.Now()}})
	}
}

func (q *queue) ChannelsDue(_ context.Context, now time.Time) ([]string, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var all []string
	for _, r := range q.rows {
		if q.due(r, now) && !slices.Contains(all, r.Channel) {
			all = append(all, r.Channel)
		}
	}
	return all, nil
}

func (q *queue) ClaimDue(_ context.Context, now time.Time, channel string, n int) ([]news.Alert, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var due []news.Alert
	for _, r := range q.rows {
		if r.Channel == channel && q.due(r, now) && len(due) < n {
			r.Attempts++
			due = append(due, r.Alert)
			r.DueAt = now.Add(2 * time.Minute)
		}
	}
	return due, nil
}

// due reports whether r is due: none of its story before it is unsent.
func (q *queue) due(r *row, now time.Time) bool {
	if r.done || r.DueAt.After(now) || q.paused[r.Channel].After(now) {
		return false
	}
	for _, earlier := range q.rows {
		if earlier == r {
			break
		}
		if !earlier.done && r.Story.ID != "" && earlier.Story.ID == r.Story.ID && earlier.Channel == r.Channel {
			return false
		}
	}
	return true
}

func (q *queue) find(id string) *row {
	return q.rows[slices.IndexFunc(q.rows, func(r *row) bool { return r.ID == id })]
}

func (q *queue) Sent(_ context.Context, id, receipt string, _ time.Time) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.down != nil {
		return q.down
	}
	q.find(id).done, q.find(id).receipt = true, receipt
	delete(q.trouble, q.find(id).Channel)
	return nil
}

func (q *queue) Retry(_ context.Context, id string, next time.Time, problem string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	r := q.find(id)
	r.DueAt, r.Problem = next, problem
	q.retries = append(q.retries, time.Until(next))
	return nil
}

func (q *queue) Unclear(ctx context.Context, id string, next time.Time, problem string) error {
	q.mu.Lock()
	q.find(id).OutcomeUnknown = true
	q.mu.Unlock()
	return q.Retry(ctx, id, next, problem)
}

func (q *queue) Pause(_ context.Context, channel string, until time.Time) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.paused == nil {
		q.paused = map[string]time.Time{}
	}
	q.paused[channel] = until
	return nil
}

func (q *queue) Trouble(ctx context.Context, channel, problem string, until, _ time.Time) error {
	q.mu.Lock()
	if q.trouble == nil {
		q.trouble = map[string]string{}
	}
	q.trouble[channel] = problem
	q.mu.Unlock()
	return q.Pause(ctx, channel, until)
}

func (q *queue) Failed(_ context.Context, id, problem string, _ time.Time) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.find(id).done, q.find(id).failed = true, problem
	return nil
}

// A told is a notifier that remembers what it sent, and does first what do says.
type told struct {
	mu   sync.Mutex
	ids  []string
	when []time.Duration
	from time.Time
	do   func(ctx context.Context, a news.Alert) error
}

func (n *told) Notify(ctx context.Context, a news.Alert) (string, error) {
	if n.do != nil {
		if err := n.do(ctx, a); err != nil {
			return "", err
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ids = append(n.ids, a.ID)
	n.when = append(n.when, time.Since(n.from))
	return "", nil
}

func (n *told) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Join(n.ids, " ")
}

func newSender(q *queue, slack, email notify.Notifier) *notify.Sender {
	return notify.NewSender(q, notify.Channels{Slack: slack, Email: email}, slog.New(slog.DiscardHandler))
}

// pass lets time pass, in the bubble of a test.
func pass(d time.Duration) { <-time.After(d) }

// flushFor flushes each second for d, as the program does.
func flushFor(t *testing.T, s *notify.Sender, d time.Duration) {
	t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); pass(time.Second) {
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Wait()
}

func TestBlockedChannelHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "s1", "s2")
		q.add("email:a@example.org", "a1", "a2")
		q.add("email:b@example.org", "b1")
		slack := &told{do: func(ctx context.Context, _ news.Alert) error { <-ctx.Done(); return ctx.Err() }}
		email := &told{}
		s := newSender(q, slack, email)
		begin := time.Now()
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 0 {
			t.Errorf("Flush waited %v", took)
		}
		synctest.Wait()
		if got := len(email.ids); got != 3 {
			t.Errorf("email got %d alerts while Slack hung, want 3", got)
		}
		s.Wait()
		if took := time.Since(begin); took != 15*time.Second {
			t.Errorf("an attempt took %v, want 15s", took)
		}
		if p := q.find("s1").Problem; p == "" || q.find("s2").Attempts != 0 {
			t.Errorf("got problem %q, attempts of the next %d; want one attempt at the first alert", p, q.find("s2").Attempts)
		}
	})
}

func TestOrderIsKeptThroughAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2", "3")
		up := time.Now().Add(40 * time.Second)
		slack := &told{do: func(context.Context, news.Alert) error {
			if time.Now().Before(up) {
				return errors.New("down")
			}
			return nil
		}}
		flushFor(t, newSender(q, slack, nil), 5*time.Minute)
		if got, want := slack.String(), "1 2 3"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if n := len(q.retries); n < 3 || n > 6 {
			t.Errorf("tried in vain %d times in 40 seconds, want a few: %v", n, q.retries)
		}
	})
}

func TestRetryAfterHoldsForTheWholeChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2")
		tries := 0
		slack := &told{from: time.Now(), do: func(context.Context, news.Alert) error {
			if tries++; tries == 1 {
				return &notify.RetryError{After: 77 * time.Second, Err: errors.New("slow down")}
			}
			return nil
		}}
		s := newSender(q, slack, nil)
		flushFor(t, s, 30*time.Second)
		q.add("slack", "3")
		flushFor(t, s, 60*time.Second)
		if until := q.paused["slack"].Sub(slack.from); until < 77*time.Second || until > 78*time.Second {
			t.Errorf("the queue is to keep the channel for %v, want 77s", until)
		}
		if got := slack.String(); got != "1 2 3" || slack.when[0] < 77*time.Second || slack.when[0] > 80*time.Second {
			t.Errorf("got %q after %v, want 1 2 3 just after 77s", got, slack.when)
		}
		if tries != 4 {
			t.Errorf("got %d attempts, want 4", tries)
		}
	})
}

func TestPermanentErrorFailsTheAlertAndIsReportedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2", "3")
		slack := &told{do: func(_ context.Context, a news.Alert) error {
			if a.ID != "3" {
				return notify.Permanent(errors.New("too long"))
			}
			return nil
		}}
		s := newSender(q, slack, nil)
		var reported []string
		s.GaveUp = func(_ context.Context, a news.Alert, err error) {
			reported = append(reported, fmt.Sprintf("%s: %v", a.ID, err))
		}
		flushFor(t, s, 10*time.Second)
		if q.find("1").failed != "too long" || q.find("2").failed == "" || q.find("3").failed != "" {
			t.Errorf("got %q, %q, %q", q.find("1").failed, q.find("2").failed, q.find("3").failed)
		}
		if len(reported) != 1 || reported[0] != "1: too long" {
			t.Errorf("operators heard %q, want one report for each problem", reported)
		}
		if got := slack.String(); got != "3" {
			t.Errorf("sent %q, want 3", got)
		}
	})
}

// As long as a channel is in trouble all that is owed stays owed, in order, and
// the channel is tried at growing intervals; then all goes out.
func TestTroubleOfAChannelConsumesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2", "3")
		q.add("nonsense", "x")
		mended := time.Now().Add(30 * time.Hour)
		var tries []time.Duration
		slack := &told{from: time.Now(), do: func(_ context.Context, a news.Alert) error {
			tries = append(tries, time.Since(mended))
			if time.Now().Before(mended) {
				return notify.OfChannel(errors.New("invite the bot"))
			}
			return nil
		}}
		s := newSender(q, slack, nil)
		s.GaveUp = func(_ context.Context, a news.Alert, err error) { t.Errorf("%s was given up: %v", a.ID, err) }
		flushFor(t, s, 30*time.Hour)
		if n := len(tries); n < 30 || n > 72 {
			t.Errorf("tried %d times in 30 hours, want once a minute at first and then once an hour", n)
		}
		if q.find("1").Problem != "invite the bot" || q.trouble["slack"] != "invite the bot" || !strings.Contains(q.trouble["nonsense"], "there is no channel") {
			t.Errorf("the problem is %q, the troubles are %q", q.find("1").Problem, q.trouble)
		}
		if q.find("2").Attempts+q.find("3").Attempts > 0 {
			t.Error("later alerts were tried while the first could not be sent")
		}
		flushFor(t, s, 2*time.Hour)
		if got := slack.String(); got != "1 2 3" || q.trouble["slack"] != "" {
			t.Errorf("sent %q, want 1 2 3; the trouble is %q, want none", got, q.trouble["slack"])
		}
	})
}

// Who ends the pause of a channel in the queue is heeded at once.
func TestEndOfAPauseIsHeeded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1")
		broken := true
		slack := &told{do: func(context.Context, news.Alert) error {
			if broken {
				return notify.OfChannel(errors.New("invalid_auth"))
			}
			return nil
		}}
		s := newSender(q, slack, nil)
		flushFor(t, s, 10*time.Hour)
		broken = false
		flushFor(t, s, 2*time.Second)
		if got := slack.String(); got != "" {
			t.Fatalf("sent %q while the channel was paused", got)
		}
		if err := q.Pause(t.Context(), "slack", time.Time{}); err != nil {
			t.Fatal(err)
		}
		flushFor(t, s, 2*time.Second)
		if got := slack.String(); got != "1" {
			t.Errorf("sent %q after the pause was ended, want 1", got)
		}
	})
}

func TestNoticeThatFailsCallsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1")
		q.rows[0].Kind = news.Notice
		s := newSender(q, &told{do: func(context.Context, news.Alert) error { return notify.Permanent(errors.New("no")) }}, nil)
		s.GaveUp = func(context.Context, news.Alert, error) { t.Error("a failing notice must not beget a notice") }
		flushFor(t, s, 3*time.Second)
		if q.find("1").failed == "" {
			t.Error("the notice is not marked as failed")
		}
	})
}

// One alert that a service cannot digest must not block the channel for ever,
// and is never forgotten.
func TestIndigestibleAlertLetsOthersPass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "bad", "good")
		slack := &told{from: time.Now(), do: func(_ context.Context, a news.Alert) error {
			if a.ID == "bad" {
				return errors.New("500")
			}
			return nil
		}}
		flushFor(t, newSender(q, slack, nil), 48*time.Hour)
		if got := slack.String(); got != "good" || slack.when[0] > 15*time.Minute {
			t.Errorf("got %q after %v, want good within minutes", got, slack.when)
		}
		if n := q.find("bad").Attempts; n < 48 || n > 140 {
			t.Errorf("the bad alert was tried %d times in two days, want about once an hour", n)
		}
		for _, d := range q.retries {
			if d > time.Hour+5*time.Second {
				t.Errorf("waited %v", d)
			}
		}
	})
}

func TestPanicIsAFailureOfTheAlert(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2")
		slack := &told{do: func(_ context.Context, a news.Alert) error {
			if a.ID == "1" {
				panic("index out of range")
			}
			return nil
		}}
		flushFor(t, newSender(q, slack, nil), 2*time.Second)
		if !strings.Contains(q.find("1").failed, "index out of range") || slack.String() != "2" {
			t.Errorf("got %q, sent %q", q.find("1").failed, slack)
		}
	})
}

// If the database fails for a moment just after an alert was sent, it knows within
// seconds, and not only when the claim ends: until then whoever comes after a sender that
// died would be in doubt.
func TestSentAlertIsRecordedSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{down: errors.New("locked")}
		q.add("slack", "1")
		slack := &told{}
		s := newSender(q, slack, nil)
		flushFor(t, s, time.Second)
		q.mu.Lock()
		q.down = nil
		q.mu.Unlock()
		flushFor(t, s, 12*time.Second)
		if got := slack.String(); got != "1" || !q.find("1").done {
			t.Errorf("sent %q; it is recorded: %t", got, q.find("1").done)
		}
	})
}

// If the database fails just after an alert was sent, it is not sent again.
func TestSentAlertIsNotSentAgainWhenRecordingFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{down: errors.New("disk full")}
		q.add("slack", "1", "2")
		slack := &told{}
		s := newSender(q, slack, nil)
		flushFor(t, s, time.Minute)
		q.mu.Lock()
		q.down = nil
		q.mu.Unlock()
		flushFor(t, s, time.Hour)
		if got := slack.String(); got != "1 2" || !q.find("1").done || !q.find("2").done {
			t.Errorf("sent %q, want 1 2", got)
		}
	})
}

func TestStopFinishesWhatIsInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		q.add("slack", "1", "2")
		slack := &told{do: func(ctx context.Context, _ news.Alert) error {
			select {
			case <-time.After(3 * time.Second):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}}
		s := newSender(q, slack, nil)
		ctx, stop := context.WithCancel(t.Context())
		if err := s.Flush(ctx); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		stop()
		s.Wait()
		if got := slack.String(); got != "1" || !q.find("1").done || q.find("2").done {
			t.Errorf("sent %q, want only what was in flight, and recorded", got)
		}
	})
}
