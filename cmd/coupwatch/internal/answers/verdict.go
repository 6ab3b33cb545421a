package answers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
)

// Verdict says in a line whether people would be told of an item, and by
// which rule; or what came nearest to that. What is warm is known by w, which may
// be nil.
func Verdict(rules *matcher.Rules, it news.Item, e explain.Explanation, w news.Warmth) string {
	report, _ := rules.Match(it)
	if report = report.Given(w); len(report.Matches) == 0 {
		return "nothing matched" + nearestRule(rules, it, e, w)
	}
	severity := report.Severity()
	by := ", by " + report.Matches[0].Rule
	var to []string
	quiet := severity < news.Critical
	for _, route := range rules.Policy().Routes {
		if !takes(route, report) {
			continue
		}
		for _, channel := range route.To {
			to = appendNew(to, channel)
		}
		quiet = quiet && route.Quiet != nil
	}
	switch {
	case len(to) > 0 && quiet:
		return fmt.Sprintf("%s: would be told at once, but for quiet hours%s, to %s", severity, by, strings.Join(to, ", "))
	case len(to) > 0:
		return fmt.Sprintf("%s: would be told at once%s, to %s", severity, by, strings.Join(to, ", "))
	case severity.IsWorthAlert():
		return fmt.Sprintf("%s: digest only%s; no route takes it", severity, by)
	}
	return fmt.Sprintf("%s: digest only%s", severity, by)
}

// takes reports whether a route takes a story that has this report alone.
func takes(route news.Route, r news.Report) bool {
	wants := func(ids []string, has func(id string) bool) bool {
		return len(ids) == 0 || slices.ContainsFunc(ids, has)
	}
	return r.Severity() >= route.Severity &&
		wants(route.Rules, func(id string) bool {
			return slices.ContainsFunc(r.Matches, func(m news.Match) bool { return m.Rule == id })
		}) &&
		wants(route.Entities, func(id string) bool {
			return slices.ContainsFunc(r.Mentions, func(m news.Mention) bool { return m.Entity == id || "country:"+m.Country == id })
		}) &&
		wants(route.Tags, func(tag string) bool { return slices.Contains(r.Tags, tag) })
}

// nearestRule says which rule came nearest to matching, and what it lacks if
// that is one thing.
func nearestRule(rules *matcher.Rules, it news.Item, e explain.Explanation, w news.Warmth) string {
	if m, near := rules.Almost(it, w); near {
		return "; nearest: " + m.Rule + " would have matched " + m.Missing
	}
	for _, v := range e.Verdicts {
		switch {
		case v.Outcome == explain.TakenAway:
			return "; nearest: " + v.Rule + ", which is taken away"
		case v.Outcome == explain.Missed && v.Near():
			return "; nearest: " + v.Rule
		}
	}
	return ""
}
