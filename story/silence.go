package story

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// silence returns why nobody is to hear of r, a report of s, at the moment now;
// "" if they are.
func silence(p news.Policy, now time.Time, r news.Report, s news.Story) string {
	if m := muted(p, now, r, s); m != "" {
		return m
	}
	switch age := now.Sub(r.When()); {
	case r.First:
		return "it came with the first reading of its feed"
	case p.MaxAge > 0 && age > p.MaxAge:
		return fmt.Sprintf("it was published %s ago, more than max_age", span(age))
	}
	return ""
}

// muted says which mute of p holds for r, a report of s; "" for none.
func muted(p news.Policy, now time.Time, r news.Report, s news.Story) string {
	for _, m := range p.Mutes {
		if !m.Until.IsZero() && !now.Before(m.Until) || !mutes(m, r, s) {
			continue
		}
		reason := "muted"
		if !m.Until.IsZero() {
			reason += " until " + m.Until.UTC().Format("2006-01-02 15:04")
		}
		if m.By != "" {
			reason += " by " + m.By
		}
		if m.Why != "" {
			reason += ": " + m.Why
		}
		return reason
	}
	return ""
}

// mutes reports whether m is about r, a report of s.
func mutes(m news.Mute, r news.Report, s news.Story) bool {
	switch {
	case m.Story != "":
		return m.Story == s.ID
	case m.Rule != "":
		return len(r.Matches) > 0 && !slices.ContainsFunc(r.Matches, func(x news.Match) bool { return x.Rule != m.Rule })
	case m.Entity != "":
		country, isCountry := strings.CutPrefix(m.Entity, "country:")
		return slices.ContainsFunc(r.Mentions, func(x news.Mention) bool {
			return x.Entity == m.Entity || isCountry && x.Country == country
		})
	case m.Feed != "":
		return m.Feed == r.Feed
	}
	return false
}

// span writes a duration in days, hours or minutes, as people do.
func span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	default:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	}
}
