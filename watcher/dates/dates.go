// Package dates reads when an item was published, as feeds write it: in the ways
// that standards know and in those that people type, in any language, and only
// if it can be believed. Better no date than one that is hours off.
package dates

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// A Reader reads the dates of one reading of a feed, which are all written
// alike. It is not safe for concurrent use; make one with [NewReader].
type Reader struct {
	now      time.Time
	home     *time.Location // of dates that name no zone; nil for UTC
	language string         // of the feed, or ""
	order    dayOrder
}

// NewReader returns a Reader for the dates that a feed in language, "" if that is
// not known, had when it was read now. Those that name no zone are of home, nil for
// UTC.
func NewReader(dates []string, home *time.Location, language string, now time.Time) *Reader {
	return &Reader{now: now, home: home, language: language, order: orderOf(dates, now)}
}

// Ambiguous reports whether the dates would mean something else if the feed put
// the month where it puts the day: which it does is to be seen from all of them.
func (r *Reader) Ambiguous() bool { return r.order != unknownOrder }

// Published returns the first of the dates that can be read and believed, or
// the zero time. A date in the future is taken for now: clocks run fast, and
// an announced time is not when the item was published.
func (r *Reader) Published(dates []string) time.Time {
	for _, d := range dates {
		if t, ok := r.parse(d); ok {
			if t.After(r.now.Add(time.Hour)) {
				return r.now
			}
			return t
		}
	}
	return time.Time{}
}

// parse reads one date.
func (r *Reader) parse(s string) (t time.Time, ok bool) {
	if len(s) > 200 {
		return time.Time{}, false
	}
	if t, ok := standard(s); ok {
		return t, true
	}
	if t, ok := parseDate(s, r.language, r.order, r.home); ok {
		return t, true
	}
	if m := numeric.FindStringSubmatch(s); m != nil && len(m[1]) == 4 && number(m[3]) > 12 { // nobody writes year, day, month
		return time.Time{}, false
	}
	return parseForeign(s, r.language, r.home)
}

