package main

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// What a row of a chart stands for: so long that there are at most so many.
const (
	mostDays   = 35
	mostWeeks  = 60
	mostMonths = 48
)

// A scale divides time into the rows of a chart.
type scale struct {
	name  string                    // "day"
	label string                    // of a row: a layout of time.Format
	start func(time.Time) time.Time // of the row in which a day is
	next  func(time.Time) time.Time // the start of the row after
}

// scaleOf returns the scale for so many days.
func scaleOf(days int) scale {
	forward := func(years, months, days int) func(time.Time) time.Time {
		return func(t time.Time) time.Time { return t.AddDate(years, months, days) }
	}
	switch {
	case days <= mostDays:
		return scale{"day", "Mon _2 Jan 2006", day, forward(0, 0, 1)}
	case days <= 7*mostWeeks:
		monday := func(t time.Time) time.Time { return day(t).AddDate(0, 0, -(int(t.UTC().Weekday())+6)%7) }
		return scale{"week", "_2 Jan 2006", monday, forward(0, 0, 7)}
	case days <= 30*mostMonths:
		month := func(t time.Time) time.Time {
			return time.Date(t.UTC().Year(), t.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
		}
		return scale{"month", "Jan 2006", month, forward(0, 1, 0)}
	}
	year := func(t time.Time) time.Time { return time.Date(t.UTC().Year(), 1, 1, 0, 0, 0, 0, time.UTC) }
	return scale{"year", "2006", year, forward(1, 0, 0)}
}

// showChart draws the alerts of each day, week, month or year as a bar: those
// that tell of a story for the first time, and behind them escalations.
func (s *screen) showChart(o *outcome) {
	in := scaleOf(o.days())
	type row struct{ firsts, all int }
	rows, most := map[time.Time]row{}, 0
	for d, n := range o.byDay {
		r := rows[in.start(d)]
		r = row{r.firsts + o.firsts[d], r.all + n}
		rows[in.start(d)], most = r, max(most, r.all)
	}
	s.heading(fmt.Sprintf("Alerts a %s (█ of a story for the first time, ▒ that it became graver or firmer)", in.name))
	room := s.columns - len(in.start(o.from).Format(in.label)) - len(fmt.Sprint(most)) - 6
	each := math.Min(1, float64(room)/float64(max(most, 1))) // columns for an alert
	for t := in.start(o.from); !t.After(o.to); t = in.next(t) {
		r := rows[t]
		firsts, all := int(math.Ceil(each*float64(r.firsts))), int(math.Ceil(each*float64(r.all)))
		bar := strings.Repeat("█", firsts) + strings.Repeat("▒", all-firsts)
		number := fmt.Sprint(r.all)
		if r.all == 0 {
			number = "·"
		}
		s.line(2, strings.TrimRight(t.Format(in.label)+"  "+bar+strings.Repeat(" ", min(len(bar), 1))+number, " "))
	}
}
