package main

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

// A backtestStep is what became of one report, as backtest --json prints it.
type backtestStep struct {
	Time     time.Time     `json:"time"`
	Story    string        `json:"story"`
	Update   string        `json:"update,omitempty"`
	Kind     news.Kind     `json:"kind"`
	Severity news.Severity `json:"severity"` // of the story then
	Rule     string        `json:"rule"`     // "" if it joined the story without
	Headline string        `json:"headline"` // of the report
	Items    []string      `json:"items"`
	Origins  int           `json:"origins"` // of the story then: at most so many are independent
	Status   news.Status   `json:"status"`  // of the story then
	Reason   string        `json:"reason"`
}

// interrupts reports whether people hear of the step at once.
func (s backtestStep) interrupts() bool { return s.Kind == news.New || s.Kind == news.Escalation }

// stepOf returns what was decided about r as a step.
func stepOf(r news.Report, d news.Decision) backtestStep {
	s := backtestStep{
		Time: r.When(), Story: d.Story.ID, Update: d.Update, Kind: d.Kind, Severity: d.Story.Severity,
		Headline: r.Title, Items: []string{r.ID}, Origins: d.Story.Independent(), Status: d.Story.Status, Reason: d.Reason,
	}
	if len(r.Matches) > 0 {
		s.Rule = r.Matches[0].Rule
	}
	return s
}

// stepWriter returns who writes each step as a line of JSON.
func stepWriter(w io.Writer) func(backtestStep) error {
	lines := json.NewEncoder(w)
	return func(s backtestStep) error { return lines.Encode(s) }
}

// decide decides about reports, which are in order of time, as the daemon does
// that reads each at the moment when it was published. It empties reports.
func (p *program) decide(ctx context.Context, rules *matcher.Rules, reports []*news.Report, o *outcome) error {
	var progress *archive.Meter
	if o.each == nil || !terminal.IsTerminal(p.out) { // what is printed there shows how far it is
		var stop func()
		progress, stop = p.showProgress("decided about", nil)
		defer stop()
	}
	var stories story.Stories
	policy := rules.Policy()
	for i, r := range reports {
		reports[i] = nil // which takes memory
		d := stories.At(policy, r.When()).Decide(*r)
		if progress.AddHandled(1); d.Story.ID != "" {
			if err := o.add(*r, d); err != nil {
				return err
			}
		}
		if i%archive.Chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// An outcome is what came of a backtest.
type outcome struct {
	*past
	each    func(backtestStep) error // gets each step; may be nil
	kinds   map[news.Kind]int        // how many reports were of each kind
	alerts  int                      // how many of them interrupt
	byDay   map[time.Time]int        // the same by day
	firsts  map[time.Time]int        // those of them of kind New
	joined  map[string][]string      // titles of reports that no rule matched, by their story
	rules   map[string]*busy
	terms   map[string]*busy
	stories map[string]*pastStory
}

// A busy thing is a rule or a term.
type busy struct{ reports, alerts int }

// A pastStory is a story of a backtest.
type pastStory struct {
	news.Story // as it was last
	alerts     int
	items      []string
}

func newOutcome(p *past) *outcome {
	return &outcome{
		past: p, kinds: map[news.Kind]int{}, byDay: map[time.Time]int{}, firsts: map[time.Time]int{},
		joined: map[string][]string{}, rules: map[string]*busy{}, terms: map[string]*busy{}, stories: map[string]*pastStory{},
	}
}

// add takes in what was decided about r.
func (o *outcome) add(r news.Report, d news.Decision) error {
	step := stepOf(r, d)
	o.kinds[step.Kind]++
	alerts := 0
	if step.interrupts() {
		alerts = 1
		o.byDay[day(step.Time)]++
		if step.Kind == news.New {
			o.firsts[day(step.Time)]++
		}
	}
	o.alerts += alerts
	o.addStory(r, d, alerts)
	if len(r.Matches) == 0 {
		o.joined[step.Story] = append(o.joined[step.Story], r.Title)
	}
	var terms []string
	for _, m := range r.Matches {
		countBusy(o.rules, m.Rule, alerts)
		for _, s := range m.Spans {
			terms = append(terms, strings.ToLower(s.Term))
		}
	}
	slices.Sort(terms)
	for _, term := range slices.Compact(terms) {
		countBusy(o.terms, term, alerts)
	}
	if o.each == nil {
		return nil
	}
	return o.each(step)
}

func (o *outcome) addStory(r news.Report, d news.Decision, alerts int) {
	s := o.stories[d.Story.ID]
	if s == nil {
		s = &pastStory{}
		o.stories[d.Story.ID] = s
	}
	s.Story = d.Story
	s.Gists = nil // many, and nobody reads them
	s.alerts += alerts
	s.items = append(s.items, r.ID)
}

// countBusy counts a report of a busy thing, with so many alerts.
func countBusy(in map[string]*busy, name string, alerts int) {
	b := in[name]
	if b == nil {
		b = &busy{}
		in[name] = b
	}
	b.reports++
	b.alerts += alerts
}

// perDay returns how many alerts there were a day, on average.
func (o *outcome) perDay() float64 { return float64(o.alerts) / float64(o.days()) }

// busiest returns the day with most alerts, the first of several, and how many
// they were.
func (o *outcome) busiest() (when time.Time, alerts int) {
	for d, n := range o.byDay {
		if n > alerts || n == alerts && d.Before(when) {
			when, alerts = d, n
		}
	}
	return when, alerts
}
