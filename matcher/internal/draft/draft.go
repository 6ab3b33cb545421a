// Package draft is rules.yaml as tests write it down, and items to match, so that
// the rooms of matcher can be tried without reading YAML.
package draft

import (
	"strconv"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// A Draft is what a test writes down of rules.yaml.
type Draft struct {
	Lists    map[string]string // entries with ", " between them
	Points   map[string]string // rows such as "$coup 20, QUESTION -5"
	Groups   map[string][]string
	Entities []spec.Entity
	Rules    []Rule
	feeds    []news.Feed
}

// A Rule is one of a draft.
type Rule struct {
	ID, Match       string
	Severity        news.Severity // High if 0
	Unless          []Change
	Lower, Raise    []Change
	Languages, Tags []string
}

// A Change is an unless, lower or raise of a rule.
type Change struct {
	When string
	Near spec.Near // nearDefault if 0
	To   news.Severity
}

// Spec returns the draft as it would come from rules.yaml.
func (d Draft) Spec(tb testing.TB) *spec.Spec {
	tb.Helper()
	s := &spec.Spec{Lists: map[string][]query.Node{}, Groups: map[string][]spec.Member{}, Entities: d.Entities, Feeds: d.feeds}
	for name, entries := range d.Lists {
		for _, e := range strings.Split(entries, ", ") {
			n, err := query.ParseTerm(e)
			if err != nil {
				tb.Fatalf("entry %q of list %s: %v", e, name, err)
			}
			s.Lists[name] = append(s.Lists[name], n)
		}
	}
	for group, ids := range d.Groups {
		for _, id := range ids {
			s.Groups[group] = append(s.Groups[group], spec.Member{ID: id})
		}
	}
	s.Points = d.points(tb)
	for _, r := range d.Rules {
		rule := spec.Rule{ID: r.ID, Title: "Rule " + r.ID, Severity: r.Severity, Match: Parsed(tb, r.Match), Languages: r.Languages, Tags: r.Tags}
		if rule.Severity == 0 {
			rule.Severity = news.High
		}
		for _, c := range r.Unless {
			rule.Unless = append(rule.Unless, c.condition(tb))
		}
		for _, c := range r.Lower {
			rule.Lower = append(rule.Lower, spec.Change{Condition: c.condition(tb), To: c.To})
		}
		for _, c := range r.Raise {
			rule.Raise = append(rule.Raise, spec.Change{Condition: c.condition(tb), To: c.To})
		}
		s.Rules = append(s.Rules, rule)
	}
	return s
}

// points returns the tables of the draft.
func (d Draft) points(tb testing.TB) map[string][]spec.Row {
	tb.Helper()
	tables := map[string][]spec.Row{}
	for name, rows := range d.Points {
		for _, row := range strings.Split(rows, ", ") {
			when, points, _ := strings.Cut(row, " ")
			n, err := strconv.Atoi(points)
			if err != nil {
				tb.Fatalf("row %q of table %s: %v", row, name, err)
			}
			tables[name] = append(tables[name], spec.Row{When: Parsed(tb, when), Points: n})
		}
	}
	return tables
}

func (c Change) condition(tb testing.TB) spec.Condition {
	near := c.Near
	if near == 0 {
		near = spec.NearDefault
	}
	return spec.Condition{When: Parsed(tb, c.When), Text: c.When, Near: near}
}

// Parsed returns the query that src is.
func Parsed(tb testing.TB, src string) query.Node {
	tb.Helper()
	n, err := query.Parse(src)
	if err != nil {
		tb.Fatalf("query %q: %v", src, err)
	}
	return n
}

// MatchOf returns the match of a rule in a report, or nil.
func MatchOf(r news.Report, rule string) *news.Match {
	for i := range r.Matches {
		if r.Matches[i].Rule == rule {
			return &r.Matches[i]
		}
	}
	return nil
}

// Found returns the words that a rule's match is about, as they stand in the
// item, with " | " between them; "-" if it does not match.
func Found(r news.Report, rule string) string {
	m := MatchOf(r, rule)
	if m == nil {
		return "-"
	}
	var words []string
	for _, s := range m.Spans {
		words = append(words, r.Text(s.Field)[s.Start:s.End])
	}
	return strings.Join(words, " | ")
}

// Mentioned returns the ids and words of a report's mentions.
func Mentioned(r news.Report) string {
	if len(r.Mentions) == 0 {
		return "-"
	}
	var all []string
	for _, m := range r.Mentions {
		all = append(all, m.Entity+"="+r.Text(m.Span.Field)[m.Span.Start:m.Span.End])
	}
	return strings.Join(all, " | ")
}
