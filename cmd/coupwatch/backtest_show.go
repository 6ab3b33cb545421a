package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// What is shown of lists that are long; --json has everything.
const (
	shownBusy    = 10 // rules, and terms
	shownStories = 10
	shownJoined  = 5  // stories
	shownChanges = 20 // stories gained, and lost
)

// showBacktest shows what came of a backtest, and what was before, which may
// be nil.
func (p *program) showBacktest(o, before *outcome, options backtestOptions) error {
	s := p.newScreen()
	s.showTotals(o)
	if before != nil {
		s.showChanges(compare(before, o), options.diff, p.Rules)
	}
	s.showChart(o)
	s.showBusy("RULE", o.rules)
	s.showBusy("TERM", o.terms)
	s.showTop(o)
	s.showJoined(o)
	s.WriteString("\n")
	s.wrapped(0, verdict(o, options))
	return s.show(p.out)
}

// showTotals says how many of everything there were.
func (s *screen) showTotals(o *outcome) {
	told := 0
	for _, x := range o.stories {
		if x.alerts > 0 {
			told++
		}
	}
	reports := 0
	for _, n := range o.kinds {
		reports += n
	}
	s.line(0, fmt.Sprintf("%s of %s, %s: %s in %s, %s of them told", counted(o.items, "item"), days(o.days()), span(o.from, o.to),
		counted(reports, "report"), counted(len(o.stories), "story"), thousands(told)))
	if o.undated > 0 {
		s.line(0, counted(o.undated, "item")+" without a time: each stands with the item before it")
	}
	t := newTable("rll")
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
		t.row(thousands(o.kinds[k.kind]), string(k.kind), k.says)
	}
	t.write(s, "  ")
}

// counted is count with commas in the number.
func counted(n int, thing string) string {
	number, things, _ := strings.Cut(count(n, thing), " ")
	if n >= 1000 {
		number = thousands(n)
	}
	return number + " " + things
}

// span writes from when to when something went on, by days.
func span(from, to time.Time) string {
	const layout = "2 Jan 2006"
	from, to = from.UTC(), to.UTC()
	switch {
	case day(from).Equal(day(to)):
		return to.Format(layout)
	case from.Year() != to.Year():
		return from.Format(layout) + " – " + to.Format(layout)
	case from.Month() != to.Month():
		return from.Format("2 Jan") + " – " + to.Format(layout)
	}
	return from.Format("2") + "–" + to.Format(layout)
}

// showBusy writes a table of the busiest rules or terms.
func (s *screen) showBusy(heading string, all map[string]*busy) {
	if len(all) == 0 {
		return
	}
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(all[b].alerts-all[a].alerts, all[b].reports-all[a].reports, strings.Compare(a, b))
	})
	s.WriteString("\n")
	t := newTable("lrr", heading, "ALERTS", "REPORTS")
	for _, name := range names[:min(len(names), shownBusy)] {
		t.row(fit(name, 40), thousands(all[name].alerts), thousands(all[name].reports))
	}
	t.write(s, "")
	if more := len(names) - shownBusy; more > 0 {
		fmt.Fprintf(s, "and %d more\n", more)
	}
}

// showTop shows the stories that were told most.
func (s *screen) showTop(o *outcome) {
	top := slices.SortedFunc(maps.Values(o.stories), func(a, b *pastStory) int {
		return cmp.Or(min(b.alerts, 1)-min(a.alerts, 1), b.Reports-a.Reports, a.FirstSeen.Compare(b.FirstSeen), strings.Compare(a.ID, b.ID))
	})
	if len(top) == 0 {
		return
	}
	s.heading("Top stories")
	for _, x := range top[:min(len(top), shownStories)] {
		s.showPastStory(x, "")
	}
}

// showPastStory shows a story in a few lines, with a remark on it.
func (s *screen) showPastStory(x *pastStory, remark string) {
	s.line(2, x.Headline)
	facts := []string{standing(x.Severity, x.Status), counted(x.Reports, "report"), count(x.alerts, "alert"), span(x.FirstSeen, x.LastSeen)}
	s.line(6, strings.Join(facts, " · "))
	if remark != "" {
		s.line(6, remark)
	}
	if len(x.Origins) > 0 {
		s.line(6, originsLine(x.Origins, s.columns-40))
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
	return "at most " + counted(n, "independent origin")
}

// originsLine names the origins of a story, as many as fit into columns.
func originsLine(origins []news.Origin, columns int) string {
	var names []string
	for _, o := range origins {
		names = append(names, o.Name)
	}
	return atMost(len(origins)) + ": " + fitting(names, max(columns, 20))
}

// showJoined shows the stories that most reports joined without a rule.
func (s *screen) showJoined(o *outcome) {
	if len(o.joined) == 0 {
		return
	}
	all := 0
	for _, titles := range o.joined {
		all += len(titles)
	}
	ids := slices.SortedFunc(maps.Keys(o.joined), func(a, b string) int {
		return cmp.Or(len(o.joined[b])-len(o.joined[a]), strings.Compare(a, b))
	})
	s.heading(fmt.Sprintf("Joined a story though no rule matched: %s, %s", counted(all, "item"), counted(len(ids), "story")))
	for _, id := range ids[:min(len(ids), shownJoined)] {
		titles := o.joined[id]
		s.line(2, o.stories[id].Headline)
		s.line(6, fmt.Sprintf("%s, such as: %s", counted(len(titles), "item"), titles[len(titles)/2]))
	}
	if more := len(ids) - shownJoined; more > 0 {
		s.line(2, fmt.Sprintf("and %s more; --json has them all", thousands(more)))
	}
}

// verdict says in a sentence how much a desk would have heard.
func verdict(o *outcome, options backtestOptions) string {
	if o.alerts == 0 {
		return "Nobody would have been interrupted."
	}
	busiest, most := o.busiest()
	said := fmt.Sprintf("A desk would have been interrupted %.2f times a day on average, %s on the busiest (%s)",
		o.perDay(), times(most), busiest.Format("2 Jan 2006"))
	switch {
	case !options.limited:
		return said + "."
	case o.perDay() > options.maxPerDay:
		return said + fmt.Sprintf(": more than the %g of --max-per-day.", options.maxPerDay)
	}
	return said + fmt.Sprintf(": within the %g of --max-per-day.", options.maxPerDay)
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return thousands(n) + " times"
}
