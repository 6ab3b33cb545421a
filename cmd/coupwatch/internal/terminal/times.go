package terminal

import (
	"fmt"
	"strings"
	"time"
)

// Ago says how long before now t was.
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return Duration(now.Sub(t)) + " ago"
}

// Until says how long after now t is.
func Until(t, now time.Time) string {
	if !t.After(now) {
		return "due"
	}
	return "in " + Duration(t.Sub(now))
}

// Duration writes a duration by its largest unit.
func Duration(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return strings.Replace(max(d, 0).Round(time.Second).String(), "m0s", "m", 1)
}

// Moment writes a time to the minute, in UTC.
func Moment(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// Span writes from when to when something went on, by days.
func Span(from, to time.Time) string {
	const layout = "2 Jan 2006"
	from, to = from.UTC(), to.UTC()
	switch {
	case from.Format(layout) == to.Format(layout):
		return to.Format(layout)
	case from.Year() != to.Year():
		return from.Format(layout) + " – " + to.Format(layout)
	case from.Month() != to.Month():
		return from.Format("2 Jan") + " – " + to.Format(layout)
	}
	return from.Format("2") + "–" + to.Format(layout)
}
