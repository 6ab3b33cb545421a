package backtest

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story"
)

// An Outcome is what came of a backtest.
type Outcome struct {
	*Past
	Each    func(Step) error    // gets each step; may be nil
	Kinds   map[news.Kind]int   // how many reports were of each kind
	Alerts  int                 // how many of them interrupt
	byDay   map[time.Time]int   // the same by day
	firsts  map[time.Time]int   // those of them of kind New
	Joined  map[string][]string // titles of reports that no rule matched, by their story
	Rules   map[string]*Busy
	Terms   map[string]*Busy
	Stories map[string]*Story
	open    story.Stories // those that reports may still join
}

// A Busy thing is a rule or a term.
type Busy struct{ Reports, Alerts int }

// A Story is a story of a backtest.
type Story struct {
	news.Story // as it was last
	Alerts     int
	items      []string
}

// NewOutcome returns an outcome into which nothing was taken yet.
func NewOutcome(p *Past) *Outcome {
	return &Outcome{
		Past: p, Kinds: map[news.Kind]int{}, byDay: map[time.Time]int{}, firsts: map[time.Time]int{},
		Joined: map[string][]string{}, Rules: map[string]*Busy{}, Terms: map[string]*Busy{}, Stories: map[string]*Story{},
	}
}

// Decide decides about reports, which are in order of time, as the daemon does
// that reads each at the moment when it was published, and takes in what it
// decided. Called again it goes on with later ones. It empties reports. m, which
// may be nil, counts them.
func (o *Outcome) Decide(ctx context.Context, policy news.Policy, reports []*news.Report, m *archive.Meter) error {
	for i, r := range reports {
		reports[i] = nil // which takes memory
		decider := o.open.At(policy, r.When())
		*r = r.Given(decider.Warmth())
		d := decider.Decide(*r)
		if m.AddHandled(1); d.Story.ID != "" {
			if err := o.Add(*r, d); err != nil {
				return err
			}
		}
		if i%archive.Chunk == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// Add takes in what was decided about r.
func (o *Outcome) Add(r news.Report, d news.Decision) error {
	step := stepOf(r, d)
	o.Kinds[step.Kind]++
	alerts := 0
	if step.interrupts() {
		alerts = 1
		o.byDay[day(step.Time)]++
		if step.Kind == news.New {
			o.firsts[day(step.Time)]++
		}
	}
	o.Alerts += alerts
	o.addStory(r, d, alerts)
	for _, x := range d.Others {
		if s := o.Stories[x.ID]; s != nil {
			s.Story = x
		}
	}
	if len(r.Matches) == 0 {
		o.Joined[step.Story] = append(o.Joined[step.Story], r.Title)
	}
	var terms []string
	for _, m := range r.Matches {
		countBusy(o.Rules, m.Rule, alerts)
		for _, s := range m.Spans {
			terms = append(terms, strings.ToLower(s.Term))
		}
	}
	slices.Sort(terms)
	for _, term := range slices.Compact(terms) {
		countBusy(o.Terms, term, alerts)
	}
	if o.Each == nil {
		return nil
	}
	return o.Each(step)
}

func (o *Outcome) addStory(r news.Report, d news.Decision, alerts int) {
	s := o.Stories[d.Story.ID]
	if s == nil {
		s = &Story{}
		o.Stories[d.Story.ID] = s
	}
	s.Story = d.Story
	s.Gists = nil // many, and nobody reads them
	s.Alerts += alerts
	s.items = append(s.items, r.ID)
}

// countBusy counts a report of a busy thing, with so many alerts.
func countBusy(in map[string]*Busy, name string, alerts int) {
	b := in[name]
	if b == nil {
		b = &Busy{}
		in[name] = b
	}
	b.Reports++
	b.Alerts += alerts
}

// AlertsPerDay returns how many alerts there were a day, on average.
func (o *Outcome) AlertsPerDay() float64 { return float64(o.Alerts) / float64(o.Days()) }

// Busiest returns the day with most alerts, the first of several, and how many
// they were.
func (o *Outcome) Busiest() (when time.Time, alerts int) {
	for d, n := range o.byDay {
		if n > alerts || n == alerts && d.Before(when) {
			when, alerts = d, n
		}
	}
	return when, alerts
}

// A Step is what became of one report, as backtest --json prints it.
type Step struct {
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
func (s Step) interrupts() bool { return s.Kind == news.New || s.Kind == news.Escalation }

// stepOf returns what was decided about r as a step.
func stepOf(r news.Report, d news.Decision) Step {
	s := Step{
		Time: r.When(), Story: d.Story.ID, Update: d.Update, Kind: d.Kind, Severity: d.Story.Severity,
		Headline: r.Title, Items: []string{r.ID}, Origins: d.Story.Independent(), Status: d.Story.Status, Reason: d.Reason,
	}
	if len(r.Matches) > 0 {
		s.Rule = r.Matches[0].Rule
	}
	return s
}

// StepWriter returns who writes each step as a line of JSON.
func StepWriter(w io.Writer) func(Step) error {
	lines := json.NewEncoder(w)
	return func(s Step) error { return lines.Encode(s) }
}
