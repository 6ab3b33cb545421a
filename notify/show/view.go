package show

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// How much of each text is shown, in runes.
const (
	maxHeadline  = 300
	maxSentence  = 300
	maxQuote     = 700
	maxPublisher = 60
	maxSources   = 8
	maxUpdates   = 10
	maxNotice    = 2500
)

// An alertView is an alert as people see it, in whatever medium: clean and
// cut, but not yet escaped.
type alertView struct {
	Kind     news.Kind
	Severity news.Severity
	Sign     string // "⬆ " if the story has climbed, for instance
	Label    string // "Critical · claim"
	Status   string // "claim"
	Place    string // "Mali, Niger"
	Reports  int
	At       time.Time
	Change   string // a sentence: what is new, if it changed what people know
	Headline string
	Link     string // "" if there is none that may be shown
	Story    string // the story's headline, if it is another one
	Was      string // the headline under which people know it, if that is neither
	Why      whyView
	Quote    []piece
	By       string // who says the quote, if that does not name them
	Says     saysView
	About    string // names of entities
	Sources  []sourceView
	More     int // sources left out
	Updates  []updateView
	Earlier  int // updates left out
	Reason   string
	Page     string
	Notice   string
	Mended   bool // what it was about
}

// A sourceView is a publisher that tells the story.
type sourceView struct {
	Publisher, Link string
	At              time.Time
	When            string
}

// An updateView is a development of a story.
type updateView struct {
	Headline, Link, Publisher, Facts string
	At                               time.Time
	When                             string
}

// view returns a as people see it.
func (s Style) view(a news.Alert) alertView {
	v := alertView{
		Kind:     a.Kind,
		Mended:   a.Mended,
		Severity: a.Story.Severity,
		Sign:     sign(a),
		Label:    label(a),
		Status:   a.Story.Status.String(),
		Reports:  a.Story.Reports,
		Place:    s.places(a.Story),
		At:       moment(a),
		Headline: Headline(a),
		Link:     link(a),
		Why:      s.why(a),
		Quote:    cutPieces(pieces(a.Quote), maxQuote),
		By:       Line(a.Quote.By, maxPublisher),
		Says:     says(a.Story),
		About:    s.entities(a.Story.Entities),
		Reason:   sentence(a.Reason),
		Page:     s.page(a.Story.ID),
		Notice:   Cut(cleanLines(a.Notice[:min(len(a.Notice), 12*maxNotice)]), maxNotice),
	}
	switch a.Kind {
	case news.Escalation:
		v.Change, v.Reason = capital(v.Reason), ""
	case news.Update:
		s.addUpdates(&v, a)
	case news.Refresh:
		v.Reason = ""
		if into := a.Story.Into; into.ID != "" {
			v.Change = "It goes on in another story: “" + Line(into.Headline, maxHeadline) + "”"
		}
		if told, by := quoteOf(a.Story); len(told) > 0 {
			v.Quote, v.By = told, by
		}
	}
	if v.By == "" {
		v.Quote = unlessAgain(v.Quote, v.Headline)
	}
	if st := Line(a.Story.Headline, maxHeadline); st != v.Headline {
		v.Story = st
	}
	if was := Line(a.Story.Was, maxHeadline); was != v.Headline && was != v.Story {
		v.Was = was
	}
	if a.Kind == news.Update {
		return v
	}
	told := a.Item
	if a.Kind == news.Refresh {
		told = news.Item{} // it is not what the message links
	}
	v.Sources, v.More = s.tellers(a.Story.Sources, told, maxSources, v.At)
	return v
}

// addUpdates adds to v the developments that a tells, the latest of them if
// they are many. Much that other alerts say those know who get it.
func (s Style) addUpdates(v *alertView, a news.Alert) {
	updates := a.Updates
	if into := a.Story.Into; into.ID != "" {
		updates = []news.Development{{Title: into.Headline, Link: cmp.Or(s.page(into.ID), into.Link), At: moment(a)}}
	}
	if len(updates) == 0 {
		updates = []news.Development{{Title: a.Item.Title, Link: a.Item.Link, Publisher: a.Item.Publisher, At: a.Item.When()}}
	}
	v.Earlier = max(0, len(updates)-maxUpdates)
	for _, u := range updates[v.Earlier:] {
		facts := u.Status.String()
		if u.Reports > 1 {
			facts = dots(facts, count(u.Reports, "report"))
		}
		v.Updates = append(v.Updates, updateView{
			Headline:  cmp.Or(Line(u.Title, maxHeadline/2), untitled),
			Link:      Link(u.Link),
			Publisher: Line(u.Publisher, maxPublisher),
			Facts:     facts,
			At:        u.At,
			When:      s.moment(u.At, v.At),
		})
	}
	v.Quote, v.By, v.Why, v.Reason, v.About = nil, "", whyView{}, "", ""
}

