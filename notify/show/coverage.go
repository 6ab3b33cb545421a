package show

import (
	"cmp"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// coverage returns how the feeds fare: "feeds: 104 fresh, 3 late, 1 dead".
func coverage(d news.Digest) string {
	if len(d.States) == 0 { // of an older coupwatch, or there are none
		return count(d.Feeds, "feed")
	}
	return "feeds: " + d.States.String()
}

// sick returns a feed in which something is wrong as seen at now.
func (s Style) sick(f news.FeedState, now time.Time) sickView {
	state := f.State(now)
	v := sickView{Name: feedName(f), State: Line(string(state), 20), Problem: sentence(f.Why(now)), Since: "never read yet"}
	switch {
	case state == news.FeedLate: // which says since when
		v.Since = ""
	case !f.LastGood.IsZero():
		v.Since = "last read " + s.moment(f.LastGood, now)
	}
	return v
}

// feedName returns the name of a feed, or its address without credentials.
func feedName(f news.FeedState) string {
	return Line(cmp.Or(f.Name, Link(f.URL), "(a feed without a name)"), 80)
}
