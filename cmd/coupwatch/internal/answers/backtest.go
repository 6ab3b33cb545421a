package answers

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// What is shown of lists that are long; --json has everything.
const (
	shownBusy    = 10 // rules, and terms
	shownStories = 10
	shownJoined  = 5  // stories
	shownChanges = 20 // stories gained, and lost
)

// A Backtest is what came of one, and what it is held against.
type Backtest struct {
	Rules     string            // the rules file
	After     *backtest.Outcome // of it
	Folding   *backtest.Folding // of its stories into events, or nil
	Other     string            // another rules file, or ""
	Before    *backtest.Outcome // of the other, or nil
	Limited   bool
	MaxPerDay float64 // alerts, if Limited
}

// Show shows what people would have heard.
func (b Backtest) Show(s *terminal.Screen) {
	o := b.After
	showTotals(s, o)
	if b.Before != nil {
		showChanges(s, backtest.Compare(b.Before, o), b.Other, b.Rules)
	}
	showChart(s, o)
	showBusy(s, "RULE", o.Rules)
	showBusy(s, "TERM", o.Terms)
	showTop(s, o)
	showJoined(s, o)
	if b.Folding != nil {
		showFolding(s, b.Folding.Figures())
	}
	s.WriteString("\n")
	s.Wrapped(0, b.verdict())
}

// showTotals says how many of everything there were.
func showTotals(s *terminal.Screen, o *backtest.Outcome) {
	told := 0
	for _, x := range o.Stories {
		if x.Alerts > 0 {
			told++
		}
	}
	reports := 0
	for _, n := range o.Kinds {
		reports += n
	}
	s.Line(0, fmt.Sprintf("%s of %s, %s: %s in %s, %s of them told", terminal.Counted(o.Items, "item"), terminal.Days(o.Days()), terminal.Span(o.From, o.To),
		terminal.Counted(reports, "report"), terminal.Counted(len(o.Stories), "story"), terminal.Thousands(told)))
	if o.Undated > 0 {
		s.Line(0, terminal.Counted(o.Undated, "item")+" without a time: each stands with the item before it")
	}
	t := terminal.NewTable("rll")
	for _, k := range []struct {
		kind news.Kind
		says string
	}{
		{news.New, "interrupts: a story for the first time"},
		{news.Escalation, "interrupts: it became graver, firmer or broader, or was denied"},
		{news.Update, "goes into the thread of its story"},
		{news.Copy, "is silent: people know it already"},
		{news.DigestOnly, "is in the digest only"},
	} {
		t.Row(terminal.Thousands(o.Kinds[k.kind]), string(k.kind), k.says)
	}
	t.Write(s, "  ")
}

// showBusy writes a table of the busiest rules or terms.
func showBusy(s *terminal.Screen, heading string, all map[string]*backtest.Busy) {
	if len(all) == 0 {
		return
	}
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(all[b].Alerts-all[a].Alerts, all[b].Reports-all[a].Reports, strings.Compare(a, b))
	})
	s.WriteString("\n")
	t := terminal.NewTable("lrr", heading, "ALERTS", "REPORTS")
	for _, name := range names[:min(len(names), shownBusy)] {
		t.Row(terminal.Fit(name, 40), terminal.Thousands(all[name].Alerts), terminal.Thousands(all[name].Reports))
	}
	t.Write(s, "")
	if more := len(names) - shownBusy; more > 0 {
		fmt.Fprintf(s, "and %d more\n", more)
	}
}

// showTop shows the stories that were told most.
func showTop(s *terminal.Screen, o *backtest.Outcome) {
	top := slices.SortedFunc(maps.Values(o.Stories), func(a, b *backtest.Story) int {
		return cmp.Or(min(b.Alerts, 1)-min(a.Alerts, 1), b.Reports-a.Reports, a.FirstSeen.Compare(b.FirstSeen), strings.Compare(a.ID, b.ID))
	})
	if len(top) == 0 {
		return
	}
	s.Heading("Top stories")
	for _, x := range top[:min(len(top), shownStories)] {
		showPastStory(s, x, "")
	}
}

// showPastStory shows a story in a few lines, with a remark on it.
func showPastStory(s *terminal.Screen, x *backtest.Story, remark string) {
	s.Line(2, x.Headline)
	facts := []string{standing(x.Severity, x.Status), terminal.Counted(x.Reports, "report"), terminal.Count(x.Alerts, "alert"), terminal.Span(x.FirstSeen, x.LastSeen)}
	s.Line(6, strings.Join(facts, " · "))
	if remark != "" {
		s.Line(6, remark)
	}
	if len(x.Origins) > 0 {
		s.Line(6, originsLine(x.Origins, s.Columns-40))
	}
}

