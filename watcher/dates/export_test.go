package dates

import "time"

// ParseDate reads one date of a feed of which no other is known.
func ParseDate(s string) (time.Time, bool) { return ParseDates("", s) }

// ParseDates reads the first of the dates of a feed in language.
func ParseDates(language string, dates ...string) (time.Time, bool) {
	return NewReader(dates, nil, language, time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)).parse(dates[0])
}

// Standard reads a date in a standard form, and Typed in any other way.
var Standard = standard

// Typed is described with Standard.
func Typed(s string) (time.Time, bool) { return parseDate(s, "", unknownOrder, nil) }
