package show

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// How many of each a digest lists.
const (
	maxStories = 60
	maxFull    = 15 // stories that are told in full; the others in short
	maxAlmost  = 10
	maxMuted   = 10
	maxSick    = 15
	maxDays    = 14
)

// A digestView is a digest as people see it: clean, cut and ranked, but not
// yet escaped.
type digestView struct {
	Day      string // "Saturday 22 August 2026"
	Period   string // "21 Aug 07:00 – 22 Aug 07:00 UTC"
	Summary  string // "3 stories · 41 of 8,431 items matched", or "All quiet"
	Coverage string // "feeds: 104 fresh, 3 late"
	Quiet    bool   // there is nothing but Summary and Coverage
	Days     []dayView
	Regions  []regionView
	More     int // stories left out
	Almost   list[missView]
	Muted    list[storyView]
	Sick     list[sickView]
}

// A list holds the first of some things, and how many more there are.
type list[T any] struct {
	Shown []T
	More  int
}

// Count returns how many there are.
func (l list[T]) Count() int { return len(l.Shown) + l.More }

// atMost returns the first n of all, each as view makes it.
func atMost[T, V any](all []T, n int, view func(T) V) list[V] {
	var l list[V]
	for _, x := range all[:min(len(all), n)] {
		l.Shown = append(l.Shown, view(x))
	}
	l.More = len(all) - len(l.Shown)
	return l
}

// A regionView holds the stories of one region of the world.
type regionView struct {
	Name  string
	Count int // of its stories, those left out too
	Rules []ruleView
}

// A ruleView holds the stories of a region that are filed under one rule.
type ruleView struct {
	Title   string
	Stories []storyView
}

// A storyView is a story in a digest.
type storyView struct {
	Severity             news.Severity
	Label                string // "Critical · claim · Mali"
	Headline, Link, When string
	Was                  string // the headline under which people know it, "" if it is the same
	Says                 saysView
	Quote                []piece
	By                   string // who says the quote, if that does not name them
	Sources              []sourceView
	More                 int // sources left out
	Page                 string
}

// A missView is an item that a rule all but matched.
type missView struct{ Headline, Link, Publisher, When, Lacks string }

// A sickView is a feed in which something is wrong.
type sickView struct{ Name, State, Problem, Since string }

// digest returns d as people see it, with at most n stories, and at most n of
// whatever else it lists.
func (s Style) digest(d news.Digest, n int) digestView {
	stories := slices.Clone(d.Stories)
	slices.SortStableFunc(stories, rank)
	v := digestView{
		Day:      s.day(d.To),
		Period:   s.period(d.From, d.To),
		Coverage: coverage(d),
		Regions:  s.regions(stories, n, d.To),
		More:     max(0, len(stories)-n) + d.More,
		Almost:   atMost(d.Almost, min(n, maxAlmost), func(m news.NearMiss) missView { return s.miss(m, d.To) }),
		Muted:    atMost(d.Muted, min(n, maxMuted), func(st news.Story) storyView { return s.story(st, d.To) }),
		Sick:     atMost(d.Sick, min(n, maxSick), func(f news.FeedState) sickView { return s.sick(f, d.To) }),
	}
	if n > 0 {
		v.Days = days(d.Days)
	}
	v.Quiet = len(d.Stories)+len(d.Almost)+len(d.Muted)+len(d.Sick) == 0
	v.Summary = dots(storyCount(len(stories)+d.More), fmt.Sprintf("%s of %s matched", number(d.Reports), count(d.Items, "item")), older(d.Older))
	if date, err := time.Parse(time.DateOnly, d.Date); err == nil {
		v.Day = date.Format("Monday 2 January 2006")
	}
	return v
}

// longest returns how long the longest list of a digest may become.
func longest(d news.Digest) int {
	return min(maxStories, max(len(d.Stories), len(d.Almost), len(d.Muted), len(d.Sick), 1))
}

// older says how many stories of long ago are not listed, "" for none.
func older(n int) string {
	if n == 0 {
		return ""
	}
	return count(n, "older story") + " read for the first time"
}

// storyCount returns "3 stories", or what a day without any is.
func storyCount(n int) string {
	if n == 0 {
		return "All quiet"
	}
	return count(n, "story")
}

// rank orders stories by what a reader should see first.
func rank(a, b news.Story) int {
	return cmp.Or(cmp.Compare(b.Rank(), a.Rank()), b.LastSeen.Compare(a.LastSeen), cmp.Compare(a.ID, b.ID))
}

