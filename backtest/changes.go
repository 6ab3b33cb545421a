package backtest

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// Changes are what people hear by one rules file and not by another.
type Changes struct {
	Before, After *Outcome
	Gained, Lost  []Change
	Kept          int // stories told by both
}

// A Change is a story that people hear of by one of two rules files.
type Change struct {
	*Story
	Other string // what becomes of its items by the other
}

// Compare returns what people hear by after and not by before, and the
// reverse. Stories are the same if they have an item in common.
func Compare(before, after *Outcome) Changes {
	c := Changes{Before: before, After: after}
	c.Gained = toldOnlyIn(after, before)
	c.Lost = toldOnlyIn(before, after)
	for _, s := range after.Stories {
		if s.Alerts > 0 {
			c.Kept++
		}
	}
	c.Kept -= len(c.Gained)
	return c
}

// toldOnlyIn returns the stories that people hear of in one outcome without
// hearing of any of their items in another, the first first.
func toldOnlyIn(one, other *Outcome) []Change {
	in := map[string]*Story{} // the other's stories, by their items
	for _, s := range other.Stories {
		for _, item := range s.items {
			in[item] = s
		}
	}
	var only []Change
	for _, s := range one.Stories {
		if s.Alerts == 0 {
			continue
		}
		fate, told := "nothing of it matches", false
		for _, item := range s.items {
			if x := in[item]; x != nil {
				fate, told = "only in the digest", told || x.Alerts > 0
			}
		}
		if !told {
			only = append(only, Change{s, fate})
		}
	}
	slices.SortFunc(only, func(a, b Change) int {
		return cmp.Or(a.FirstSeen.Compare(b.FirstSeen), strings.Compare(a.ID, b.ID))
	})
	return only
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

// WriteChanges writes changes as lines of JSON.
func WriteChanges(w io.Writer, c Changes) error {
	lines := json.NewEncoder(w)
	for _, list := range []struct {
		name  string
		items []Change
	}{{"gained", c.Gained}, {"lost", c.Lost}} {
		for _, x := range list.items {
			err := lines.Encode(changeLine{list.name, x.FirstSeen, x.ID, x.Severity, x.Headline, x.items, x.Alerts, x.Other})
			if err != nil {
				return err
			}
		}
	}
	return lines.Encode(changeSummary{len(c.Gained), len(c.Lost), c.Kept, c.Before.AlertsPerDay(), c.After.AlertsPerDay()})
}
