package cadence

import (
	"slices"
	"time"
)

// Arrivals returns when what a reading brought came into the feed, in order: when
// it was published, if that is between the reading before, at before, and this
// one, at now, and else now.
func Arrivals(published []time.Time, before, now time.Time) []time.Time {
	out := make([]time.Time, len(published))
	for i, p := range published {
		if out[i] = p; p.Before(before) || p.After(now) {
			out[i] = now
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// Begun returns when what is first read of a feed begins to tell of its cadence,
// and the times from then on: an item that is pinned for a year tells nothing of
// the weeks in which there is no other. The times are those of its items that have
// one, up to now.
func Begun(published []time.Time, now time.Time) (from time.Time, times []time.Time) {
	for _, p := range published {
		if !p.IsZero() && !p.After(now) && now.Sub(p) < longest {
			times = append(times, p)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	for len(times) > 1 && times[1].Sub(times[0]) > now.Sub(times[0])/3 {
		times = times[1:]
	}
	if len(times) < 2 {
		return now, times
	}
	return times[0], times
}

// After reports whether t is of a later moment than last: whether it is worth
// learning.
func After(t, last time.Time) bool { return t.UTC().Truncate(moment).After(last) }
