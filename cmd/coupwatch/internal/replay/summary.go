package replay

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

// A Summary is what there was on a tape. A message that went out over several
// channels counts once.
type Summary struct {
	From        time.Time    `json:"from"`
	To          time.Time    `json:"to"`
	Items       int          `json:"items"`
	Feeds       int          `json:"feeds"`
	Posts       int          `json:"posts"`       // messages about stories that stand in the channel alone
	Escalations int          `json:"escalations"` // messages in a thread that the channel sees, too
	Updates     int          `json:"updates"`     // messages in a thread
	Edits       int          `json:"edits"`
	Digests     int          `json:"digests"`
	Notices     int          `json:"notices"`
	Stories     []*toldStory `json:"stories"` // in the order in which they were told first

	counted map[string]bool // alerts, without their channels
}

// A toldStory is a story of which there was a message.
type toldStory struct {
	ID          string      `json:"id"`
	Headline    string      `json:"headline"` // as it was last
	Severity    string      `json:"severity"`
	Status      news.Status `json:"status"`
	First       time.Time   `json:"first"` // message
	Last        time.Time   `json:"last"`
	Reports     int         `json:"reports"`
	Origins     int         `json:"origins"`
	Posts       int         `json:"posts"`
	Escalations int         `json:"escalations"`
	Updates     int         `json:"updates"`
	Edits       int         `json:"edits"`
}

// add takes in an alert that is a message of its own.
func (s *Summary) add(a news.Alert, m Message) {
	if s.knows(a) {
		return
	}
	switch m.Kind {
	case news.Daily:
		s.Digests++
		return
	case news.Notice:
		s.Notices++
		return
	}
	st := s.story(a, m.Time)
	switch {
	case m.top():
		s.Posts, st.Posts = s.Posts+1, st.Posts+1
	case m.Kind == news.Refresh:
		s.Edits, st.Edits = s.Edits+1, st.Edits+1
	case m.Kind == news.Escalation:
		s.Escalations, st.Escalations = s.Escalations+1, st.Escalations+1
	default:
		s.Updates, st.Updates = s.Updates+1, st.Updates+1
	}
}

// addPart takes in one of the alerts that are a message together.
func (s *Summary) addPart(a news.Alert, m Message, first bool) {
	if s.knows(a) {
		return
	}
	if first {
		s.Posts++
	}
	s.story(a, m.Time).Posts++
}

// knows reports whether the alert was counted for another channel, and counts it.
func (s *Summary) knows(a news.Alert) bool {
	key := strings.Replace(a.ID, "/"+a.Channel, "", 1)
	if s.counted == nil {
		s.counted = map[string]bool{}
	}
	known := s.counted[key]
	s.counted[key] = true
	return known
}

// story returns the story of an alert as it stood then.
func (s *Summary) story(a news.Alert, at time.Time) *toldStory {
	i := slices.IndexFunc(s.Stories, func(st *toldStory) bool { return st.ID == a.Story.ID })
	if i < 0 {
		i = len(s.Stories)
		s.Stories = append(s.Stories, &toldStory{ID: a.Story.ID, First: at})
	}
	st := s.Stories[i]
	st.Last, st.Headline = at, a.Story.Headline
	st.Severity, st.Status = a.Story.Severity.String(), a.Story.Status
	st.Reports, st.Origins = a.Story.Reports, a.Story.Independent()
	return st
}

// write prints what was put on the tape since it was called last. Channels send
// at the same time, so their order is made here.
func (t *Tape) write() error {
	slices.SortStableFunc(t.taken, func(a, b Message) int { return cmp.Compare(a.Channel, b.Channel) })
	for _, m := range t.taken {
		if err := t.print(m); err != nil {
			return err
		}
	}
	t.taken = t.taken[:0]
	return nil
}

