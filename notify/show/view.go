package show

import (
	"cmp"
	"fmt"
	"slices"
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
	maxNotice    = 2500
)

// An alertView is an alert as people see it, in whatever medium: clean and
// cut, but not yet escaped.
type alertView struct {
	Kind     news.Kind
	Severity news.Severity
	Sign     string // "⬆ " if the story has climbed, for instance
	Label    string // "Critical · claim"
	At       time.Time
	Headline string
	Link     string // "" if there is none that may be shown
	Story    string // the story's headline, if it is another one
	Why      []whyView
	Quote    []piece
	Facts    string // "14 reports · 5 publishers · claim · Mali"
	Sources  []sourceView
	More     int // sources left out
	Reason   string
	Page     string
	Notice   string
}

// A whyView is a rule that matched.
type whyView struct{ Rule, Why string }

// A sourceView is a publisher that tells the story.
type sourceView struct {
	Publisher, Link string
	At              time.Time
	When            string
}

// view returns a as people see it.
func (s Style) view(a news.Alert) alertView {
	at := a.DueAt
	if !a.Item.When().IsZero() {
		at = a.Item.When()
	}
	v := alertView{
		Kind:     a.Kind,
		Severity: a.Story.Severity,
		Sign:     sign(a),
		Label:    label(a),
		At:       at,
		Headline: Headline(a),
		Link:     Link(cmp.Or(a.Item.Link, a.Story.Link)),
		Quote:    cutPieces(pieces(a.Quote), maxQuote),
		Facts:    s.facts(a.Story),
		Reason:   sentence(a.Reason),
		Page:     s.page(a.Story.ID),
		Notice:   Cut(cleanLines(a.Notice[:min(len(a.Notice), 12*maxNotice)]), maxNotice),
	}
	if st := Line(a.Story.Headline, maxHeadline); st != v.Headline {
		v.Story = st
	}
	for _, m := range a.Matches[:min(len(a.Matches), 3)] {
		v.Why = append(v.Why, whyView{Line(cmp.Or(m.Title, m.Rule), 100), sentence(why(m))})
	}
	for _, src := range a.Story.Sources[:min(len(a.Story.Sources), maxSources)] {
		v.Sources = append(v.Sources, sourceView{Line(src.Publisher, maxPublisher), Link(src.Link), src.At, s.moment(src.At, at)})
	}
	v.More = len(a.Story.Sources) - len(v.Sources)
	return v
}

// why returns what the rule says of itself and what changed its severity.
func why(m news.Match) string {
	parts := []string{strings.TrimRight(m.Why, ". ")}
	if len(m.Raised) > 0 {
		parts = append(parts, "raised: "+strings.Join(m.Raised, ", "))
	}
	if len(m.Lowered) > 0 {
		parts = append(parts, "lowered: "+strings.Join(m.Lowered, ", "))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "; ")
}

// sentence returns outside text that should be a sentence, clean and cut.
func sentence(s string) string { return Line(s, maxSentence) }

// Headline returns the headline of what the alert tells: of the item that
// caused it, else of its story. An alert without either still says something.
func Headline(a news.Alert) string {
	switch a.Kind {
	case news.Notice:
		return "Notice from coupwatch"
	case news.Daily:
		return "Daily digest"
	}
	return cmp.Or(Line(a.Item.Title, maxHeadline), Line(a.Story.Headline, maxHeadline), "(without a headline)")
}

// label returns what kind of alert a is, how grave and how firm.
func label(a news.Alert) string {
	severity, status := a.Story.Severity.String(), a.Story.Status.String()
	switch {
	case a.Kind == news.Notice:
		return "Notice"
	case a.Kind == news.Daily:
		return "Daily digest"
	case a.Kind == news.Escalation && a.Story.Status == news.Denied:
		return dots("Denied", severity)
	case a.Kind == news.Escalation && status != "":
		return dots(capital(severity), "now "+status)
	case a.Kind == news.Update:
		return dots("Update", severity, status)
	default:
		return dots(capital(severity), status)
	}
}

// sign returns what shows at a glance that a story that people know has
// changed, "" if it is another kind of alert.
func sign(a news.Alert) string {
	switch {
	case a.Kind == news.Update:
		return "↪ "
	case a.Kind == news.Escalation && a.Story.Status == news.Denied:
		return "✖ "
	case a.Kind == news.Escalation:
		return "⬆ "
	default:
		return ""
	}
}

