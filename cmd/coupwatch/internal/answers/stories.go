// Package answers says on a terminal, or as JSON, what the commands found out:
// stories, and all that is known of one; why people were told of an item or
// were not; what came of a backtest; how well rules choose; in which spellings a
// name is recognised.
package answers

import (
	"encoding/json"
	"io"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// A listedStory is a story as stories --json prints it.
type listedStory struct {
	ID         string        `json:"id"`
	Headline   string        `json:"headline"`
	Was        string        `json:"was,omitempty"` // the headline when people were first told, if that was another
	Link       string        `json:"link,omitempty"`
	Severity   news.Severity `json:"severity"`
	Status     news.Status   `json:"status"`
	Reports    int           `json:"reports"`
	Origins    int           `json:"origins"` // at most so many are independent
	Publishers []string      `json:"publishers"`
	Rules      []string      `json:"rules"` // that under which it is filed first
	Entities   []string      `json:"entities"`
	Countries  []string      `json:"countries"`
	First      time.Time     `json:"first"`           // when its first report was published
	Latest     time.Time     `json:"latest"`          // when its latest report was published
	Into       string        `json:"into,omitempty"`  // id of the story that it turned out to be of
	Parts      []string      `json:"parts,omitempty"` // ids of the stories that turned out to be of it
	Told       *time.Time    `json:"told"`            // when people were first told; null if they were not
	Owed       *time.Time    `json:"owed"`            // since when it should have been told and has not been delivered; null if it was, or need not
	Problem    string        `json:"problem,omitempty"`
}

// listed returns a story as it is listed. The one untold is of that nobody has
// heard of it who should have, nil if not so.
func listed(s news.Story, untold *outbox.Untold) listedStory {
	x := listedStory{
		ID: s.ID, Headline: s.Headline, Was: s.Was, Link: s.Link, Severity: s.Severity, Status: s.Status,
		Reports: s.Reports, Origins: s.Independent(), Publishers: List(publishers(s)),
		Rules: List(s.Filed()), Entities: List(s.Entities), Countries: List(s.Countries),
		Into: s.Into.ID, Parts: s.Parts, First: s.FirstSeen, Latest: s.LastSeen, Told: OrNull(s.Told),
	}
	if untold != nil {
		x.Told, x.Owed, x.Problem = nil, &untold.Owed, untold.Problem
	}
	return x
}

// untoldIn returns what is known of a story that nobody has heard of who
// should have, nil if it is not one of them.
func untoldIn(untold map[string]outbox.Untold, id string) *outbox.Untold {
	if u, ok := untold[id]; ok {
		return &u
	}
	return nil
}

func publishers(s news.Story) []string {
	var names []string
	for _, x := range s.Sources {
		names = append(names, x.Publisher)
	}
	return names
}

// WriteStories writes a line of JSON for each story.
func WriteStories(w io.Writer, stories []news.Story, untold map[string]outbox.Untold) error {
	lines := json.NewEncoder(w)
	for _, s := range stories {
		if err := lines.Encode(listed(s, untoldIn(untold, s.ID))); err != nil {
			return err
		}
	}
	return nil
}

// Where a table of stories has room for headlines.
const (
	roomyColumns = 125 // on a line with the rest, from so many columns on
	shortID      = 10  // bytes of an id, which tell stories apart
)

// Stories writes a table of stories. On a narrow terminal headlines stand
// on lines of their own.
func Stories(s *terminal.Screen, stories []news.Story, untold map[string]outbox.Untold, now time.Time) {
	t := terminal.NewTable("llrrrllll", "SEVERITY", "STATUS", "REPORTS", "ORIGINS", "PUBLISHERS", "TOLD", "FIRST", "LATEST", "STORY")
	for _, x := range stories {
		told := "–"
		switch u, owed := untold[x.ID]; {
		case owed && u.Lost:
			told = "NOT TOLD"
		case owed:
			told = "OWED"
		case !x.Told.IsZero():
			told = "told"
		}
		t.Row(x.Severity.String(), terminal.Dash(x.Status.String()), terminal.Thousands(x.Reports), originCount(x), terminal.Thousands(len(x.Sources)),
			told, recent(x.FirstSeen, now, "_2 Jan"), recent(x.LastSeen, now, "_2 Jan 15:04"), beginningOf(x.ID))
	}
	roomy := !s.Terminal || s.Columns >= roomyColumns
	if !roomy { // the last column goes to the headlines
		t.DropLast()
	}
	for i, row := range t.Lines() {
		headline := "HEADLINE"
		if i > 0 {
			headline = terminal.Safe(stories[i-1].Headline)
		}
		switch {
		case roomy:
			s.Line(0, row+"  "+headline)
		case i == 0:
			s.Line(0, row)
		default:
			s.Line(0, row)
			s.Line(2, beginningOf(stories[i-1].ID)+"  "+headline)
		}
		if i > 0 && stories[i-1].Was != "" {
			s.Line(2, "was: "+terminal.Safe(stories[i-1].Was))
		}
	}
	s.WriteString("\n")
	for _, x := range stories {
		if u, ok := untold[x.ID]; ok {
			s.Wrapped(0, beginningOf(x.ID)+": "+Untold(u))
		}
	}
	s.Wrapped(0, "ORIGINS are at most so many independent ones. See a story with: coupwatch story "+beginningOf(stories[0].ID))
}

// recent writes a time of the last months in short, and of an older one the
// day.
func recent(t, now time.Time, layout string) string {
	if now.Sub(t) > 300*24*time.Hour {
		layout = "2006-01-02"
	}
	return t.UTC().Format(layout)
}

// originCount is the number of a story's origins, an upper bound.
func originCount(s news.Story) string {
	if len(s.Origins) == 0 {
		return "–"
	}
	return "≤ " + terminal.Thousands(s.Independent())
}

// beginningOf returns as much of a story's id as people need to name it.
func beginningOf(id string) string { return id[:min(len(id), shortID)] }
