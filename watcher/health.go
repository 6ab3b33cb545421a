package watcher

import (
	"context"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
)

// A HealthStore knows how the feeds are. *store.DB is one.
type HealthStore interface {
	// Feeds returns all feeds that are watched.
	Feeds(ctx context.Context) ([]news.FeedState, error)
}

const (
	neverRead   = 3  // how often a feed that was never read may fail
	manyNotices = 10 // more than so many feeds are told together
	fewFeeds    = 5  // so many feeds may be out of reach without anything being wrong here
)

// ManyFeeds is the id of what is wrong with many feeds at once, MovedFeeds that of
// what to correct since feeds have moved, or its beginning if that is of one feed.
const (
	ManyFeeds  = "feeds"
	MovedFeeds = "feed/moved"
)

// A Sickness is what operators should hear about a feed, or about many at once.
type Sickness struct {
	ID   string // begins with "feed"; the same as long as it is about the same failure
	Text string
	URL  string // of the feed whose line in rules.yaml is to be changed, "" if none is
	name string
}

// Sick returns what is wrong with feeds: those that have failed or brought
// nothing new for long. Of many it returns one, since then the fault is
// likelier here than there.
func (w *Watcher) Sick(ctx context.Context) ([]Sickness, error) {
	feeds, err := w.use.Health.Feeds(ctx)
	if err != nil {
		return nil, fmt.Errorf("look after the feeds: %w", err)
	}
	out := 0
	for _, f := range feeds {
		if f.Failures > 0 && fetch.Unreached(f.Problem) {
			out++
		}
	}
	if out >= fewFeeds && out*5 >= len(feeds)*4 {
		return append([]Sickness{{ID: ManyFeeds, Text: networkDown(out, len(feeds))}}, moves(feeds)...), nil
	}
	now := time.Now().UTC()
	var all []Sickness
	for _, f := range feeds {
		if n, ok := w.examine(f, now); ok {
			all = append(all, n)
		}
	}
	all = together(all, ManyFeeds, func(most int, names string) string {
		return fmt.Sprintf("More than %d of %d feeds fail or bring nothing new: %s and others. If so many began at once, look at this network first; coupwatch feeds, and /feeds of the page, have the reason of each.", most, len(feeds), names)
	})
	return append(all, moves(feeds)...), nil
}

// together returns all, or one in their place if they are many: what says of how
// many at least, and of some by name.
func together(all []Sickness, id string, says func(most int, names string) string) []Sickness {
	if len(all) <= manyNotices {
		return all
	}
	names := make([]string, manyNotices)
	for i := range names {
		names[i] = all[i].name
	}
	most := 1<<(bits.Len(uint(len(all)))-1) - 1 // so that not every feed more is another text
	return []Sickness{{ID: id, Text: says(max(most, manyNotices), strings.Join(names, ", "))}}
}

// moves returns which feeds have moved for good, with what to write.
func moves(feeds []news.FeedState) (all []Sickness) {
	for _, f := range feeds {
		if !f.Moved.Settled() {
			continue
		}
		name := excerptOf(f)
		all = append(all, Sickness{
			MovedFeeds + "/" + checksum([]byte(f.URL))[:16],
			news.Redact(fmt.Sprintf("The feed %s has moved for good, as its server says since %s. It is read at the new address already; in rules.yaml, in place of %q, write url: %q.", name, date(f.Moved.Since), f.URL, f.Moved.To)),
			f.URL, name,
		})
	}
	return together(all, MovedFeeds, func(most int, names string) string {
		return fmt.Sprintf("More than %d feeds have moved for good: %s and others. They are read at their new addresses already; coupwatch feeds has these, for rules.yaml.", most, names)
	})
}

const seemsDown = "this network seems to be down."

func networkDown(out, all int) string {
	return fmt.Sprintf("%d of %d feeds cannot be reached: %s", out, all, seemsDown)
}

// Logged reports whether a text of [Sickness] says what the log of the watcher
// says as well, and earlier: that the network is down.
func Logged(text string) bool { return strings.HasSuffix(text, seemsDown) }

// examine tells whether there is something to say about a feed, and what.
func (w *Watcher) examine(f news.FeedState, now time.Time) (Sickness, bool) {
	name := excerptOf(f)
	id := func(kind string) string { return "feed/" + kind + "/" + checksum([]byte(f.URL))[:16] }
	switch {
	case f.Failures > 0 && strings.HasPrefix(f.Problem, fetch.Gone):
		return Sickness{id("gone"), fmt.Sprintf("The feed %s is gone: its server says that there will be no such feed again (HTTP 410). Remove it from rules.yaml, or write its new address there.", name), f.URL, name}, true
	case f.Failures >= neverRead && f.LastGood.IsZero():
		return Sickness{
			id("fails"), fmt.Sprintf("The feed %s could never be read: %s.", name, f.Problem), "", name,
		}, true
	case f.Failures > 0 && !f.LastGood.IsZero() && now.Sub(f.LastGood) > w.use.Failing:
		return Sickness{
			id("fails"), fmt.Sprintf("The feed %s has not been read since %s: %s.", name, date(f.LastGood), f.Problem), "", name,
		}, true
	case f.Failures > 0 || f.LastGood.IsZero():
		return Sickness{}, false
	case f.LastNew.IsZero() && f.Items == 0:
		return Sickness{
			id("quiet"), fmt.Sprintf("The feed %s can be read but carries no items; look whether it is the right one.", name), "", name,
		}, true
	case !f.LastNew.IsZero() && now.Sub(f.LastNew) > w.use.Quiet:
		return Sickness{
			id("quiet"), fmt.Sprintf("The feed %s has brought nothing new since %s; look whether it has moved.", name, date(f.LastNew)), "", name,
		}, true
	}
	return Sickness{}, false
}

// excerptOf returns the name of a feed as notices have it.
func excerptOf(f news.FeedState) string { return say.Excerpt(label(f.Feed), 80) }

func date(t time.Time) string { return t.Format("2 January 2006, 15:04 UTC") }