// regions returns ranked stories by region and rule, the first n of them.
// Regions and rules stand in the order of the best of their stories.
func (s Style) regions(ranked []news.Story, n int, end time.Time) []regionView {
	var out []regionView
	for i, st := range ranked {
		name := s.region(st)
		at := slices.IndexFunc(out, func(r regionView) bool { return r.Name == name })
		if at < 0 {
			at, out = len(out), append(out, regionView{Name: name})
		}
		if out[at].Count++; i < n {
			out[at].add(s.title(st), s.story(st, end).inShort(i >= maxFull))
		}
	}
	return out
}

// add adds a story that the rule of that title found.
func (r *regionView) add(title string, st storyView) {
	i := slices.IndexFunc(r.Rules, func(v ruleView) bool { return v.Title == title })
	if i < 0 {
		i, r.Rules = len(r.Rules), append(r.Rules, ruleView{Title: title})
	}
	r.Rules[i].Stories = append(r.Rules[i].Stories, st)
}

// title returns the title of the rule under which a story is filed: that of
// the report that heads it, which made it as grave as it is.
func (s Style) title(st news.Story) string {
	if filed := st.Filed(); len(filed) > 0 {
		return s.rule(filed[0])
	}
	return "No rule"
}

// maxTellers is how many outlets of a story a digest names.
const maxTellers = 4

// story returns a story of a digest that ends at end.
func (s Style) story(st news.Story, end time.Time) storyView {
	v := storyView{
		Severity: st.Severity,
		Label:    dots(capital(st.Severity.String()), st.Status.String(), s.places(st)),
		Headline: cmp.Or(Line(st.Headline, maxHeadline), untitled),
		Link:     Link(st.Link),
		Says:     says(st),
		Was:      Line(st.Was, maxHeadline),
		When:     s.span(st.FirstSeen, st.LastSeen, end),
		Page:     s.page(st.ID),
	}
	if v.Quote, v.By = quoteOf(st); v.By == "" {
		v.Quote = unlessAgain(v.Quote, v.Headline)
	}
	v.Sources, v.More = s.tellers(st.Sources, news.Item{}, maxTellers, end)
	return v
}

// inShort returns v, without its evidence and its outlets if short.
func (v storyView) inShort(short bool) storyView {
	if short {
		v.Quote, v.By, v.Sources, v.More = nil, "", nil, 0
	}
	return v
}

// miss returns an item that a rule all but matched, in a digest that ends at
// end.
func (s Style) miss(m news.NearMiss, end time.Time) missView {
	return missView{
		Headline:  cmp.Or(Line(m.Title, maxHeadline/2), untitled),
		Link:      Link(m.Link),
		Publisher: Line(m.Publisher, maxPublisher),
		When:      s.moment(m.At, end),
		Lacks:     s.lacks(m),
	}
}

// lacks says what an item lacks: "would have matched “Plot” if …".
func (s Style) lacks(m news.NearMiss) string {
	rule, missing := "“"+s.rule(m.Rule)+"”", Line(m.Missing, maxSentence/2)
	if strings.HasPrefix(missing, "lowered") {
		return "matched " + rule + ", " + missing
	}
	return "would have matched " + rule + " " + missing
}

// A dayView is a day of the chart.
type dayView struct {
	Label         string // "22"
	Weekday       string // "Sat"
	Stories, Told int
	Height        int // of the bar of its stories, in hundredths of the highest
	Told100       int // the same of those that people were told of
	Rest          int // the same of the others
	Last          bool
}

// days returns the latest days for the chart, from the first on that had a
// story: what was before may be that nobody watched. One day makes no chart.
func days(all []news.Day) []dayView {
	all = all[max(0, len(all)-maxDays):]
	for len(all) > 0 && all[0].Stories <= 0 {
		all = all[1:]
	}
	if len(all) < 2 {
		return nil
	}
	highest := 0
	for _, d := range all {
		highest = max(highest, d.Stories)
	}
	var out []dayView
	for i, d := range all {
		v := dayView{Label: Line(d.Date, 10), Stories: max(0, d.Stories), Last: i == len(all)-1}
		v.Told = min(max(0, d.Told), v.Stories)
		v.Height, v.Told100 = 100*v.Stories/highest, 100*v.Told/highest
		v.Rest = v.Height - v.Told100
		if date, err := time.Parse(time.DateOnly, d.Date); err == nil {
			v.Label, v.Weekday = date.Format("2"), date.Format("Mon")
		}
		out = append(out, v)
	}
	return out
}
