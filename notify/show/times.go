package show

import (
	"cmp"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A reader takes a time without a day for one of the day on which he reads. So
// every time that is shown goes through here, and names its day where that is
// another one than the reader's, and its year where that is.

// day returns the day of t, such as "Saturday 22 August 2026".
func (s Style) day(t time.Time) string { return t.In(s.zone()).Format("Monday 2 January 2006") }

// shortly returns when t was, such as "22 Aug 14:02 UTC".
func (s Style) shortly(t time.Time) string { return t.In(s.zone()).Format("2 Jan 15:04 MST") }

// moment returns when t was as seen at now: "14:02" on the same day, else
// "21 Aug 14:02", or "21 Aug 2025 14:02" if that is long ago; "" for the zero
// time.
func (s Style) moment(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t, now = t.In(s.zone()), now.In(s.zone())
	switch gap := now.Sub(t).Abs(); {
	case sameDay(t, now):
		return t.Format("15:04")
	case gap < 300*24*time.Hour:
		return t.Format("2 Jan 15:04")
	}
	return t.Format("2 Jan 2006 15:04")
}

// span returns from when to when something went on, as seen at now: "06:02 –
// 09:31" on the same day, "21 Aug 06:02 – 09:31" on another, and both days if
// it went on over several, also when it ends today.
func (s Style) span(from, to, now time.Time) string {
	first, last := s.moment(from, now), s.moment(to, now)
	local, end := from.In(s.zone()), to.In(s.zone())
	switch {
	case from.IsZero() || to.IsZero() || first == last:
		return cmp.Or(first, last)
	case sameDay(local, end):
		return first + " – " + end.Format("15:04")
	case sameDay(local, now.In(s.zone())):
		first = local.Format("2 Jan 15:04")
	case sameDay(end, now.In(s.zone())):
		last = end.Format("2 Jan 15:04")
	}
	return first + " – " + last
}

// period returns "21 Aug 07:00 – 22 Aug 07:00 UTC".
func (s Style) period(from, to time.Time) string {
	return from.In(s.zone()).Format("2 Jan 15:04") + " – " + s.shortly(to)
}

// sameDay reports whether two times in one zone are of one day.
func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// tellers returns the first n of those who tell a story, in order of time, as
// seen at now, and how many more there are. The publisher of the report that is
// told is among them, with that report and its time instead of its first one.
func (s Style) tellers(all []news.Source, told news.Item, n int, now time.Time) (shown []sourceView, more int) {
	sorted := slices.Clone(all)
	i := slices.IndexFunc(sorted, func(src news.Source) bool { return told.Publisher != "" && src.Publisher == told.Publisher })
	if i >= 0 && told.Link != "" && !told.When().IsZero() {
		sorted[i].Link, sorted[i].At = told.Link, told.When()
	}
	byTime := func(a, b news.Source) int { return a.At.Compare(b.At) }
	slices.SortStableFunc(sorted, byTime)
	more = max(0, len(sorted)-n)
	if i = slices.IndexFunc(sorted, func(src news.Source) bool { return src.Publisher == told.Publisher }); i >= n {
		sorted[n-1] = sorted[i]
	}
	for _, src := range sorted[:len(sorted)-more] {
		shown = append(shown, sourceView{Line(src.Publisher, maxPublisher), Link(src.Link), src.At, s.moment(src.At, now)})
	}
	return shown, more
}
