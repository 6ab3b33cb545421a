package pace

import (
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
)

// remembered is how many times of items are kept of a feed, to know its cadence.
const remembered = 12

// Recent returns when the last items of a feed were published, the earliest
// first, after a reading that brought items: those that were known of it and
// those of the items. A feed without dates counts as publishing when it changed,
// which is when it was read.
func Recent(known []time.Time, items []news.Item, read time.Time) []time.Time {
	times, dated := slices.Clone(known), false
	add := func(t time.Time) {
		if t = t.Truncate(time.Second); !t.After(read) { // a date in the future is none
			times = append(times, t)
		}
	}
	for _, it := range items {
		if !it.Published.IsZero() {
			dated = true
			add(it.Published)
		}
	}
	if !dated && len(items) > 0 {
		add(read)
	}
	slices.SortFunc(times, time.Time.Compare)
	times = slices.CompactFunc(times, time.Time.Equal) // what came at once came once
	return times[max(len(times)-remembered, 0):]
}

// Between returns how long after a reading at now a feed is read again by an
// adaptive schedule: after a quarter of the time that usually lies between two of
// its items, or an eighth of the time since the last, whichever is longer, and not
// before the publisher wants it; all within bounds. The usual is the median, so
// that a night without news changes nothing of how the feed is read by day. A feed
// of which nothing is known is read as seldom as it may be, or if it was never read
// with success, as often.
func Between(f news.FeedState, bounds schedule.Auto, now time.Time) time.Duration {
	wait := bounds.Most
	if f.LastGood.IsZero() {
		wait = bounds.Least
	}
	if n := len(f.Recent); n > 0 {
		wait = max(Usual(f.Recent)/4, now.Sub(f.Recent[n-1])/8)
	}
	wait = max(wait, f.Wish, bounds.Least)
	return min(wait, bounds.Most).Truncate(time.Second)
}

// Found returns how long after its last reading a feed is read again by an
// adaptive schedule, unless it fails; zero if it has none, or was never read.
func Found(f news.FeedState) time.Duration {
	s, err := schedule.Parse(f.Schedule)
	bounds, ok := s.Auto()
	if err != nil || !ok || f.LastRead.IsZero() {
		return 0
	}
	return Between(f, bounds, f.LastRead)
}

// Usual returns how much time usually lies between two of times, which are in
// order: the median; zero if there are fewer than two.
func Usual(times []time.Time) time.Duration {
	var gaps []time.Duration
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, times[i].Sub(times[i-1]))
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[(len(gaps)-1)/2]
}
