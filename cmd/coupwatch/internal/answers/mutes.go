package answers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// MutesOf returns the mutes under which a story is at now.
func MutesOf(s news.Story, mutes []news.Mute, now time.Time) []news.Mute {
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

// A listedMute is a mute as mutes --json prints it.
type listedMute struct {
	Kind  string     `json:"kind"`           // "story", "rule", "entity" or "feed"
	ID    string     `json:"id"`             // of a feed, its address
	Name  string     `json:"name,omitempty"` // of a feed
	Until *time.Time `json:"until"`          // null for ever
	By    string     `json:"by"`
	Why   string     `json:"why,omitempty"`
}

// WriteMutes writes a line of JSON for each mute.
func WriteMutes(w io.Writer, rules *matcher.Rules, mutes []news.Mute) error {
	lines := json.NewEncoder(w)
	for _, m := range mutes {
		kind, id, _ := strings.Cut(MutedWhat(m), " ")
		l := listedMute{Kind: kind, ID: id, Until: OrNull(m.Until), By: cmp.Or(m.By, "rules.yaml"), Why: m.Why}
		if m.Feed != "" {
			l.Name = backtest.FeedsByURL(rules)[m.Feed].Name
		}
		if err := lines.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// Mutes writes a table of mutes.
func Mutes(w io.Writer, rules *matcher.Rules, mutes []news.Mute) {
	if len(mutes) == 0 {
		fmt.Fprintln(w, "Nothing is muted.")
		return
	}
	t := terminal.NewTable("llll", "MUTED", "UNTIL", "BY", "WHY")
	for _, m := range mutes {
		until := "for ever"
		if !m.Until.IsZero() {
			until = m.Until.UTC().Format("2 Jan 2006 15:04 MST")
		}
		t.Row(NamedMute(rules, m), until, cmp.Or(m.By, "rules.yaml"), terminal.Dash(m.Why))
	}
	t.Write(w, "")
}

// NamedMute is mutedWhat, but with the name of a feed as the rules have it.
func NamedMute(rules *matcher.Rules, m news.Mute) string {
	if name := backtest.FeedsByURL(rules)[m.Feed].Name; m.Feed != "" && name != "" {
		return "feed " + name
	}
	return MutedWhat(m)
}
