package backtest

import (
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

// A Row is what there was in one of the parts into which time is divided.
type Row struct {
	Label  string // when it was
	Firsts int    // alerts that tell of a story for the first time
	Alerts int    // all that interrupt
}

// ByTime returns the alerts of each day, week, month or year, and which of
// these it is, so that there are not too many rows to be seen at once.
func (o *Outcome) ByTime() (unit string, rows []Row) {
	in := scaleOf(o.Days())
	sums := map[time.Time]Row{}
	for d, n := range o.byDay {
		r := sums[in.start(d)]
		sums[in.start(d)] = Row{"", r.Firsts + o.firsts[d], r.Alerts + n}
	}
	for t := in.start(o.From); !t.After(o.To); t = in.next(t) {
		rows = append(rows, Row{t.Format(in.label), sums[t].Firsts, sums[t].Alerts})
	}
	return in.name, rows
}
