package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func rulesCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Show how many alerts of each rule people found relevant",
		Long: `Rules shows, for each rule, how many stories people called relevant and how many
noise, with the buttons of Slack, and what that says about its precision: the
share of relevant ones, and in brackets where the true share lies with a
probability of 95 % (Wilson). Below ten stories it says "too few".

A story counts once for each rule; the last word about it counts. Below stand the
latest items that people reported as missed, with /coupwatch missed in Slack.`,
		Example: `  coupwatch rules`,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules, db, err := p.openWithRules(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			labels, err := db.Labels(cmd.Context())
			if err != nil {
				return err
			}
			grades := gradeRules(rules.RuleIDs(), labels)
			if asJSON {
				return p.gradesJSON(grades)
			}
			p.showGrades(grades, rules.Title, rules.Version())
			return p.showMissed(cmd.Context(), db, labels)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a rule")
	return cmd
}

// A grade is what people think of the alerts of a rule.
type grade struct {
	rule            string
	relevant, noise int
	latest          time.Time
	version         string // of the rules at the latest label
}

// gradeRules counts labels by rule: those of ids in their order, then those of
// rules that are no more. labels are in the order in which they were given.
func gradeRules(ids []string, labels []news.Label) []grade {
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
	grades := make([]grade, 0, len(ids))
	place := map[string]int{}
	for _, id := range ids {
		place[id] = len(grades)
		grades = append(grades, grade{rule: id})
	}
	for _, s := range order {
		i, known := place[s.rule]
		if !known {
			i = len(grades)
			place[s.rule] = i
			grades = append(grades, grade{rule: s.rule})
		}
		grades[i].count(last[s])
	}
	return grades
}

func (g *grade) count(l news.Label) {
	if l.Relevant {
		g.relevant++
	} else {
		g.noise++
	}
	if l.At.After(g.latest) {
		g.latest, g.version = l.At, l.Version
	}
}

// fewLabels is the number of labels below which a share says nothing.
const fewLabels = 10

// wilson returns between which shares the true one lies with a probability of
// 95 %, if yes of n are so (Wilson, Probable inference, 1927). n is not 0.
func wilson(yes, n int) (low, high float64) {
	const z = 1.959964
	p, m := float64(yes)/float64(n), float64(n)
	middle := (p + z*z/(2*m)) / (1 + z*z/m)
	spread := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(0, middle-spread), min(1, middle+spread)
}

func (p *program) showGrades(grades []grade, title func(string) string, version string) {
	t := terminal.NewTable("llrrll", "RULE", "TITLE", "RELEVANT", "NOISE", "PRECISION", "LATEST")
	labelled := 0
	for _, g := range grades {
		labelled += g.relevant + g.noise
		latest := "–"
		if !g.latest.IsZero() {
			if latest = g.latest.Format(time.DateOnly); g.version != version {
				latest += ", other rules"
			}
		}
		t.Row(g.rule, terminal.Cut(title(g.rule), 36), fmt.Sprint(g.relevant), fmt.Sprint(g.noise), g.precision(), latest)
	}
	t.Write(p.out, "")
	if labelled == 0 {
		fmt.Fprintln(p.out, "\nNobody has pressed Relevant or Noise yet. The buttons need SLACK_APP_TOKEN.")
	}
}

// showMissed shows the latest items that people reported as missed.
func (p *program) showMissed(ctx context.Context, db *store.DB, labels []news.Label) error {
	const most = 20
	missed := slices.DeleteFunc(slices.Clone(labels), func(l news.Label) bool { return l.Rule != "" })
	if len(missed) == 0 {
		return nil
	}
	fmt.Fprintf(p.out, "\nMissed, as people say: %s\n", terminal.Count(len(missed), "item"))
	for _, l := range missed[max(0, len(missed)-most):] {
		name := l.Item // a link, if the item is not stored
		items, err := db.ItemsByID(ctx, l.Item)
		if err != nil {
			return err
		}
		if len(items) > 0 {
			name = items[0].Title + "  " + items[0].Link
		}
		fmt.Fprintf(p.out, "  %s  %s  %s\n", l.At.Format(time.DateOnly), terminal.Cut(l.By, 20), terminal.Safe(name))
	}
	return nil
}

// precision writes the share of relevant alerts for people.
func (g grade) precision() string {
	n := g.relevant + g.noise
	switch {
	case n == 0:
		return "–"
	case n < fewLabels:
		return "too few"
	}
	low, high := wilson(g.relevant, n)
	return fmt.Sprintf("%.0f %% (%.0f–%.0f)", 100*float64(g.relevant)/float64(n), 100*low, 100*high)
}

// A gradeLine is a rule as rules --json prints it.
type gradeLine struct {
	Rule     string   `json:"rule"`
	Relevant int      `json:"relevant"`
	Noise    int      `json:"noise"`
	Low      *float64 `json:"low,omitempty"` // of precision; none below ten stories
	High     *float64 `json:"high,omitempty"`
}

func (p *program) gradesJSON(grades []grade) error {
	out := json.NewEncoder(p.out)
	for _, g := range grades {
		line := gradeLine{Rule: g.rule, Relevant: g.relevant, Noise: g.noise}
		if n := g.relevant + g.noise; n >= fewLabels {
			low, high := wilson(g.relevant, n)
			line.Low, line.High = &low, &high
		}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
