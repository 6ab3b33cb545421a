package metrics

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/push"
)

// Store returns s, and counts the readings that are recorded in it.
func (m *Metrics) Store(s watcher.Store) watcher.Store { return countedStore{s, m} }

type countedStore struct {
	watcher.Store
	m *Metrics
}

// Ingest implements [watcher.Store].
func (c countedStore) Ingest(ctx context.Context, r news.Reading, reports []news.Report, decider news.Decider) (news.Tally, error) {
	tally, err := c.Store.Ingest(ctx, r, reports, countedDecider{decider, c.m})
	c.m.reads.WithLabelValues(result(r, tally, err)).Inc()
	c.m.reading.Observe(time.Since(r.At).Seconds())
	c.m.items.WithLabelValues("new").Add(float64(tally.New))
	c.m.items.WithLabelValues("revised").Add(float64(tally.Revised))
	return tally, err
}

func result(r news.Reading, t news.Tally, err error) string {
	switch {
	case err != nil:
		return "unrecorded"
	case r.Failures > 0:
		return "failed"
	case r.Unchanged:
		return "unchanged"
	case t.New+t.Revised > 0:
		return "new"
	default:
		return "nothing_new"
	}
}

// A countedDecider counts what rules matched. What is decided anew because it
// could not be stored is counted again.
type countedDecider struct {
	news.Decider
	m *Metrics
}

// Decide implements [news.Decider].
func (c countedDecider) Decide(r news.Report, closed ...news.Story) news.Decision {
	if len(r.Matches) > 0 {
		c.m.matches.WithLabelValues(r.Matches[0].Rule).Inc()
	}
	return c.Decider.Decide(r, closed...)
}

// Served counts an answer of the page. It is a web.Served.
func (m *Metrics) Served(pattern string, code int, took time.Duration) {
	if pattern == "" {
		pattern = "refused"
	}
	m.pages.WithLabelValues(pattern, strconv.Itoa(code)).Inc()
	if !strings.HasSuffix(pattern, "/live") {
		m.paging.WithLabelValues(pattern).Observe(took.Seconds())
	}
}

// Pushes returns s, and counts what hubs send of the feeds that are subscribed to in
// it.
func (m *Metrics) Pushes(s push.Store) push.Store { return countedPushes{s, m} }

type countedPushes struct {
	push.Store
	m *Metrics
}

// NoteSent implements [push.Store].
func (c countedPushes) NoteSent(ctx context.Context, id, problem string, now time.Time) error {
	err := c.Store.NoteSent(ctx, id, problem, now)
	result := "taken"
	switch {
	case err != nil:
		result = "unrecorded"
	case problem != "":
		result = "refused"
	}
	c.m.pushes.WithLabelValues(result).Inc()
	return err
}

// Queue returns q, and counts what becomes of the alerts that are claimed from it.
func (m *Metrics) Queue(q notify.Queue) notify.Queue {
	return &countedQueue{Queue: q, m: m, claimed: map[string]news.Alert{}}
}

// A countedQueue remembers what is being sent: the outcome of an alert names it
// only. There is never more than the sender claims at once.
type countedQueue struct {
	notify.Queue
	m       *Metrics
	mu      sync.Mutex
	claimed map[string]news.Alert // by id; without what they tell
}

// ClaimDue implements [notify.Queue].
func (c *countedQueue) ClaimDue(ctx context.Context, now time.Time, channel string, n int) ([]news.Alert, error) {
	due, err := c.Queue.ClaimDue(ctx, now, channel, n)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range due {
		c.claimed[a.ID] = news.Alert{Channel: channel, Kind: a.Kind, Item: news.Item{Published: a.Item.Published}}
	}
	return due, err
}

// ended counts the outcome of an attempt and returns what was attempted.
func (c *countedQueue) ended(id, outcome string) (news.Alert, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, found := c.claimed[id]
	delete(c.claimed, id)
	if found {
		c.m.alerts.WithLabelValues(kind(a.Channel), outcome).Inc()
	}
	return a, found
}

// Sent implements [notify.Queue].
func (c *countedQueue) Sent(ctx context.Context, id, receipt string, now time.Time) error {
	a, found := c.ended(id, "sent")
	if at := a.Item.Published; found && !at.IsZero() && (a.Kind == news.New || a.Kind == news.Escalation) {
		c.m.delay.Observe(max(0, now.Sub(at).Seconds()))
	}
	return c.Queue.Sent(ctx, id, receipt, now)
}

// Failed implements [notify.Queue].
func (c *countedQueue) Failed(ctx context.Context, id, problem string, now time.Time) error {
	c.ended(id, "given_up")
	return c.Queue.Failed(ctx, id, problem, now)
}

// Retry implements [notify.Queue].
func (c *countedQueue) Retry(ctx context.Context, id string, next time.Time, problem string) error {
	c.ended(id, "put_off")
	return c.Queue.Retry(ctx, id, next, problem)
}

// Unclear implements [notify.Queue].
func (c *countedQueue) Unclear(ctx context.Context, id string, next time.Time, problem string) error {
	c.ended(id, "unclear")
	return c.Queue.Unclear(ctx, id, next, problem)
}
