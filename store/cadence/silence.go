package cadence

import (
	"math"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

const (
	leastWatched = 8 * 24             // hours, each day of the week once, before a cadence is known
	leastGaps    = 12                 // silences, likewise
	rare         = 5                  // years: a silence that comes once in them is too long
	unknownLate  = 7 * 24 * time.Hour // a silence that is too long if no cadence is known
	unknownQuiet = 24 * time.Hour     // and one that is long
	soonest      = time.Hour          // no silence is long before
	tail         = 2                  // so many silences are taken to have been as chance would have them

	weeksAYear = 52
)

// Known reports whether enough is known to say how likely a silence is: something
// was watched for a week and a day and came a dozen times.
func (c *Cadence) Known() bool { return c.hoursWatched() >= leastWatched && c.gaps >= leastGaps }

// Rate returns how often something comes in a day; 0 if that is not known.
func (c *Cadence) Rate() float64 { return 24 * c.rate() }

// Week returns how many moments are to be expected in each hour of the day, in UTC, of
// each day of the week from Monday on; all 0 if nothing is known. What is not known of
// an hour yet is as its day and that hour of other days let expect.
func (c *Cadence) Week() (week [7][24]float64) {
	for i, rate := range c.rates() {
		week[(i/24+6)%7][i%24] = rate
	}
	return week
}

// Likely returns how likely it is, from 0 to 1, that nothing comes from one time,
// when something did, to another.
func (c *Cadence) Likely(from, to time.Time) float64 {
	n, beyond := c.Expected(from, to), c.beyondOne()
	if n <= 1 {
		return 1 - n*(1-beyond)
	}
	return beyond * math.Exp(-(n-1)/c.burst())
}

// beyondOne returns the share of silences in which more than one moment was to be
// expected: by chance one in e.
func (c *Cadence) beyondOne() float64 { return (c.beyond + tail/math.E) / (c.gaps + tail) }

// burst returns how much longer than one expected moment silences are that are
// longer: 1 is what chance makes of them, less is what comes regularly, and more
// what comes in bursts, or otherwise than the hours of the week let expect.
func (c *Cadence) burst() float64 { return max((c.excess+tail)/(c.beyond+tail), 0.3) }

// Silence returns how long nothing has to come since the last time until that is
// more than usual, and until it is too much: when as long a silence is to be
// expected once in five years.
func (c *Cadence) Silence() news.Silence {
	s := news.Silence{Since: c.Last}
	if c.Last.IsZero() {
		return s
	}
	mean := c.rate() // an hour
	if !c.Known() {
		s.Quiet, s.Late = c.Last.Add(unknownQuiet), c.Last.Add(unknownLate)
		if mean > 0 { // one item a month is no sign of death
			s.Late = later(s.Late, c.Last.Add(span(5/mean)))
		}
		return s
	}
	s.Known, s.Rate = true, c.Rate()
	tooMany := 1 + c.burst()*max(math.Log(c.beyondOne()*mean*hours*weeksAYear*rare), 0.5)
	s.Usual, s.Late = c.after(1), later(c.after(tooMany), c.Last.Add(soonest))
	s.Quiet = later(c.Last.Add(span(2/mean)), c.Last.Add(soonest))
	if s.Quiet.After(s.Late) {
		s.Quiet = s.Late
	}
	return s
}

// after returns when n moments were to be expected since the last one, two months
// after it at the latest.
func (c *Cadence) after(n float64) time.Time {
	rates, at := c.rates(), c.Last
	eachHour(c.Last, c.Last.Add(longest), func(hour int, share float64) bool {
		here := rates[hour] * share
		if here >= n {
			at = at.Add(time.Duration(n / rates[hour] * float64(time.Hour)))
			return false
		}
		n -= here
		at = at.Add(time.Duration(share * float64(time.Hour)))
		return true
	})
	return at.Truncate(time.Second)
}

// span returns hours as a time, of two months at most.
func span(hours float64) time.Duration {
	return time.Duration(min(hours, longest.Hours()) * float64(time.Hour)).Truncate(time.Second)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
