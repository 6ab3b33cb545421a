package feedlist

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

// shownItems is how many items of a feed are shown.
const shownItems = 6

// show puts a feed on the screen, after the letter by which it is chosen, if it
// has one. The rules may be nil.
func (d *Desk) show(letter string, f facts, rules *matcher.Rules) {
	s := d.Screen
	title := terminal.Safe(cmp.Or(f.Document.Title, f.Feed.URL))
	if letter != "" {
		title = letter + "  " + title
	}
	s.WriteString(s.Strong(title) + "\n")
	line := func(label, text string) {
		if text != "" {
			s.Labelled(2, label, 10, text)
		}
	}
	line("address", f.Feed.URL)
	line("found", f.Why)
	if watched(f.Candidate) {
		line("watched", "already, as "+f.Feed.Name)
	}
	line("is", f.kind(d.Now))
	line("items", f.content())
	for _, p := range f.problems {
		line("problem", p)
	}
	d.showItems(f.items, rules)
}

// watched reports whether a feed is one of the rules: those have a schedule.
func watched(c discover.Candidate) bool { return c.Feed.Name != "" && c.Feed.Schedule != "" }

// kind says what sort of feed it is, and how lively.
func (f facts) kind(now time.Time) string {
	parts := []string{f.Document.Format}
	if l := f.Document.Language; l != "" {
		parts = append(parts, fmt.Sprintf("in %s (%s)", text.LanguageName(l), l))
	} else {
		parts = append(parts, "language not said")
	}
	if pace := f.pace(); pace != "" {
		parts = append(parts, pace)
	}
	if !f.newest.IsZero() {
		parts = append(parts, "the newest "+ago(f, now))
	}
	return strings.Join(parts, ", ")
}

func ago(f facts, now time.Time) string {
	if f.newest.After(now) || now.Sub(f.newest) > asleep {
		return "of " + terminal.Moment(f.newest)
	}
	return terminal.Ago(f.newest, now)
}

// content says how many items there are, and what they have.
func (f facts) content() string {
	n := len(f.items)
	if n == 0 {
		return ""
	}
	var with, without []string
	part := func(some int, what, where string) {
		switch some {
		case 0:
			without = append(without, what+"s"+where)
		case n:
			with = append(with, what+"s"+where)
		default:
			with = append(with, terminal.Count(some, what)+where)
		}
	}
	part(f.dated, "date", "")
	part(f.linked, "link", "")
	part(f.summarised, "text", " below the title")
	said := fmt.Sprint(n)
	if len(with) > 0 {
		said += ", with " + strings.Join(with, ", ")
	}
	if len(without) > 0 {
		said += "; no " + strings.Join(without, ", no ")
	}
	return said
}

// showItems shows the newest items, and by which rule each would be told.
func (d *Desk) showItems(items []news.Item, rules *matcher.Rules) {
	shown := items[:min(len(items), shownItems)]
	if len(shown) == 0 {
		return
	}
	align := "lll"
	if rules == nil {
		align = "ll"
	}
	t := terminal.NewTable(align)
	for _, it := range shown {
		row := []string{"no date"}
		if !it.Published.IsZero() {
			row[0] = it.Published.UTC().Format("2006-01-02 15:04")
		}
		if rules != nil {
			row = append(row, toldBy(rules, it))
		}
		t.Row(append(row, terminal.Safe(it.Title))...)
	}
	for _, line := range t.Lines() {
		d.Screen.Line(2, line)
	}
}

// toldBy says by which rule an item would be told, and how urgently.
func toldBy(rules *matcher.Rules, it news.Item) string {
	report, matched := rules.Match(it)
	if !matched {
		return "no rule"
	}
	m := report.Matches[0]
	said := m.Severity.String() + ": " + terminal.Cut(cmp.Or(m.Title, m.Rule), 30)
	if more := len(report.Matches) - 1; more > 0 {
		said += fmt.Sprintf(" +%d", more)
	}
	return said
}

// mostFailed is how many broken feeds are told.
const mostFailed = 5

// showFailed tells what is named as a feed and is none.
func (d *Desk) showFailed(failed []discover.Failed) {
	if len(failed) == 0 {
		return
	}
	d.Screen.Heading("Named as feeds, and none")
	for _, f := range failed[:min(len(failed), mostFailed)] {
		d.Screen.Line(2, f.URL)
		d.Screen.Line(4, f.Err.Error())
	}
	if more := len(failed) - mostFailed; more > 0 {
		d.Screen.Line(2, fmt.Sprintf("and %d more", more))
	}
}
