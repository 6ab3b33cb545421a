package answers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

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
