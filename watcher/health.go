package watcher

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A HealthStore knows how the feeds are and keeps what is owed. *store.DB is
// one.
type HealthStore interface {
	// Feeds returns all feeds that are watched.
	Feeds(ctx context.Context) ([]news.FeedState, error)
	// Queue keeps an alert to be sent, unless one with its ID was kept
	// before, and tells whether it did.
	Queue(ctx context.Context, a news.Alert) (bool, error)
}

const (
	neverRead   = 3  // how often a feed that was never read may fail
	manyNotices = 10 // more than so many feeds are told together
)

// A notice is what operators should hear about a feed.
type notice struct {
	id   string // the same as long as it is about the same failure
	name string
	text string
}

// Health tells the operators once of each feed that has failed or brought
// nothing new for long. Of many feeds it tells in one notice, since then the
// fault is likelier here than there: once a week, and again when they are
// twice as many.
func (w *Watcher) Health(ctx context.Context) error {
	operators := w.use.Rules().Policy().Operators
	if len(operators) == 0 {
		return nil
	}
	feeds, err := w.use.Health.Feeds(ctx)
	if err != nil {
		return fmt.Errorf("look after the feeds: %w", err)
	}
	now := time.Now().UTC()
	for _, n := range w.notices(feeds, now) {
		for _, channel := range operators {
			a := news.Alert{ID: n.id + "/" + channel, Channel: channel, Kind: news.Notice, Notice: n.text, DueAt: now}
			if _, err := w.use.Health.Queue(ctx, a); err != nil {
				return fmt.Errorf("queue a notice to %s: %w", channel, err)
			}
		}
	}
	return nil
}

// notices returns what there is to say about feeds.
func (w *Watcher) notices(feeds []news.FeedState, now time.Time) []notice {
	var all []notice
	for _, f := range feeds {
		if n, ok := w.examine(f, now); ok {
			all = append(all, n)
		}
	}
	if len(all) <= manyNotices {
		return all
	}
	names := make([]string, manyNotices)
	for i := range names {
		names[i] = all[i].name
	}
	year, week := now.ISOWeek()
	return []notice{{
		id: fmt.Sprintf("notice/feeds/%d-%02d/%d", year, week, bits.Len(uint(len(all)))),
		text: fmt.Sprintf("%d of %d feeds fail or bring nothing new: %s and others. If so many began at once, look at this network first; the page of feeds has the reason of each.",
			len(all), len(feeds), strings.Join(names, ", ")),
	}}
}

// examine tells whether there is something to say about a feed, and what.
func (w *Watcher) examine(f news.FeedState, now time.Time) (notice, bool) {
	name := excerpt(label(f.Feed), 80)
	id := func(kind string, since time.Time) string {
		return fmt.Sprintf("notice/%s/%s/%d", kind, checksum([]byte(f.URL))[:16], max(0, since.UnixMilli()))
	}
	switch {
	case f.Failures >= neverRead && f.LastGood.IsZero():
		return notice{
			id("feed", f.LastGood), name,
			fmt.Sprintf("The feed %s could never be read: %s.", name, f.Problem),
		}, true
	case f.Failures > 0 && !f.LastGood.IsZero() && now.Sub(f.LastGood) > w.use.Failing:
		return notice{
			id("feed", f.LastGood), name,
			fmt.Sprintf("The feed %s has not been read since %s: %s.", name, date(f.LastGood), f.Problem),
		}, true
	case f.Failures > 0 || f.LastGood.IsZero():
		return notice{}, false
	case f.LastNew.IsZero() && f.Items == 0:
		return notice{
			id("quiet", f.LastNew), name,
			fmt.Sprintf("The feed %s can be read but carries no items; look whether it is the right one.", name),
		}, true
	case !f.LastNew.IsZero() && now.Sub(f.LastNew) > w.use.Quiet:
		return notice{
			id("quiet", f.LastNew), name,
			fmt.Sprintf("The feed %s has brought nothing new since %s; look whether it has moved.", name, date(f.LastNew)),
		}, true
	}
	return notice{}, false
}

func date(t time.Time) string { return t.Format("2 January 2006, 15:04 UTC") }
