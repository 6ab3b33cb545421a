package trial

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/news"
)

// shown is how many items and stories of each kind a result shows.
const shown = 10

// A Result is what other rules would change.
type Result struct {
	Items    int
	Days     int
	From, To time.Time // of the first and the last item
	Cut      bool      // it took too long, and is of the first of the days only

	Newly, NoLonger, Otherwise Items // otherwise: with another severity, or by other rules
	Gained, Lost               Stories
	Kept                       int     // stories told by both
	Before, After              float64 // alerts a day
}

// Items are some that rules make something else of.
type Items struct {
	N    int
	Some []Item // the latest first
}

// An Item is one of them.
type Item struct {
	At               time.Time
	Title, Link      string
	Publisher        string
	Rules, Was       string // that match it, and that did before: titles
	Severity, Before news.Severity
	Quote            news.Quote // with what was found
}

// Stories are some that people hear of by one of two rules.
type Stories struct {
	N    int
	Some []Story // the latest first
}

// A Story is one of them.
type Story struct {
	At       time.Time // of its first report
	Headline string
	Severity news.Severity
	Reports  int
	Other    string // what becomes of its items by the other rules
}

// A comparing is what two rules make of the same items, one after the other.
type comparing struct {
	policies                   [2]news.Policy
	outcomes                   [2]*backtest.Outcome
	newly, noLonger, otherwise Items
}

func newComparing(before, after news.Policy) *comparing {
	c := &comparing{policies: [2]news.Policy{before, after}}
	for i := range c.outcomes {
		c.outcomes[i] = backtest.NewOutcome(nil)
	}
	return c
}

// take takes in what both rules make of some items.
func (c *comparing) take(ctx context.Context, reports [][]*news.Report) error {
	var by [2]map[string]*news.Report
	for i, some := range reports {
		by[i] = make(map[string]*news.Report, len(some))
		for _, r := range some {
			by[i][r.ID] = r
		}
		// What is warm is known only while it is decided: a report says then what it comes to.
		if err := c.outcomes[i].Decide(ctx, c.policies[i], some, nil); err != nil {
			return err
		}
	}
	for id, r := range by[0] {
		c.differ(r, by[1][id])
	}
	for id, r := range by[1] {
		if by[0][id] == nil {
			c.differ(nil, r)
		}
	}
	return nil
}

// differ counts what two rules make of one item; a report is nil if one of them
// makes nothing of it.
func (c *comparing) differ(before, after *news.Report) {
	was, is := matches(before), matches(after)
	switch {
	case len(was) == 0 && len(is) > 0:
		c.newly.add(itemOf(after, after, nil))
	case len(was) > 0 && len(is) == 0:
		c.noLonger.add(itemOf(before, nil, before))
	case len(was) > 0 && !slices.EqualFunc(was, is, func(a, b news.Match) bool { return a.Rule == b.Rule && a.Severity == b.Severity }):
		c.otherwise.add(itemOf(after, after, before))
	}
}

func matches(r *news.Report) []news.Match {
	if r == nil {
		return nil
	}
	return r.Matches
}

// add counts an item, and keeps it if it is one of the latest.
func (s *Items) add(x Item) {
	s.N++
	at, _ := slices.BinarySearchFunc(s.Some, x, func(a, b Item) int { return b.At.Compare(a.At) })
	if at < shown {
		s.Some = slices.Insert(s.Some, at, x)
		s.Some = s.Some[:min(len(s.Some), shown)]
	}
}

// itemOf returns an item as a report shows it, with what is made of it after and
// before, which are nil for nothing.
func itemOf(r, after, before *news.Report) Item {
	x := Item{At: r.When(), Title: r.Title, Link: r.Link, Publisher: r.Publisher, Rules: titles(after), Was: titles(before), Quote: quote(r.Item, r.Matches[0])}
	if after != nil {
		x.Severity = after.Severity()
	}
	if before != nil {
		x.Before = before.Severity()
	}
	return x
}

// titles returns what the rules are called that match a report.
func titles(r *news.Report) string {
	var all []string
	for _, m := range matches(r) {
		all = append(all, m.Title)
	}
	return strings.Join(all, ", ")
}

// around is how many bytes of a text stand before the first that was found.
const around = 120

// quote returns what of an item a rule found, with what stands around it: of the
// title if something is there.
func quote(it news.Item, m news.Match) news.Quote {
	if len(m.Spans) == 0 {
		return news.Quote{}
	}
	field := m.Spans[0].Field // they are in the order of the text
	text := it.Text(field)
	from := max(0, m.Spans[0].Start-around)
	for from > 0 && from < len(text) && (!utf8.RuneStart(text[from]) || text[from-1] != ' ') {
		from++
	}
	from = min(from, m.Spans[0].Start)
	to := min(len(text), from+4*around)
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	q := news.Quote{Text: text[from:to]}
	end := from
	for _, s := range m.Spans {
		if s.Field == field && s.Start >= end && s.End <= to {
			q.Marks = append(q.Marks, news.Mark{Start: s.Start - from, End: s.End - from})
			end = s.End
		}
	}
	return q
}

// result returns what came of the items of the past.
func (c *comparing) result(past *backtest.Past, cut bool) *Result {
	for _, o := range c.outcomes {
		o.Past = past
	}
	changes := backtest.Compare(c.outcomes[0], c.outcomes[1])
	return &Result{
		Items: past.Items, Days: past.Days(), From: past.From, To: past.To, Cut: cut,
		Newly: c.newly, NoLonger: c.noLonger, Otherwise: c.otherwise,
		Gained: storiesOf(changes.Gained), Lost: storiesOf(changes.Lost), Kept: changes.Kept,
		Before: changes.Before.AlertsPerDay(), After: changes.After.AlertsPerDay(),
	}
}

func storiesOf(changes []backtest.Change) Stories {
	all := Stories{N: len(changes)}
	for _, c := range slices.Backward(changes) {
		if len(all.Some) == shown {
			break
		}
		all.Some = append(all.Some, Story{At: c.FirstSeen, Headline: c.Headline, Severity: c.Severity, Reports: c.Reports, Other: c.Other})
	}
	return all
}
