package answers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// mutesOf returns the mutes under which a story is at now.
func mutesOf(s news.Story, mutes []news.Mute, now time.Time) []news.Mute {
	var of []news.Mute
	for _, m := range mutes {
		if !m.Until.IsZero() && !now.Before(m.Until) {
			continue
		}
		country, isCountry := cutCountry(m.Entity)
		switch {
		case m.Story != "" && m.Story == s.ID,
			m.Rule != "" && len(s.Rules) == 1 && s.Rules[0] == m.Rule,
			isCountry && slices.Contains(s.Countries, country),
			m.Entity != "" && slices.Contains(s.Entities, m.Entity):
			of = append(of, m)
		}
	}
	return of
}

// cutCountry returns the code of a country's id, "ml" of "country:ml".
func cutCountry(entity string) (code string, isCountry bool) {
	return strings.CutPrefix(entity, "country:")
}

// muted says what a mute is about and how long it lasts.
func muted(m news.Mute) string {
	what := map[bool]string{true: "this story"}[m.Story != ""]
	if what == "" {
		what = MutedWhat(m)
	}
	until := "until it is unmuted"
	if !m.Until.IsZero() {
		until = "until " + terminal.Moment(m.Until) + " UTC"
	}
	said := fmt.Sprintf("MUTED: %s, %s", what, until)
	if m.By != "" {
		said += ", by " + m.By
	}
	if m.Why != "" {
		said += ": " + m.Why
	}
	return said
}

// MutedWhat names what m mutes.
func MutedWhat(m news.Mute) string {
	switch {
	case m.Story != "":
		return "story " + m.Story
	case m.Rule != "":
		return "rule " + m.Rule
	case m.Entity != "":
		return "entity " + m.Entity
	}
	return "feed " + m.Feed
}
