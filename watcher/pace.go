package watcher

import (
	"hash/fnv"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
)

const (
	every       = 5 * time.Minute // how often a feed without a schedule is read
	maxBackOff  = 12 * time.Hour  // how long a feed that fails is left alone, unless its schedule is rarer
	slowBackOff = time.Hour       // with what waiting begins for [Slow] troubles
	maxJitter   = 30 * time.Second
)

// nextAt returns when to read a feed again after failures in a row, the last
// of which was t. Feeds that share a schedule are spread a little, each always
// by the same time, so that they do not all ask at the same second.
func nextAt(f news.Feed, now time.Time, failures int, t *Trouble) time.Time {
	next, interval := scheduled(f.Schedule, now)
	if interval >= time.Minute {
		next = next.Add(spread(f.URL, min(interval/20, maxJitter)))
	}
	if failures == 0 || t == nil {
		return next
	}
	wait := backOff(interval, failures, t.Pace)
	if t.After > 0 { // the server knows best
		wait = t.After
	}
	if at := now.Add(wait); at.After(next) {
		return at
	}
	return next
}

// scheduled returns the first moment after now of a schedule, and how long
// after it the second comes. The schedules of rules.yaml are good; an empty
// one is every five minutes.
func scheduled(spec string, now time.Time) (next time.Time, interval time.Duration) {
	s, err := schedule.Parse(spec)
	if err != nil {
		return now.Add(every), every
	}
	next = s.Next(now)
	return next, s.Next(next).Sub(next)
}

// ReadingAt returns when a feed that always works is read first, by its
// schedule, at t or later.
func ReadingAt(f news.Feed, t time.Time) time.Time {
	next, interval := scheduled(f.Schedule, t.Add(-time.Second))
	if f.Schedule != "" && !strings.HasPrefix(f.Schedule, "@every ") {
		return next.Add(spread(f.URL, min(interval/20, maxJitter)))
	}
	// Such feeds are read at any moment, and then again after each interval.
	at := t.Truncate(interval).Add(spread(f.URL, interval).Truncate(time.Second))
	if at.Before(t) {
		at = at.Add(interval)
	}
	return at
}

// backOff returns how long to wait after so many failures in a row.
func backOff(interval time.Duration, failures int, p Pace) time.Duration {
	switch p {
	case Weekly:
		return 7 * 24 * time.Hour
	case Slow:
		interval = max(interval, slowBackOff)
	}
	wait := interval
	for range min(failures-1, 20) {
		if wait *= 2; wait >= maxBackOff {
			return max(maxBackOff, interval)
		}
	}
	return wait
}

// spread returns a time from zero up to limit that is always the same for url.
func spread(url string, limit time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(url))
	return limit * time.Duration(h.Sum32()%1000) / 1000
}
