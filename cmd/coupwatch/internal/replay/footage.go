package replay

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// An Footage is news of the past as feeds would have brought it.
type Footage struct {
	feeds    []news.Feed
	readings []news.Reading // in order of time
	items    int
}

// Read reads the items of a playtime out of files, and says when each
// would have been read: when it was published, or when its feed was due. m, which
// may be nil, counts them.
func Read(ctx context.Context, files []string, rules *matcher.Rules, s Playtime, atOnce bool, m *archive.Meter) (*Footage, error) {
	var items []news.Item
	for _, name := range files {
		some, err := itemsOf(ctx, name, s, m)
		if err != nil {
			return nil, err
		}
		items = append(items, some...)
	}
	if len(items) == 0 {
		return nil, fmt.Errorf("%s: there are no items with a time in the time that is to be played", strings.Join(files, ", "))
	}
	feeds := backtest.FeedsByURL(rules)
	a := &Footage{items: len(items)}
	for i := range items {
		items[i] = backtest.AsFed(items[i], feeds)
	}
	a.group(items, feeds, atOnce)
	return a, nil
}

// itemsOf returns the items of a file that are of the playtime, in the order of the
// file. One without a time has that of the item before.
func itemsOf(ctx context.Context, name string, s Playtime, m *archive.Meter) (items []news.Item, err error) {
	var last time.Time
	err = archive.Each(ctx, name, m,
		func(some []archive.Line) ([]news.Item, error) {
			m.AddHandled(len(some))
			return archive.Items(some, name)
		},
		func(some []news.Item) error {
			for _, it := range some {
				if it.Published.IsZero() {
					it.Fetched = last
				}
				if last = it.When(); !last.IsZero() && s.holds(last) {
					items = append(items, it)
				}
			}
			return nil
		})
	return items, err
}

// group makes readings of items: what one feed brings at one moment is one.
func (a *Footage) group(items []news.Item, known map[string]news.Feed, atOnce bool) {
	slices.SortStableFunc(items, func(x, y news.Item) int { return x.When().Compare(y.When()) })
	type key struct {
		feed string
		at   time.Time
	}
	byKey := map[key]int{} // its place in the readings
	listed := map[string]bool{}
	for _, it := range items {
		feed, named := known[it.Feed]
		if !named {
			feed = news.Feed{URL: it.Feed, Name: backtest.HostOf(it.Feed), Publisher: it.Publisher}
		}
		if !listed[feed.URL] {
			listed[feed.URL] = true
			a.feeds = append(a.feeds, feed)
		}
		if atOnce {
			a.readings = append(a.readings, news.Reading{Feed: feed, At: it.When(), Items: []news.Item{it}})
			continue
		}
		k := key{it.Feed, pace.ReadingAt(feed, it.When())}
		i, begun := byKey[k]
		if !begun {
			i = len(a.readings)
			byKey[k] = i
			a.readings = append(a.readings, news.Reading{Feed: feed, At: k.at})
		}
		a.readings[i].Items = append(a.readings[i].Items, it)
	}
	slices.SortStableFunc(a.readings, func(x, y news.Reading) int { return x.At.Compare(y.At) })
	for i := range a.readings {
		a.readings[i].NextAt = a.readings[i].At
	}
	slices.SortFunc(a.feeds, func(x, y news.Feed) int { return cmp.Compare(x.URL, y.URL) })
}
