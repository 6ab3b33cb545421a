package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// coverage returns how the feeds fare: "61 feeds ok, 2 blocked, 1 failing,
// 1 silent for 3 days".
func coverage(d news.Digest) string {
	refused := 0
	for _, f := range d.Sick {
		if blocked(f) {
			refused++
		}
	}
	parts := []string{count(max(0, d.Feeds-len(d.Sick)-len(d.Silent)), "feed") + " ok"}
	if refused > 0 {
		parts = append(parts, number(refused)+" blocked")
	}
	if n := len(d.Sick) - refused; n > 0 {
		parts = append(parts, number(n)+" failing")
	}
	if n := len(d.Silent); n > 0 {
		parts = append(parts, number(n)+" silent"+prefixed(" for ", longestSilence(d.Silent, d.To)))
	}
	return strings.Join(parts, ", ")
}

// blocked reports whether a feed cannot be read because its server refuses to
// let us: its problem names one of the answers that say so.
func blocked(f news.FeedState) bool {
	return slices.ContainsFunc([]string{"HTTP 401", "HTTP 403", "HTTP 429", "HTTP 451"}, func(answer string) bool {
		return strings.Contains(f.Problem, answer)
	})
}

// longestSilence returns how long the feeds have brought nothing new, the longest of
// them; "" if that is not known.
func longestSilence(silent []news.FeedState, now time.Time) string {
	var most time.Duration
	for _, f := range silent {
		if !f.LastNew.IsZero() {
			most = max(most, now.Sub(f.LastNew))
		}
	}
	return span(most)
}

// span returns a time in its largest unit: "3 days"; "" for less than an hour.
func span(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return count(int(d/(24*time.Hour)), "day")
	case d >= time.Hour:
		return count(int(d/time.Hour), "hour")
	default:
		return ""
	}
}

// sick returns a feed that does not work as seen at now.
func (s Style) sick(f news.FeedState, now time.Time) sickView {
	v := sickView{Name: feedName(f), Problem: sentence(f.Problem), Since: "never read yet"}
	if !f.LastGood.IsZero() {
		v.Since = "last read " + s.moment(f.LastGood, now)
	}
	return v
}

// silent returns a feed that brings nothing new as seen at now.
func (s Style) silent(f news.FeedState, now time.Time) sickView {
	v := sickView{Name: feedName(f), Since: "nothing new ever"}
	if !f.LastNew.IsZero() {
		v.Since = fmt.Sprintf("nothing new since %s", s.moment(f.LastNew, now))
	}
	return v
}

// feedName returns the name of a feed, or its address without credentials.
func feedName(f news.FeedState) string {
	return Line(cmp.Or(f.Name, Link(f.URL), "(a feed without a name)"), 80)
}
