package main

import (
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
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

// bars returns the alerts of each row of a scale, in their order.
func (o *outcome) bars(in scale) []terminal.Bar {
	type row struct{ firsts, all int }
	rows := map[time.Time]row{}
	for d, n := range o.byDay {
		r := rows[in.start(d)]
		rows[in.start(d)] = row{r.firsts + o.firsts[d], r.all + n}
	}
	var bars []terminal.Bar
	for t := in.start(o.from); !t.After(o.to); t = in.next(t) {
		bars = append(bars, terminal.Bar{Label: t.Format(in.label), Dark: rows[t].firsts, All: rows[t].all})
	}
	return bars
}
