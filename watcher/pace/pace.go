// Package pace says how soon a feed is read again: by its schedule, and by what
// went wrong. It decides and does nothing else; the clock is an argument.
package pace

import (
	"hash/fnv"
	"math"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
)

const (
	every       = 5 * time.Minute // how often a feed without a schedule is read
	maxBackOff  = 12 * time.Hour  // how long a feed that fails is left alone, unless its schedule is rarer
	slowBackOff = time.Hour       // with what waiting begins for [Slow] failures
	maxJitter   = 30 * time.Second
)

// A Failure is how a feed failed. The zero value is that it did not.
type Failure struct {
	InARow int           // how many times, this one included
	Kind   Kind          // how soon to try again
	After  time.Duration // how long the server asked us to wait; zero if it did not
}

// A Kind of failure says how soon it makes sense to try a feed again.
type Kind int

// The kinds. Waiting doubles with each failure, from where it begins.
const (
	Ordinary Kind = iota // begins with the feed's own interval: it may mend itself
	Slow                 // begins with an hour: somebody has to do something about it
	Weekly               // once a week: there is little hope
)

// Next returns when to read a feed again that was read until now. Feeds that
// share a schedule are spread a little, each always by the same time, so that
// they do not all ask at the same second.
func Next(f news.FeedState, now time.Time, failed Failure) time.Time {
	next, interval := scheduled(f, now)
	if interval >= time.Minute {
		next = next.Add(Spread(f.URL, min(interval/20, maxJitter)))
	}
	if failed.InARow == 0 {
		return next
	}
	wait := backOff(interval, failed)
	if failed.After > 0 { // the server knows best
		wait = failed.After
	}
	if at := now.Add(wait); at.After(next) {
		return at
	}
	return next
}

// scheduled returns the first moment after now of the schedule of f, and how long
// after it the second comes. The schedules of rules.yaml are good; an empty
// one is every five minutes.
func scheduled(f news.FeedState, now time.Time) (next time.Time, interval time.Duration) {
	s, err := schedule.Parse(f.Schedule)
	if err != nil {
		return now.Add(every), every
	}
	if bounds, ok := s.Auto(); ok {
		interval = faster(f, Between(f, bounds, now), bounds.Least, now)
		return now.Add(interval), interval
	}
	next = s.Next(now)
	interval = s.Next(next).Sub(next)
	if strings.HasPrefix(f.Schedule, "@every ") {
		if quick := faster(f, interval, interval/4, now); quick < interval {
			return now.Add(quick), quick
		}
	}
	return next, interval
}

// ReadingAt returns when a feed that always works is read first, by its
// schedule, at t or later. Of one that finds its own pace it is as if it had
// found the middle, between its bounds.
func ReadingAt(f news.Feed, t time.Time) time.Time {
	next, interval := scheduled(news.FeedState{Feed: f}, t.Add(-time.Second))
	s, err := schedule.Parse(f.Schedule)
	if bounds, ok := s.Auto(); err == nil && ok {
		interval = time.Duration(math.Sqrt(bounds.Least.Seconds()*bounds.Most.Seconds())) * time.Second
	} else if f.Schedule != "" && !strings.HasPrefix(f.Schedule, "@every ") {
		return next.Add(Spread(f.URL, min(interval/20, maxJitter)))
	}
	// Such feeds are read at any moment, and then again after each interval.
	at := t.Truncate(interval).Add(Spread(f.URL, interval).Truncate(time.Second))
	if at.Before(t) {
		at = at.Add(interval)
	}
	return at
}

// backOff returns how long to wait after a failure.
func backOff(interval time.Duration, failed Failure) time.Duration {
	switch failed.Kind {
	case Weekly:
		return 7 * 24 * time.Hour
	case Slow:
		interval = max(interval, slowBackOff)
	}
	wait := interval
	for range min(failed.InARow-1, 20) {
		if wait *= 2; wait >= maxBackOff {
			return max(maxBackOff, interval)
		}
	}
	return wait
}

// Gap returns how long to leave the host of the feed at address alone after a
// reading: gap, but nothing if it is this machine, which is whose we are, and no less
// than GDELT asks for.
func Gap(address string, gap time.Duration) time.Duration {
	u, err := url.Parse(address)
	if err != nil {
		return gap
	}
	ip := net.ParseIP(u.Hostname())
	if strings.EqualFold(u.Hostname(), "localhost") || ip != nil && ip.IsLoopback() {
		return 0
	}
	if strings.EqualFold(u.Hostname(), "api.gdeltproject.org") {
		return max(gap, gdeltGap)
	}
	return gap
}

// gdeltGap is how seldom GDELT wants to be asked.
const gdeltGap = 5 * time.Second

// Spread returns a time from zero up to limit that is always the same for address.
func Spread(address string, limit time.Duration) time.Duration {
	h := fnv.New32a()
	h.Write([]byte(address))
	return limit * time.Duration(h.Sum32()%1000) / 1000
}