// print prints a message, after a line that says when and where it would have
// been seen.
func (t *Tape) print(m Message) error {
	if t.AsJSON {
		return json.NewEncoder(t.Out).Encode(m)
	}
	place := fmt.Sprintf("%s %d", m.Channel, m.Number)
	switch {
	case m.Kind == news.Refresh:
		place += " is edited"
	case m.Kind == news.Escalation && m.top():
		place += ", a story that was told before"
	case m.Kind == news.Escalation:
		place += fmt.Sprintf(", in the thread of %d and in the channel", m.Thread)
	case !m.top():
		place += fmt.Sprintf(", in the thread of %d", m.Thread)
	}
	parts := []string{t.moment(m.Time), place}
	if lag := m.Time.Sub(m.Published); !m.Published.IsZero() && (m.Kind == news.New || m.Kind == news.Escalation) {
		parts = append(parts, terminal.Duration(lag)+" after the report")
	}
	s := &terminal.Screen{Colour: t.Coloured}
	s.WriteString(s.Strong("── "+strings.Join(parts, " · ")+" ──") + "\n")
	if m.Kind == news.Refresh { // all of it was printed before
		head, _, _ := strings.Cut(m.Text, "\n")
		fmt.Fprintf(s, "%s\n%s\n%s, %s\n", head, m.Headline, terminal.Count(m.Reports, "report"), terminal.Count(m.Origins, "origin"))
	} else {
		s.WriteString(m.Text)
	}
	s.WriteString("\n")
	return s.Show(t.Out)
}

// sumUp prints what there was until the clock stopped.
func (t *Tape) sumUp(a *Footage, stopped time.Time) error {
	sum := &t.sum
	sum.From, sum.To = a.readings[0].At, stopped
	if t.Since.After(sum.From) {
		sum.From = t.Since
	}
	for _, r := range a.readings {
		if !r.At.Before(sum.From) && !r.At.After(stopped) {
			sum.Items += len(r.Items)
		}
	}
	sum.Feeds = len(a.feeds)
	if t.AsJSON {
		return json.NewEncoder(t.Out).Encode(map[string]*Summary{"summary": sum})
	}
	s := terminal.NewScreen(t.Columns, t.Coloured)
	fmt.Fprintf(s, "%s\n", s.Strong(fmt.Sprintf("Played %s to %s: %s items of %s",
		t.moment(sum.From), t.moment(sum.To), terminal.Thousands(sum.Items), terminal.Count(sum.Feeds, "feed"))))
	s.Line(2, toldOf(sum.Posts, sum.Escalations, sum.Updates, sum.Edits)+" · "+terminal.Count(sum.Digests, "digest"))
	for _, st := range sum.Stories {
		s.Heading(fmt.Sprintf("%s · %s  %s", strings.ToUpper(st.Severity), strings.ToUpper(st.Status.String()), st.ID))
		s.Wrapped(2, st.Headline)
		s.Line(2, toldOf(st.Posts, st.Escalations, st.Updates, st.Edits))
		s.Line(2, fmt.Sprintf("from %s to %s, %s, at most %s", t.moment(st.First), t.moment(st.Last),
			terminal.Count(st.Reports, "report"), terminal.Count(st.Origins, "origin")))
	}
	return s.Show(t.Out)
}

// SumUp prints what there was until now.
func (pl *Player) SumUp(a *Footage) error { return pl.tape.sumUp(a, pl.clock.now()) }

// toldOf says how many messages of each kind there were.
func toldOf(posts, escalations, updates, edits int) string {
	var parts []string
	for _, n := range []struct {
		n    int
		what string
	}{{posts, "post"}, {escalations, "escalation"}, {updates, "thread update"}, {edits, "edit"}} {
		if n.n > 0 {
			parts = append(parts, terminal.Count(n.n, n.what))
		}
	}
	return cmp.Or(strings.Join(parts, " · "), "nothing was told")
}

// moment writes a time of the replay's clock in the zone of the messages.
func (t *Tape) moment(at time.Time) string {
	if t.Style.Zone != nil {
		at = at.In(t.Style.Zone)
	}
	return at.Format("Mon 2 Jan 2006 15:04:05 MST")
}
