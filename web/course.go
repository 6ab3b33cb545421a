package web

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/chart"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// mostEntries is how many entries of a story's course are shown unless all are
// asked for.
const mostEntries = 40

// An entry is something that happened in a story: a report, or that people were
// told.
type entry struct {
	At        time.Time
	Told      string // what people were told, "" for a report
	Channels  []string
	Publisher string
	Title     string
	Link      string
	Status    news.Status
	Reason    string // why the report is what it is
	Rules     []news.Match
	Copy      bool   // of what was told before
	Reports   int    // it and its copies, if these are not known one by one
	Item      string // id of the report, "" if it is not known
}

// draw makes the pictures and the course of a story.
func (v *storyView) draw(all bool) {
	var dots []chart.Dot
	for _, it := range v.Items {
		v.Entries = append(v.Entries, entry{Item: it.ID, At: it.When(), Publisher: it.Publisher, Title: it.Title, Link: it.Link, Status: it.Status, Reason: it.Reason, Rules: it.Matches, Copy: it.Kind == news.Copy})
	}
	if len(v.Items) == 0 {
		for _, u := range v.Updates {
			v.Entries = append(v.Entries, entry{At: u.At, Publisher: u.Publisher, Title: u.Title, Link: u.Link, Status: u.Status, Reports: u.Reports})
		}
	}
	for _, e := range v.Entries {
		dots = append(dots, chart.Dot{At: e.At, Status: cmp.Or(e.Status, v.Status), Copy: e.Copy})
	}
	var told []time.Time
	for _, m := range messages(v.Story) {
		v.Entries = append(v.Entries, entry{At: m.At, Told: sheet.Capital(m.Says), Channels: m.Channels})
		told = append(told, m.At)
	}
	slices.SortStableFunc(v.Entries, func(a, b entry) int { return b.At.Compare(a.At) })
	v.Course = chart.Course(dots, v.Ladder, told)
	v.Tree = chart.Tree(v.Origins, v.Sources, sheet.Plain)
	if !all && len(v.Entries) > mostEntries {
		v.More = len(v.Entries) - mostEntries
		v.Entries = v.Entries[:mostEntries]
	}
}

// Over writes over which channels people were told.
func (e entry) Over() string {
	if len(e.Channels) == 0 {
		return "silenced"
	}
	return strings.Join(e.Channels, ", ")
}
