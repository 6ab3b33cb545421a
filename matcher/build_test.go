package matcher

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/news"
)

// A draft is what a test writes down of rules.yaml.
type draft struct {
	lists    map[string]string // entries with ", " between them
	groups   map[string][]string
	entities []entity
	rules    []draftRule
	feeds    []news.Feed
}

type draftRule struct {
	id, match       string
	severity        news.Severity // High if 0
	unless          []draftChange
	lower, raise    []draftChange
	languages, tags []string
}

type draftChange struct {
	when string
	near near // nearDefault if 0
	to   news.Severity
}

// spec returns the draft as it would come from rules.yaml.
func (d draft) spec(tb testing.TB) *spec {
	tb.Helper()
	s := &spec{lists: map[string][]query.Node{}, groups: d.groups, entities: d.entities, feeds: d.feeds}
	for name, entries := range d.lists {
		for _, e := range strings.Split(entries, ", ") {
			n, err := query.ParseTerm(e)
			if err != nil {
				tb.Fatalf("entry %q of list %s: %v", e, name, err)
			}
			s.lists[name] = append(s.lists[name], n)
		}
	}
	for _, r := range d.rules {
		rule := rule{id: r.id, title: "Rule " + r.id, severity: r.severity, match: parsed(tb, r.match), languages: r.languages, tags: r.tags}
		if rule.severity == 0 {
			rule.severity = news.High
		}
		for _, c := range r.unless {
			rule.unless = append(rule.unless, c.condition(tb))
		}
		for _, c := range r.lower {
			rule.lower = append(rule.lower, change{c.condition(tb), c.to})
		}
		for _, c := range r.raise {
			rule.raise = append(rule.raise, change{c.condition(tb), c.to})
		}
		s.rules = append(s.rules, rule)
	}
	return s
}

func (c draftChange) condition(tb testing.TB) condition {
	near := c.near
	if near == 0 {
		near = nearDefault
	}
	return condition{parsed(tb, c.when), c.when, near}
}

func (d draft) rulesOf(tb testing.TB) *Rules {
	tb.Helper()
	return compile(d.spec(tb))
}

func parsed(tb testing.TB, src string) query.Node {
	tb.Helper()
	n, err := query.Parse(src)
	if err != nil {
		tb.Fatalf("query %q: %v", src, err)
	}
	return n
}

// matchOf returns the match of a rule in a report, or nil.
func matchOf(r news.Report, rule string) *news.Match {
	for i := range r.Matches {
		if r.Matches[i].Rule == rule {
			return &r.Matches[i]
		}
	}
	return nil
}

// found returns the words that a rule's match is about, as they stand in the
// item, with " | " between them; "-" if it does not match.
func found(r news.Report, rule string) string {
	m := matchOf(r, rule)
	if m == nil {
		return "-"
	}
	var words []string
	for _, s := range m.Spans {
		words = append(words, r.Text(s.Field)[s.Start:s.End])
	}
	return strings.Join(words, " | ")
}
