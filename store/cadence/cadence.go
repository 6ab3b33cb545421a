// Package cadence learns when something usually comes, be it an item of a feed or
// word of a country, and says how likely it is that nothing comes for so long. It
// decides and does nothing else; the clock is an argument.
//
// What is counted are moments, not items: ten items of one batch came once. How
// often they come depends on the hour of the day and on the day of the week, each
// by a factor, and with time on each hour of the week by itself (a Poisson process
// whose rate varies so: Ihler, Hutchins and Smyth, "Adaptive event detection with
// time-varying count processes", KDD 2006). By that rate a silence is measured
// not in hours but in moments that were to be expected meanwhile, so that a night
// counts little; if the rates are right, such silences are all of one kind (time
// rescaling: Brown and others, Neural Computation 14, 2002). Rates are never quite
// right and sources come in bursts, so the tail of the silences that there were is
// fitted too (peaks over a threshold: Pickands 1975), and what is judged is how
// often one as long is to be expected, as of floods: once in so many years. That a
// source is suspected by such a likelihood and not after a fixed time is the accrual
// failure detector (Hayashibara and others, SRDS 2004).
package cadence

import (
	"math"
	"time"
)

const (
	hours    = 7 * 24           // of a week
	moment   = 10 * time.Minute // what comes within it comes at once
	fadeDays = 7                // how often the past fades
	faded    = 0.84             // to what, so that half of it is gone after four weeks

	// How much of what is not known yet is taken from what is, in hours watched.
	likeAllDay  = 6  // an hour of the day is like the whole day
	likeAllWeek = 24 // a day is like the others
	likeOthers  = 3  // an hour of the week is as its hour and its day let expect

	longest   = 60 * 24 * time.Hour // silence that is told from longer ones
	mostAdded = 20                  // a silence counts for no more than so many moments that were to be expected
)

// A Cadence is what is known of when something comes. The zero value is that
// nothing is. It is not safe for concurrent use.
type Cadence struct {
	Until time.Time // up to when it was watched; zero if it never was
	Last  time.Time // when something came last; zero if nothing did

	faded   int64          // the day since 1970 when the past faded last
	came    [hours]float64 // moments, by hour of the week in UTC from Sunday on
	watched [hours]float64 // hours, likewise

	gaps   float64 // silences that ended
	beyond float64 // of these, those in which more than one moment was to be expected
	excess float64 // how many more, all in all
}

// Learn makes known that something was watched from a moment to another and came
// at times, which are in order. What is before the time up to which it was watched
// already is passed over, but for what came.
func (c *Cadence) Learn(from, to time.Time, times []time.Time) {
	first := c.Until.IsZero()
	c.fade(to)
	if from.Before(c.Until) {
		from = c.Until
	}
	var news []time.Time // the moments that were not known
	last := c.Last
	for _, t := range times {
		if t = t.UTC().Truncate(moment); t.After(last) || last.IsZero() {
			news, last = append(news, t), t
		}
	}
	if first { // what is known of the silences is then all that they are judged by
		c.watch(from, to)
		c.count(news)
	}
	for _, t := range news {
		c.end(t)
	}
	if !first {
		c.watch(from, to)
		c.count(news)
	}
	if to.After(c.Until) {
		c.Until = to
	}
}

// Pause makes known that nothing was watched up to a moment, since when it is: the
// silence is as if it began then.
func (c *Cadence) Pause(until time.Time) {
	if !c.Until.IsZero() && until.After(c.Until) {
		c.Until, c.Last = until, until
	}
}

// end ends a silence at t, by what was known before.
func (c *Cadence) end(t time.Time) {
	if !c.Last.IsZero() && c.hoursWatched() >= 24 {
		c.gaps++
		if more := c.Expected(c.Last, t) - 1; more > 0 {
			c.beyond++
			c.excess += min(more, mostAdded)
		}
	}
	c.Last = t
}

func (c *Cadence) count(times []time.Time) {
	for _, t := range times {
		c.came[hourOf(t)]++
	}
}

// watch adds the hours from a moment to another.
func (c *Cadence) watch(from, to time.Time) {
	if to.Sub(from) > longest {
		from = to.Add(-longest)
	}
	eachHour(from, to, func(hour int, share float64) bool {
		c.watched[hour] += share
		return true
	})
}

// fade lets the past fade up to a moment, a week at a time.
func (c *Cadence) fade(to time.Time) {
	day := to.Unix() / (24 * 60 * 60)
	if c.faded == 0 {
		c.faded = day
	}
	weeks := (day - c.faded) / fadeDays
	if weeks <= 0 {
		return
	}
	c.faded += weeks * fadeDays
	f := math.Pow(faded, float64(weeks))
	for i := range hours {
		c.came[i] *= f
		c.watched[i] *= f
	}
	c.gaps, c.beyond, c.excess = c.gaps*f, c.beyond*f, c.excess*f
}

// hourOf returns the hour of the week of t.
func hourOf(t time.Time) int {
	t = t.UTC()
	return int(t.Weekday())*24 + t.Hour()
}

// eachHour calls do with each hour of the week from a moment to another, and which
// share of it, until do returns false.
func eachHour(from, to time.Time, do func(hour int, share float64) bool) {
	for from.Before(to) {
		end := from.Truncate(time.Hour).Add(time.Hour)
		if end.After(to) {
			end = to
		}
		if !do(hourOf(from), end.Sub(from).Hours()) {
			return
		}
		from = end
	}
}

func (c *Cadence) hoursWatched() float64 { return sum(c.watched[:]) }

func sum(all []float64) (s float64) {
	for _, x := range all {
		s += x
	}
	return s
}

// rate returns how many moments an hour has on the average.
func (c *Cadence) rate() float64 {
	if h := c.hoursWatched(); h > 0 {
		return sum(c.came[:]) / h
	}
	return 0
}

// rates returns how many moments are to be expected in each hour of the week.
func (c *Cadence) rates() (all [hours]float64) {
	mean := c.rate()
	if mean == 0 {
		return all
	}
	var day, dayWatched [7]float64
	var hour, hourWatched [24]float64
	for i := range hours {
		day[i/24] += c.came[i]
		dayWatched[i/24] += c.watched[i]
		hour[i%24] += c.came[i]
		hourWatched[i%24] += c.watched[i]
	}
	for i := range hours {
		ofHour := (hour[i%24] + likeAllDay*mean) / (hourWatched[i%24] + likeAllDay)
		ofDay := (day[i/24] + likeAllWeek*mean) / (dayWatched[i/24] + likeAllWeek)
		all[i] = (c.came[i] + likeOthers*ofHour*ofDay/mean) / (c.watched[i] + likeOthers)
	}
	return all
}

// Expected returns how many moments were to be expected from one time to another,
// within two months.
func (c *Cadence) Expected(from, to time.Time) (n float64) {
	if to.Sub(from) > longest {
		to = from.Add(longest)
	}
	rates := c.rates()
	eachHour(from, to, func(hour int, share float64) bool {
		n += rates[hour] * share
		return true
	})
	return n
}
