package answers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// Show shows everything of a story.
func (x Told) Show(s *terminal.Screen) {
	s.WriteString(s.Strong(terminal.Safe(x.story.Headline)) + "\n")
	if x.story.Was != "" {
		s.Wrapped(2, "was: "+x.story.Was)
	}
	if into := x.story.Into; into.ID != "" {
		s.Wrapped(2, fmt.Sprintf("it turned out to be of another story and goes on there: %s  %s", beginningOf(into.ID), into.Headline))
	}
	if len(x.story.Parts) > 0 {
		s.Wrapped(2, "turned out to be of it: "+strings.Join(x.story.Parts, ", "))
	}
	if x.story.Link != "" {
		s.WriteString("  " + terminal.Safe(x.story.Link) + "\n")
	}
	s.Line(2, fmt.Sprintf("%s · %s – %s UTC · story %s", standing(x.story.Severity, x.story.Status), terminal.Moment(x.story.FirstSeen), terminal.Moment(x.story.LastSeen), x.story.ID))
	s.Line(2, fmt.Sprintf("%s of %s · %s", terminal.Counted(x.story.Reports, "report"), terminal.Counted(len(x.story.Sources), "publisher"), atMost(x.story.Independent())))
	for _, of := range []struct {
		what  string
		names []string
	}{{"rules", x.story.Filed()}, {"names", x.names}, {"countries", countryNames(x.story.Where())}} {
		if len(of.names) > 0 {
			s.Wrapped(2, of.what+": "+strings.Join(of.names, ", "))
		}
	}
	for _, m := range x.mutes {
		s.Line(2, muted(m))
	}
	for _, stray := range x.strays {
		s.Wrapped(2, parted(stray, x.story.ID))
	}
	showLadder(s, x.story.Ladder)
	showOrigins(s, x.story)
	showUpdates(s, x)
	showHeard(s, x)
	showLinked(s, x.linked)
}

// parted says what was taken out of the story id, or into which of its own.
func parted(x news.Stray, id string) string {
	if x.Story != id {
		return fmt.Sprintf("%s was taken out of %s by %s", terminal.Safe(x.Title), x.Story, terminal.Safe(x.By))
	}
	return fmt.Sprintf("not of it, says %s: %s (%s)", terminal.Safe(x.By), terminal.Safe(x.Title), cmp.Or(x.Own, "of no story"))
}

// countryNames returns the names of countries, or their codes if they have
// none.
func countryNames(codes []string) []string {
	var names []string
	for _, code := range codes {
		names = append(names, cmp.Or(places.Name(code), strings.ToUpper(code)))
	}
	return names
}

// showLadder shows how a story came to its status: each step with the sentence
// that carried it.
func showLadder(s *terminal.Screen, steps []news.Step) {
	if len(steps) == 0 {
		return
	}
	s.Heading("How firmly it is told")
	t := terminal.NewTable("lll")
	for _, x := range steps {
		said := x.Status.String()
		if x.Speaker != "" && (x.Status == news.Official || x.Status == news.Denied) {
			said += ": " + terminal.Safe(x.Speaker)
		}
		if x.Withdrawn {
			said += ", withdrawn"
		}
		t.Row(terminal.Moment(x.At), said, terminal.Safe(x.Publisher))
	}
	for i, row := range t.Lines() {
		s.Line(2, row)
		if steps[i].Sentence != "" {
			s.Wrapped(6, "“"+steps[i].Sentence+"”")
		}
	}
}

// showOrigins shows on whom a story rests: the roots, the outlets through
// which they spoke, and the publishers that have it from there.
func showOrigins(s *terminal.Screen, x news.Story) {
	if len(x.Origins) == 0 {
		return
	}
	s.Heading("Who says so: " + atMost(x.Independent()))
	for _, o := range x.Origins {
		s.Line(2, fmt.Sprintf("%s · %s · first %s", o.Name, terminal.Counted(o.Reports, "report"), terminal.Moment(o.At)))
		if o.Quote != "" {
			s.Wrapped(6, "“"+o.Quote+"”")
		}
		var lines []string
		for _, b := range o.Branches(x.Sources) {
			told := strings.Join(b.Publishers(), ", ")
			switch {
			case b.Via == "" && told == "":
			case b.Via == "":
				lines = append(lines, told)
			case told == "":
				lines = append(lines, "via "+b.Via)
			default:
				lines = append(lines, "via "+b.Via+" → "+told)
			}
		}
		for i, line := range lines {
			twig := "├ "
			if i == len(lines)-1 {
				twig = "└ "
			}
			s.Line(4, twig+line)
		}
	}
}

