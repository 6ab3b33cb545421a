package watcher

import (
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/watchdog"
)

// A HealthStore knows how the feeds are. *store.DB is one.
type HealthStore interface {
	// Feeds returns all feeds that are watched.
	Feeds(ctx context.Context) ([]news.FeedState, error)
	// SetTold stores what operators know of feeds, by URL, unless that was changed
	// since feeds were read: then it is false and nothing was stored.
	SetTold(ctx context.Context, feeds []news.FeedState, told map[string]news.Told) (stored bool, err error)
}

const (
	manyNotices = 10 // more than so many feeds that have moved, or turn over, are told together
	fewFeeds    = 5  // so many feeds may be out of reach without anything being wrong here
)

// ManyFeeds is the id of what is wrong with many feeds at once, MovedFeeds that of
// what to correct since feeds have moved, or its beginning if that is of one feed.
const (
	ManyFeeds  = "feeds"
	MovedFeeds = "feed/moved"

	gapFeeds = "feed/gap"
)

// A Sickness is what operators should hear about feeds.
type Sickness = watchdog.Notice

// Sick looks at how the feeds are, keeps what operators are to know of it, and
// returns that. If hardly any can be reached it says so, and nothing is concluded
// about each.
func (w *Watcher) Sick(ctx context.Context) ([]Sickness, error) {
	feeds, err := w.judged(ctx, time.Now().UTC())
	if err != nil {
		return nil, fmt.Errorf("look after the feeds: %w", err)
	}
	all := watchdog.Notices(feeds, nameOf)
	if down := Down(feeds); down != "" {
		all = append(all, Sickness{ID: ManyFeeds, Text: down})
	}
	return slices.Concat(all, gaps(feeds, time.Now()), moves(feeds)), nil
}

// judged returns the feeds with what operators know of them from now on. If other
// replicas change it at the same time, again and again, it is left to them.
func (w *Watcher) judged(ctx context.Context, now time.Time) (feeds []news.FeedState, err error) {
	for range 3 {
		feeds, err = w.use.Health.Feeds(ctx)
		if err != nil || Down(feeds) != "" {
			return feeds, err
		}
		told := watchdog.Judge(feeds, now)
		if len(told) == 0 {
			return feeds, nil
		}
		stored, err := w.use.Health.SetTold(ctx, feeds, told)
		if err != nil {
			return nil, err
		}
		for i, f := range feeds {
			if t, changed := told[f.URL]; stored && changed {
				feeds[i].Told = t
			}
		}
		if stored {
			break
		}
	}
	return feeds, nil
}

// unreached returns how many feeds no server was reached of.
func unreached(feeds []news.FeedState) (out int) {
	for _, f := range feeds {
		if f.Failures > 0 && fetch.Unreached(f.Problem) {
			out++
		}
	}
	return out
}

// Down says that this network seems to be down, if hardly any of the feeds can be
// reached; else it is "".
func Down(feeds []news.FeedState) string {
	if out := unreached(feeds); isDown(out, len(feeds)) {
		return networkDown(out, len(feeds))
	}
	return ""
}

func isDown(out, all int) bool { return out >= fewFeeds && out*5 >= all*4 }

// moves returns which feeds have moved for good, with what to write.
func moves(feeds []news.FeedState) (all []Sickness) {
	var names []string
	for _, f := range feeds {
		if !f.Moved.Settled() {
			continue
		}
		name := nameOf(f.Feed)
		names = append(names, name)
		all = append(all, Sickness{
			ID:   MovedFeeds + "/" + checksum([]byte(f.URL))[:16],
			Text: news.Redact(fmt.Sprintf("The feed %s has moved for good, as its server says since %s. It is read at the new address already; in rules.yaml, in place of %q, write url: %q.", name, watchdog.Date(f.Moved.Since), f.URL, f.Moved.To)),
			URL:  f.URL,
		})
	}
	return together(all, names, MovedFeeds, "More than %d feeds have moved for good: %s and others. They are read at their new addresses already; coupwatch feeds has these, for rules.yaml.")
}

// gapsTold is how many gaps in a row, each within a day of the last, say that it is
// no accident.
const gapsTold = 3

// gaps returns which feeds turn over between two readings again and again.
func gaps(feeds []news.FeedState, now time.Time) (all []Sickness) {
	var names []string
	for _, f := range feeds {
		if g := f.Signs.Gap; g.Open(now) && g.Times >= gapsTold {
			name := nameOf(f.Feed)
			names = append(names, name)
			all = append(all, Sickness{
				ID:   gapFeeds + "/" + checksum([]byte(f.URL))[:16],
				Text: fmt.Sprintf("The feed %s turns over between two readings again and again, so that items may be missed. It is read faster by itself, as far as its schedule and its publisher allow; give it a shorter schedule.", name),
				URL:  f.URL,
			})
		}
	}
	return together(all, names, gapFeeds, "More than %d feeds turn over between two readings again and again, so that items may be missed: %s and others. Give them shorter schedules; coupwatch feeds has all of them.")
}

// together returns all, or one in their place if they are many: what says of how
// many at least, and of some by name.
func together(all []Sickness, names []string, id, says string) []Sickness {
	if len(all) <= manyNotices {
		return all
	}
	most := max(1<<(bits.Len(uint(len(all)))-1)-1, manyNotices) // so that not every feed more is another text
	return []Sickness{{ID: id, Text: fmt.Sprintf(says, most, strings.Join(names[:manyNotices], ", "))}}
}

const seemsDown = "this network seems to be down."

func networkDown(out, all int) string {
	return fmt.Sprintf("%d of %d feeds cannot be reached: %s", out, all, seemsDown)
}

// Logged reports whether a text of [Sickness] says what the log of the watcher
// says as well, and earlier: that the network is down.
func Logged(text string) bool { return strings.HasSuffix(text, seemsDown) }

// nameOf returns the name of a feed as notices have it.
func nameOf(f news.Feed) string { return say.Excerpt(label(f), 80) }