// standing says how grave and how firm a story is: "high, claim".
func standing(severity news.Severity, status news.Status) string {
	if status == 0 {
		return severity.String()
	}
	return severity.String() + ", " + status.String()
}

// atMost says how many independent origins there are at most.
func atMost(n int) string {
	return "at most " + terminal.Counted(n, "independent origin")
}

// originsLine names the origins of a story, as many as fit into columns.
func originsLine(origins []news.Origin, columns int) string {
	var names []string
	for _, o := range origins {
		names = append(names, o.Name)
	}
	return atMost(len(origins)) + ": " + terminal.Listed(names, max(columns, 20))
}

// showJoined shows the stories that most reports joined without a rule.
func showJoined(s *terminal.Screen, o *backtest.Outcome) {
	if len(o.Joined) == 0 {
		return
	}
	all := 0
	for _, titles := range o.Joined {
		all += len(titles)
	}
	ids := slices.SortedFunc(maps.Keys(o.Joined), func(a, b string) int {
		return cmp.Or(len(o.Joined[b])-len(o.Joined[a]), strings.Compare(a, b))
	})
	s.Heading(fmt.Sprintf("Joined a story though no rule matched: %s, %s", terminal.Counted(all, "item"), terminal.Counted(len(ids), "story")))
	for _, id := range ids[:min(len(ids), shownJoined)] {
		titles := o.Joined[id]
		s.Line(2, o.Stories[id].Headline)
		s.Line(6, fmt.Sprintf("%s, such as: %s", terminal.Counted(len(titles), "item"), titles[len(titles)/2]))
	}
	if more := len(ids) - shownJoined; more > 0 {
		s.Line(2, fmt.Sprintf("and %s more; --json has them all", terminal.Thousands(more)))
	}
}

// verdict says in a sentence how much a desk would have heard.
func (b Backtest) verdict() string {
	o := b.After
	if o.Alerts == 0 {
		return "Nobody would have been interrupted."
	}
	busiest, most := o.Busiest()
	said := fmt.Sprintf("A desk would have been interrupted %.2f times a day on average, %s on the busiest (%s)",
		o.AlertsPerDay(), terminal.Times(most), busiest.Format("2 Jan 2006"))
	switch {
	case !b.Limited:
		return said + "."
	case o.AlertsPerDay() > b.MaxPerDay:
		return said + fmt.Sprintf(": more than the %g of --max-per-day.", b.MaxPerDay)
	}
	return said + fmt.Sprintf(": within the %g of --max-per-day.", b.MaxPerDay)
}

// showChart draws the alerts of each day, week, month or year as a bar: those
// that tell of a story for the first time, and behind them escalations.
func showChart(s *terminal.Screen, o *backtest.Outcome) {
	unit, rows := o.ByTime()
	s.Heading(fmt.Sprintf("Alerts a %s (█ of a story for the first time, ▒ that it became graver or firmer)", unit))
	var bars []terminal.Bar
	for _, r := range rows {
		bars = append(bars, terminal.Bar{Label: r.Label, Dark: r.Firsts, All: r.Alerts})
	}
	s.Bars(2, bars)
}

// showFolding says how well stories are the events that people saw.
func showFolding(s *terminal.Screen, f backtest.FoldingFigures) {
	s.Heading("Stories and events")
	s.Line(0, fmt.Sprintf("%s of %s in stories, of %s that are of an event", terminal.Counted(f.Told, "item"), terminal.Counted(f.Events, "event"), terminal.Thousands(f.Items)))
	t := terminal.NewTable("lrrrr", "OF", "ITEMS", "PRECISION", "RECALL", "F1")
	for _, row := range []struct {
		of string
		backtest.FoldingScore
	}{{"all events", f.Whole}, {"all but " + f.Largest, f.Others}, {f.Largest + " alone", f.Alone}} {
		t.Row(terminal.Fit(row.of, 40), terminal.Thousands(row.Items), fmt.Sprintf("%.3f", row.Precision), fmt.Sprintf("%.3f", row.Recall), fmt.Sprintf("%.3f", row.F1))
	}
	t.Write(s, "")
	showLate(s, f)
}

// showLate names the events of which people heard late, or never.
func showLate(s *terminal.Screen, f backtest.FoldingFigures) {
	if f.Large == 0 {
		return
	}
	s.Line(0, fmt.Sprintf("told in a story of its own by the third item: %d of %s of three or more", f.Soon, terminal.Counted(f.Large, "event")))
	for _, e := range f.Late {
		when := "never"
		if e.After > 0 {
			when = fmt.Sprintf("after %d", e.After)
		}
		s.Line(2, fmt.Sprintf("%s, of %s: %s", e.Event, terminal.Counted(e.Items, "item"), when))
	}
}