// showUpdates shows what happened in a story, and who told it again: in copies, or
// in reports that brought something else, such as a graver severity.
func showUpdates(s *terminal.Screen, x Told) {
	if len(x.story.Updates) == 0 && len(x.items) == 0 {
		return
	}
	s.Heading("What happened")
	copies := copiesOf(x.items)
	for _, u := range x.story.Updates {
		s.Line(2, terminal.Moment(u.At)+"  "+u.Title)
		facts := []string{terminal.Safe(u.Publisher), u.Status.String()}
		if u.Reports > 1 {
			names := copies[u.ID]
			retold := terminal.Counted(u.Reports-1, "more report")
			if len(names) > 0 {
				retold += ": " + terminal.Listed(names, max(20, s.Columns-50))
			}
			facts = append(facts, retold)
		}
		s.Line(20, strings.Join(slices.DeleteFunc(facts, func(f string) bool { return f == "" }), " · "))
	}
	if older := x.story.Reports - reportsIn(x.story.Updates); len(x.story.Updates) > 0 && older > 0 {
		s.Line(2, "and "+terminal.Counted(older, "report")+" of older updates")
	}
}

// reportsIn returns how many reports there are of updates.
func reportsIn(updates []news.Development) int {
	n := 0
	for _, u := range updates {
		n += u.Reports
	}
	return n
}

// copiesOf returns who told each update after the item that brought it, each
// once, by the update's id.
func copiesOf(items []store.Verdict) map[string][]string {
	copies := map[string][]string{}
	for _, it := range items {
		if it.Update != "" && !strings.HasPrefix(it.Update, it.ID) {
			copies[it.Update] = appendNew(copies[it.Update], terminal.Safe(it.Publisher))
		}
	}
	return copies
}

// showHeard shows what people heard of a story, when, and over which channels.
func showHeard(s *terminal.Screen, x Told) {
	if u, is := x.untold(); is {
		s.Heading("What people have not heard")
		s.Wrapped(2, Untold(u))
	} else {
		s.Heading("What people heard")
	}
	if len(x.alerts) == 0 {
		s.Line(2, "nothing")
		return
	}
	showAlerts(s, x.alerts)
}

// showAlerts lists alerts and what became of them.
func showAlerts(s *terminal.Screen, alerts []outbox.Delivery) {
	t := terminal.NewTable("llll")
	for _, a := range alerts {
		t.Row(terminal.Moment(EndOrDue(a)), string(a.Kind), a.Channel, DeliveryOf(a))
	}
	for i, row := range t.Lines() {
		s.Line(2, row)
		if reason := alerts[i].Reason; reason != "" && alerts[i].Kind != news.Update && alerts[i].Kind != news.Refresh {
			s.Wrapped(6, reason)
		}
	}
}

// EndOrDue returns when an alert came to its end, or when it is next due.
func EndOrDue(a outbox.Delivery) time.Time {
	switch {
	case !a.Sent.IsZero():
		return a.Sent
	case !a.Failed.IsZero():
		return a.Failed
	}
	return a.DueAt
}

// DeliveryOf says what became of an alert.
func DeliveryOf(a outbox.Delivery) string {
	tried := ""
	if a.Problem != "" {
		tried = ": " + terminal.Safe(a.Problem)
	}
	switch {
	case !a.Sent.IsZero() && a.Summary != "":
		return "told late, in a summary"
	case !a.Sent.IsZero():
		return "sent"
	case a.Summary != "":
		return "owed since " + terminal.Moment(a.Owed) + ", waits in a summary"
	case !a.Failed.IsZero():
		return "given up" + tried
	case a.Attempts > 0:
		return "owed since " + terminal.Moment(a.Owed) + ", tried " + terminal.Times(a.Attempts) + tried
	case a.Problem != "":
		return "owed since " + terminal.Moment(a.Owed) + ", not delivered" + tried
	}
	return "owed"
}

// showLinked lists earlier stories of the same people.
func showLinked(s *terminal.Screen, linked []news.Story) {
	if len(linked) == 0 {
		return
	}
	s.Heading("Earlier stories of the same people")
	for _, x := range linked {
		s.Line(2, beginningOf(x.ID)+"  "+terminal.Span(x.FirstSeen, x.LastSeen)+"  "+x.Headline)
	}
}
