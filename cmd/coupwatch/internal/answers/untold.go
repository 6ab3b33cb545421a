package answers

import (
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// Untold says why nobody has heard of a story of which people should have.
func Untold(u store.Untold) string {
	if u.Lost {
		return fmt.Sprintf("Nobody was told: given up%s", because(u.Problem))
	}
	if u.Problem == "" {
		return fmt.Sprintf("Owed since %s UTC, not delivered yet", terminal.Moment(u.Owed))
	}
	return fmt.Sprintf("Owed since %s UTC, not delivered%s", terminal.Moment(u.Owed), because(u.Problem))
}

// because returns what follows a sentence that has a reason, "" if none is
// known.
func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + terminal.Safe(reason)
}

// untoldOf returns the alerts of a story as an [store.Untold], and whether
// nobody has heard of what of it interrupts. Alerts that only some want,
// as those of one item, are chosen by which.
func untoldOf(alerts []store.Delivery, which func(store.Delivery) bool, now time.Time) (u store.Untold, untold bool) {
	for _, d := range alerts {
		if d.Kind != news.New && d.Kind != news.Escalation || !which(d) || d.Owed.After(now) {
			continue
		}
		if !d.Sent.IsZero() {
			return store.Untold{}, false
		}
		lost := !d.Failed.IsZero() && d.Summary == ""
		if !untold || u.Lost && !lost {
			u = store.Untold{Owed: d.Owed, Problem: d.Problem, Lost: lost}
		}
		untold = true
	}
	return u, untold
}
