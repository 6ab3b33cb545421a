package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// Changes are what people hear by one rules file and not by another.
type changes struct {
	before, after *outcome
	gained, lost  []change
	kept          int // stories told by both
}

// A change is a story that people hear of by one of two rules files.
type change struct {
	*pastStory
	other string // what becomes of its items by the other
}

// compare returns what people hear by after and not by before, and the
// reverse. Stories are the same if they have an item in common.
func compare(before, after *outcome) changes {
	c := changes{before: before, after: after}
	c.gained = toldOnlyIn(after, before)
	c.lost = toldOnlyIn(before, after)
	for _, s := range after.stories {
		if s.alerts > 0 {
			c.kept++
		}
	}
	c.kept -= len(c.gained)
	return c
}

// toldOnlyIn returns the stories that people hear of in one outcome without
// hearing of any of their items in another, the first first.
func toldOnlyIn(one, other *outcome) []change {
	in := map[string]*pastStory{} // the other's stories, by their items
	for _, s := range other.stories {
		for _, item := range s.items {
			in[item] = s
		}
	}
	var only []change
	for _, s := range one.stories {
		if s.alerts == 0 {
			continue
		}
		fate, told := "nothing of it matches", false
		for _, item := range s.items {
			if x := in[item]; x != nil {
				fate, told = "only in the digest", told || x.alerts > 0
			}
		}
		if !told {
			only = append(only, change{s, fate})
		}
	}
	slices.SortFunc(only, func(a, b change) int {
		return cmp.Or(a.FirstSeen.Compare(b.FirstSeen), strings.Compare(a.ID, b.ID))
	})
	return only
}

// showChanges shows what people hear by the rules file new and not by the file
// old, and the reverse.
func showChanges(s *terminal.Screen, c changes, old, new string) {
	s.Heading("Compared with " + old)
	s.Line(2, fmt.Sprintf("alerts a day: %.2f before, %.2f now (in all %s before, %s now)",
		c.before.perDay(), c.after.perDay(), terminal.Thousands(c.before.alerts), terminal.Thousands(c.after.alerts)))
	s.Line(2, fmt.Sprintf("stories told: %s by both, %s gained, %s lost", terminal.Thousands(c.kept), terminal.Thousands(len(c.gained)), terminal.Thousands(len(c.lost))))
	showChangeList(s, "Gained", "by "+old+": ", c.gained)
	showChangeList(s, "Lost", "by "+new+": ", c.lost)
}

func showChangeList(s *terminal.Screen, title, by string, list []change) {
	if len(list) == 0 {
		return
	}
	s.Heading(title)
	for _, x := range list[:min(len(list), shownChanges)] {
		showPastStory(s, x.pastStory, by+x.other)
	}
	if more := len(list) - shownChanges; more > 0 {
		fmt.Fprintf(s, "  and %s more; --json has them all\n", terminal.Thousands(more))
	}
}

// A changeLine is a story gained or lost, as backtest --json prints it after
// the steps.
type changeLine struct {
	Change   string        `json:"change"` // "gained" or "lost"
	Time     time.Time     `json:"time"`   // of the first report
	Story    string        `json:"story"`
	Severity news.Severity `json:"severity"`
	Headline string        `json:"headline"`
	Items    []string      `json:"items"`
	Alerts   int           `json:"alerts"`
	Other    string        `json:"other"` // what becomes of its items by the other rules
}

// A changeSummary is the last line of backtest --json --diff.
type changeSummary struct {
	Gained int     `json:"gained"`
	Lost   int     `json:"lost"`
	Kept   int     `json:"kept"`
	Before float64 `json:"alerts_a_day_before"`
	After  float64 `json:"alerts_a_day_after"`
}

// writeChanges writes changes as lines of JSON.
func writeChanges(w io.Writer, c changes) error {
	lines := json.NewEncoder(w)
	for _, list := range []struct {
		name  string
		items []change
	}{{"gained", c.gained}, {"lost", c.lost}} {
		for _, x := range list.items {
			err := lines.Encode(changeLine{list.name, x.FirstSeen, x.ID, x.Severity, x.Headline, x.items, x.alerts, x.other})
			if err != nil {
				return err
			}
		}
	}
	return lines.Encode(changeSummary{len(c.gained), len(c.lost), c.kept, c.before.perDay(), c.after.perDay()})
}
