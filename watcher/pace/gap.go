package pace

import (
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// soonest is how soon a feed is read again at the soonest because of a gap.
const soonest = time.Minute

// faster returns how long after a reading at now a feed is read again instead of
// after interval, while it has a gap of late: after half the time that what stands
// in it goes back, and half of that if it happens again, but not before least, nor
// before its publisher wants it.
func faster(f news.FeedState, interval, least time.Duration, now time.Time) time.Duration {
	g := f.Signs.Gap
	if !g.Open(now) {
		return interval
	}
	wait := g.Span / 2
	if wait == 0 {
		wait = interval / 2
	}
	wait /= 1 << min(max(g.Times, 1)-1, 10)
	return min(max(wait, least, soonest, f.Wish), interval).Truncate(time.Second)
}

// AfterGap returns when to read a feed again that was read until now, if nothing of
// items, which is all that it carries, was known before.
func AfterGap(f news.FeedState, items []news.Item, now time.Time) time.Time {
	oldest := now
	for _, it := range items {
		if it.Published.IsZero() {
			oldest = now
			break
		}
		if it.Published.Before(oldest) {
			oldest = it.Published
		}
	}
	times := 1
	if f.Signs.Gap.Open(now) {
		times += f.Signs.Gap.Times
	}
	f.Signs.Gap = news.Gap{From: f.LastGood, At: now, Span: now.Sub(oldest), Times: times}
	return Next(f, now, Failure{})
}