var (
	digits  = regexp.MustCompile(`^(?:/date\()?(\d{10}|\d{13})(?:[+-]\d{4})?(?:\)/)?$`)
	compact = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?)?(z|[+-]\d\d:?\d\d)?$`)
	clock   = regexp.MustCompile(`(\d{1,2})[:h](\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?\s?m\.?(?:\s|$))?`)
	dotted  = regexp.MustCompile(`(\d.*\s)(\d{1,2})\.([0-5]\d)(\.[0-5]\d)?(\s|$)`)
	numeric = regexp.MustCompile(`(?:^|\s)([+-]?\d{1,5})([./-])(\d{1,2})[./-](\d{1,4})(?:\D|$)`)
	offset  = regexp.MustCompile(`(?:^|[\sa-z])([+-])(\d{1,2}):?(\d\d)?(?:[\s\[]|$)`)
	aside   = regexp.MustCompile(`\([^)]*\)`)
)

// parseDate reads a date as feeds write it: RFC 822, RFC 3339, seconds since
// 1970, and what people type, with the names of months in a dozen languages,
// and its numbers in the given order. Without a zone it is of home, nil for UTC. It
// is not ok before 1995, the year before the first feed, nor after 2100: such
// dates are mistakes.
func parseDate(s, language string, order dayOrder, home *time.Location) (t time.Time, ok bool) {
	original := strings.TrimSpace(strings.ReplaceAll(s, "\u2212", "-")) // the sign of mathematics
	s = strings.ToLower(original)
	if m := digits.FindStringSubmatch(s); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		if len(m[1]) == 10 {
			n *= 1000
		}
		return believable(time.UnixMilli(n).UTC())
	}
	if m := compact.FindStringSubmatch(s); m != nil {
		return moment{year: number(m[1]), month: number(m[2]), day: number(m[3]), hour: number(m[4]), minute: number(m[5]), second: number(m[6]), zone: zone(m[7], original), home: home}.time()
	}
	s = aside.ReplaceAllString(s, " ")
	w := moment{language: language, order: order, home: home}
	before, after := s, ""
	if !clock.MatchString(s) { // as Finns and Danes write it, after the date
		s = dotted.ReplaceAllString(s, "$1$2:$3$5")
	}
	c := clock.FindStringSubmatchIndex(s)
	if c != nil {
		if strings.HasSuffix(s[:c[0]], "+") { // it is a zone, and there is no clock
			return time.Time{}, false
		}
		w.setClock(clock.FindStringSubmatch(s))
		before, after = s[:c[0]], s[c[1]:]
		if order == unknownOrder && c[8] >= 0 {
			w.order = monthFirst // who counts to twelve twice a day mostly names the month first
		}
	}
	// The zone stands after the clock, and the year may stand after the zone.
	if !w.setDate(before) && !w.setDate(before+" "+after) {
		return time.Time{}, false
	}
	if w.zone = zone(after, original); w.zone == nil && isUnknownZone(original, w.language) || c == nil && w.unread {
		return time.Time{}, false // better none than one that is hours off
	}
	return w.time()
}

// A moment is a date and time as it was written.
type moment struct {
	year, month, day, hour, minute, second int
	zone, home                             *time.Location // as it says, nil for what is not said, and where that is
	language                               string         // of the feed, or ""
	order                                  dayOrder
	unread                                 bool // a number beside the date means something
}

// time returns the moment in UTC, if there is such a moment. The hour 24 and
// the second 60 are those that follow.
func (w moment) time() (time.Time, bool) {
	if w.zone == nil {
		w.zone = cmp.Or(w.home, time.UTC)
	}
	if w.month < 1 || w.month > 12 || w.day < 1 || w.hour > 24 || w.minute > 59 || w.second > 60 {
		return time.Time{}, false
	}
	if date := time.Date(w.year, time.Month(w.month), w.day, 0, 0, 0, 0, time.UTC); date.Day() != w.day {
		return time.Time{}, false
	}
	return believable(time.Date(w.year, time.Month(w.month), w.day, w.hour, w.minute, w.second, 0, w.zone).UTC())
}

func believable(t time.Time) (time.Time, bool) {
	if t.Year() < 1995 || t.Year() > 2100 {
		return time.Time{}, false
	}
	return t, true
}

// setClock takes over what clock found.
func (w *moment) setClock(m []string) {
	w.hour, w.minute, w.second = number(m[1]), number(m[2]), number(m[3])
	switch {
	case strings.HasPrefix(m[4], "p") && w.hour < 12:
		w.hour += 12
	case strings.HasPrefix(m[4], "a") && w.hour == 12:
		w.hour = 0
	case m[4] != "":
		return
	}
}

// setDate finds year, month and day in s and tells whether it found them.
func (w *moment) setDate(s string) bool {
	w.unread = false
	if m := numeric.FindStringSubmatch(s); m != nil {
		w.unread = strings.ContainsFunc(strings.Replace(s, m[0], " ", 1), unicode.IsDigit)
		return w.setNumbers(m[1], m[2], number(m[3]), m[4])
	}
	w.year, w.month, w.day = 0, 0, 0
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		n, places := numeral(word)
		switch {
		case places == 4:
			w.year = n
		case places > 0 && places <= 2 && w.day == 0:
			w.day = n
		case places == 2 && w.year == 0:
			w.year = century(n)
		case places > 0:
			w.unread = true
		case places == 0:
			// Of "mar., 21 nov." the last: the first is a mardi.
			if m := month(word, w.language); m > 0 {
				w.month = m
			}
		}
	}
	return w.year > 0 && w.month > 0 && w.day > 0
}

// setNumbers takes over a date in numbers: 2023-11-21, 21.11.2023, 11/21/2023
// or 21/11/2023. Where both orders are possible and nothing is known of them,
// the day comes first, as in most of the world.
func (w *moment) setNumbers(a, separator string, b int, c string) bool {
	switch {
	case len(a) == 4:
		w.year, w.month, w.day = number(a), b, number(c)
	case len(c) != 4 && len(c) != 2:
		return false
	case separator != "." && (b > 12 || w.order == monthFirst && number(a) <= 12):
		w.year, w.month, w.day = century(number(c)), number(a), b
	default:
		w.year, w.month, w.day = century(number(c)), b, number(a)
	}
	return true
}

// century returns the year that is meant by two digits.
func century(n int) int {
	if n < 70 {
		return 2000 + n
	}
	if n < 100 {
		return 1900 + n
	}
	return n
}

// numeral returns the number that a word is, or begins with, as "21st" does,
// and how many digits it has; no digits if it is no number.
func numeral(word string) (n, places int) {
	for _, suffix := range []string{"st", "nd", "rd", "th", "er", "re", "º", "ª", "го", "й", "г", "р", "η", "ης"} {
		if short := strings.TrimSuffix(word, suffix); short != word {
			word = short
			break
		}
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 0 {
		return 0, 0
	}
	return n, len(word)
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
