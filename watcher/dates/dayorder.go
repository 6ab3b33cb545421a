package dates

import (
	"strings"
	"time"
)

// A dayOrder says whether a feed writes the day or the month first where it
// writes both in numbers.
type dayOrder int

const (
	unknownOrder dayOrder = iota
	dayFirst
	monthFirst
)

// orderOf finds out the order from all dates of a reading made now: a number
// above twelve is no month, no item is of tomorrow, and who says "PM" mostly
// names the month first. If none of these tells, it is the order by which the
// newest item is the nearer to now, for feeds carry news.
func orderOf(dates []string, now time.Time) dayOrder {
	var days, months, noon bool
	newest := map[dayOrder]time.Time{}
	for _, s := range dates {
		if _, ok := standard(s); ok {
			continue // it says which is which
		}
		s = strings.ToLower(s)
		m := numeric.FindStringSubmatch(s)
		if m == nil || len(m[1]) > 2 || m[2] == "." {
			continue
		}
		days = days || number(m[1]) > 12
		months = months || number(m[3]) > 12
		if c := clock.FindStringSubmatch(s); c != nil && c[4] != "" {
			noon = true
		}
		for _, order := range []dayOrder{dayFirst, monthFirst} {
			w := moment{order: order}
			if w.setNumbers(m[1], m[2], number(m[3]), m[4]) {
				if t, ok := w.time(); ok && t.After(newest[order]) {
					newest[order] = t
				}
			}
		}
	}
	if days != months {
		return map[bool]dayOrder{true: dayFirst, false: monthFirst}[days]
	}
	return nearer(newest, noon, now)
}

// nearer returns the order by which the newest item is not of the future, and
// else the one of those who say noon, or the one by which it is the nearer to
// now.
func nearer(newest map[dayOrder]time.Time, noon bool, now time.Time) dayOrder {
	day, month := newest[dayFirst], newest[monthFirst]
	if day.IsZero() || month.IsZero() || day.Equal(month) {
		return unknownOrder
	}
	tomorrow := now.Add(26 * time.Hour) // somewhere it is tomorrow already
	switch future := day.After(tomorrow); {
	case future != month.After(tomorrow):
		return map[bool]dayOrder{true: monthFirst, false: dayFirst}[future]
	case noon:
		return monthFirst
	case month.After(day):
		return monthFirst
	}
	return dayFirst
}
