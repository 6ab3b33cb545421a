package answers

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// A Grade is what people think of the alerts of a rule.
type Grade struct {
	Rule            string
	Relevant, Noise int // stories
	latest          time.Time
	version         string // of the rules at the latest label
}

// Grades counts labels by rule: those of ids in their order, then those of
// rules that are no more. labels are in the order in which they were given.
func Grades(ids []string, labels []news.Label) []Grade {
	type subject struct{ rule, story string }
	last := map[subject]news.Label{}
	var order []subject
	for _, l := range labels {
		if l.Rule == "" {
			continue // it was missed by all rules
		}
		s := subject{l.Rule, l.Story}
		if _, known := last[s]; !known {
			order = append(order, s)
		}
		last[s] = l
	}
	grades := make([]Grade, 0, len(ids))
	place := map[string]int{}
	for _, id := range ids {
		place[id] = len(grades)
		grades = append(grades, Grade{Rule: id})
	}
	for _, s := range order {
		i, known := place[s.rule]
		if !known {
			i = len(grades)
			place[s.rule] = i
			grades = append(grades, Grade{Rule: s.rule})
		}
		grades[i].count(last[s])
	}
	return grades
}

func (g *Grade) count(l news.Label) {
	if l.Relevant {
		g.Relevant++
	} else {
		g.Noise++
	}
	if l.At.After(g.latest) {
		g.latest, g.version = l.At, l.Version
	}
}

// wilson returns between which shares the true one lies with a probability of
// 95 %, if yes of n are so (Wilson, Probable inference, 1927). n is not 0.
func wilson(yes, n int) (low, high float64) {
	const z = 1.959964
	p, m := float64(yes)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	spread := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-spread), min(1, middle+spread)
}

// Share returns the share of relevant ones, and between which shares the true one
// lies with a probability of 95 %; not enough if they are too few to say.
func (g Grade) Share() (share, low, high float64, enough bool) {
	n := g.Relevant + g.Noise
	if n < fewLabels {
		return 0, 0, 0, false
	}
	low, high = wilson(g.Relevant, n)
	return float64(g.Relevant) / float64(n), low, high, true
}

// ShowGrades writes a table of rules and how many of their alerts were relevant.
func ShowGrades(w io.Writer, grades []Grade, title func(string) string, version string) {
	t := terminal.NewTable("llrrll", "RULE", "TITLE", "RELEVANT", "NOISE", "PRECISION", "LATEST")
	labelled := 0
	for _, g := range grades {
		labelled += g.Relevant + g.Noise
		latest := "–"
		if !g.latest.IsZero() {
			if latest = g.latest.Format(time.DateOnly); g.version != version {
				latest += ", other rules"
			}
		}
		t.Row(g.Rule, terminal.Cut(title(g.Rule), 36), fmt.Sprint(g.Relevant), fmt.Sprint(g.Noise), g.precision(), latest)
	}
	t.Write(w, "")
	if labelled == 0 {
		fmt.Fprintln(w, "\nNobody has pressed Relevant or Noise yet. The buttons need SLACK_APP_TOKEN.")
	}
}

// ShowMissed shows the latest items that people reported as missed.
func ShowMissed(w io.Writer, ctx context.Context, db *store.DB, labels []news.Label) error {
	const most = 20
	missed := slices.DeleteFunc(slices.Clone(labels), func(l news.Label) bool { return l.Rule != "" })
	if len(missed) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nMissed, as people say: %s\n", terminal.Count(len(missed), "item"))
	for _, l := range missed[max(0, len(missed)-most):] {
		name := l.Item // a link, if the item is not stored
		items, err := db.ItemsByID(ctx, l.Item)
		if err != nil {
			return err
		}
		if len(items) > 0 {
			name = items[0].Title + "  " + items[0].Link
		}
		fmt.Fprintf(w, "  %s  %s  %s\n", l.At.Format(time.DateOnly), terminal.Cut(l.By, 20), terminal.Safe(name))
	}
	return nil
}

// precision writes the share of relevant alerts for people.
func (g Grade) precision() string {
	share, low, high, enough := g.Share()
	switch {
	case g.Relevant+g.Noise == 0:
		return "–"
	case !enough:
		return "too few"
	}
	return fmt.Sprintf("%.0f %% (%.0f–%.0f)", 100*share, 100*low, 100*high)
}

// A gradeLine is a rule as rules --json prints it.
type gradeLine struct {
	Rule     string   `json:"rule"`
	Relevant int      `json:"relevant"`
	Noise    int      `json:"noise"`
	Low      *float64 `json:"low,omitempty"` // of precision; none below ten stories
	High     *float64 `json:"high,omitempty"`
}

// WriteGrades writes a line of JSON for each rule.
func WriteGrades(w io.Writer, grades []Grade) error {
	out := json.NewEncoder(w)
	for _, g := range grades {
		line := gradeLine{Rule: g.Rule, Relevant: g.Relevant, Noise: g.Noise}
		if _, low, high, enough := g.Share(); enough {
			line.Low, line.High = &low, &high
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// fewLabels is the number of labels below which a share says nothing.
const fewLabels = 10