// A digestView is a digest as people see it: clean, cut and ranked, but not
// yet escaped.
type digestView struct {
	Day     string // "Saturday 22 August 2026"
	Period  string // "21 Aug 07:00 – 22 Aug 07:00 UTC"
	Summary string // "3 stories · 41 of 8,431 items matched", or "All quiet"
	Feeds   string // "61 feeds ok, 2 sick"
	Quiet   bool   // there is no story
	Groups  []groupView
	More    int // stories left out
	Sick    []sickView
	Poorly  int // sick feeds left out
}

// A groupView holds the stories of one severity.
type groupView struct {
	Severity news.Severity
	Title    string // "Critical"
	Count    int    // of its stories, those left out too
	Stories  []storyView
}

// A storyView is a story in a digest.
type storyView struct {
	Severity                       news.Severity
	Headline, Link, Facts, Rules   string
	Publishers, When, Page, Status string
}

// A sickView is a feed that does not work.
type sickView struct{ Name, Problem, Since string }

// maxSick is how many sick feeds a digest lists.
const maxSick = 15

// digest returns d as people see it, with at most n stories.
func (s Style) digest(d news.Digest, n int) digestView {
	stories := slices.Clone(d.Stories)
	slices.SortStableFunc(stories, rank)
	v := digestView{
		Day:    s.day(d.To),
		Period: s.period(d.From, d.To),
		Feeds:  feeds(d),
		Quiet:  len(stories) == 0,
		More:   max(0, len(stories)-n),
		Poorly: max(0, len(d.Sick)-maxSick),
	}
	v.Summary = dots(storyCount(len(stories)), fmt.Sprintf("%s of %s matched", number(d.Reports), count(d.Items, "item")))
	if date, err := time.Parse(time.DateOnly, d.Date); err == nil {
		v.Day = date.Format("Monday 2 January 2006")
	}
	for i, st := range stories {
		if len(v.Groups) == 0 || v.Groups[len(v.Groups)-1].Severity != st.Severity {
			v.Groups = append(v.Groups, groupView{Severity: st.Severity, Title: capital(st.Severity.String())})
		}
		g := &v.Groups[len(v.Groups)-1]
		if g.Count++; i < n {
			g.Stories = append(g.Stories, s.story(st, d.To))
		}
	}
	for _, f := range d.Sick[:min(len(d.Sick), maxSick)] {
		v.Sick = append(v.Sick, s.sick(f, d.To))
	}
	return v
}

// storyCount returns "3 stories", or what a day without any is.
func storyCount(n int) string {
	if n == 0 {
		return "All quiet"
	}
	return count(n, "story")
}

// rank orders stories by what a reader should see first: severity, status
// (a denial after all else), reports, age.
func rank(a, b news.Story) int {
	firm := func(s news.Status) news.Status {
		if s == news.Denied {
			return 0
		}
		return s
	}
	return cmp.Or(
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(firm(b.Status), firm(a.Status)),
		cmp.Compare(b.Reports, a.Reports),
		b.LastSeen.Compare(a.LastSeen),
		cmp.Compare(a.ID, b.ID),
	)
}

// story returns a story of a digest that ends at end.
func (s Style) story(st news.Story, end time.Time) storyView {
	var publishers []string
	for _, src := range st.Sources[:min(len(st.Sources), 4)] {
		publishers = append(publishers, Line(src.Publisher, maxPublisher))
	}
	v := storyView{
		Severity:   st.Severity,
		Headline:   cmp.Or(Line(st.Headline, maxHeadline), "(without a headline)"),
		Link:       Link(st.Link),
		Status:     st.Status.String(),
		Facts:      s.facts(st),
		Rules:      s.rules(st.Rules),
		Publishers: few(publishers, len(st.Sources)),
		When:       s.moment(st.FirstSeen, end),
		Page:       s.page(st.ID),
	}
	if last := s.moment(st.LastSeen, end); last != v.When && last != "" {
		v.When += " – " + last
	}
	return v
}

// sick returns a feed that does not work as seen at now.
func (s Style) sick(f news.FeedState, now time.Time) sickView {
	v := sickView{Name: Line(cmp.Or(f.Name, f.URL), 80), Problem: sentence(f.Problem), Since: "never read yet"}
	if !f.LastGood.IsZero() {
		v.Since = "last read " + s.moment(f.LastGood, now)
	}
	return v
}

// feeds returns how the feeds fare: "61 feeds ok, 2 sick".
func feeds(d news.Digest) string {
	ok := count(max(0, d.Feeds-len(d.Sick)), "feed") + " ok"
	if len(d.Sick) == 0 {
		return ok
	}
	return fmt.Sprintf("%s, %d sick", ok, len(d.Sick))
}

// period returns "21 Aug 07:00 – 22 Aug 07:00 UTC".
func (s Style) period(from, to time.Time) string {
	return from.In(s.zone()).Format("2 Jan 15:04") + " – " + s.shortly(to)
}