// moment returns when what a tells was published, or else when a was due.
func moment(a news.Alert) time.Time {
	if at := a.Item.When(); !at.IsZero() {
		return at
	}
	return a.DueAt
}

// link returns where the headline of a leads; see [Headline].
func link(a news.Alert) string {
	if ofStory(a) {
		return Link(cmp.Or(a.Story.Link, a.Item.Link))
	}
	return Link(cmp.Or(a.Item.Link, a.Story.Link))
}

// ofStory reports whether a is headed by its story and not by one report.
func ofStory(a news.Alert) bool { return a.Kind == news.Refresh || a.Kind == news.Update }

// semicolon joins a and b by a semicolon, if both are there.
func semicolon(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// sentence returns outside text that should be a sentence, clean and cut.
func sentence(s string) string { return Line(s, maxSentence) }

// untitled stands for a headline where there is none.
const untitled = "(without a headline)"

// Headline returns the headline of what the alert tells: of the item that
// caused it, else of its story; of the story if the alert tells how it goes on
// or how it stands. An alert without either still says something.
func Headline(a news.Alert) string {
	switch {
	case a.Kind == news.Notice:
		return "Notice from coupwatch"
	case a.Kind == news.Late:
		return "What could not be told in time"
	case a.Kind == news.Daily:
		return "Daily digest"
	case ofStory(a):
		return cmp.Or(Line(a.Story.Headline, maxHeadline), Line(a.Item.Title, maxHeadline), untitled)
	default:
		return cmp.Or(Line(a.Item.Title, maxHeadline), Line(a.Story.Headline, maxHeadline), untitled)
	}
}

// label returns what kind of alert a is, how grave and how firm; what changed
// is said first or with "now".
func label(a news.Alert) string {
	severity, status := a.Story.Severity.String(), a.Story.Status.String()
	switch {
	case a.Kind == news.Notice && a.Mended:
		return "Mended"
	case a.Kind == news.Notice:
		return "Notice"
	case a.Kind == news.Daily:
		return "Daily digest"
	case a.Kind == news.Update && a.Story.Into.ID != "":
		return "Goes on in another story"
	case a.Kind == news.Update:
		return dots("Update", severity, status)
	case a.Kind == news.Refresh && rose(a.Story):
		return dots(capital(severity), "now "+status)
	case a.Kind != news.Escalation || status == "":
		return dots(capital(severity), status)
	case changed(a, "severity"):
		return dots("Now "+severity, status)
	case changed(a, "origins"):
		return dots(capital(severity), status, fmt.Sprintf("now %s", count(len(a.Story.Origins), "origin")))
	case changed(a, "surge"):
		return dots(capital(severity), status, "told again")
	case changed(a, "turn"):
		return dots(capital(severity), status, "another turn")
	case changed(a, "end"):
		return dots(capital(severity), status, "told to end")
	case a.Story.Status == news.Denied:
		return dots("Denied", severity)
	default:
		return dots(capital(severity), "now "+status)
	}
}

// changed reports whether a tells that what has changed: its ID ends with the
// key of a [news.Notification].
func changed(a news.Alert, what string) bool {
	return strings.HasPrefix(a.ID[strings.LastIndexByte(a.ID, '/')+1:], what+"-")
}

// sign returns what shows at a glance that a story that people know has
// changed, "" if it is another kind of alert.
func sign(a news.Alert) string {
	denied := a.Story.Status == news.Denied
	switch {
	case a.Kind == news.Update:
		return "↪ "
	case a.Kind == news.Escalation && denied, a.Kind == news.Refresh && denied && rose(a.Story):
		return "✖ "
	case a.Kind == news.Escalation:
		return "⬆ "
	default:
		return ""
	}
}
