package show

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// A whyView is the gravest rule that matched, what it looks for, and the titles
// of others; empty if none is known.
type whyView struct{ Rule, Why, Others string }

// String returns the rule and what it looks for, which nobody is to take for
// what happened.
func (w whyView) String() string {
	if w.Rule == "" || w.Why == "" {
		return w.Rule
	}
	return w.Rule + " — " + w.Why
}

// maxRules is how many rules are named.
const maxRules = 3

// why returns the rules to which a is owed, the gravest first, and what that
// one looks for. Where the story is filed under a graver rule than any that
// matched the report, as where a small step of it is told officially, or where
// a tells how the story stands, that is the one. Rules that by themselves would
// wake nobody are named only if there are no others.
func (s Style) why(a news.Alert) whyView {
	if of := a.Story.Rule; of != "" && (ofStory(a) || gravest(a.Matches) < a.Story.Severity) {
		return s.whyStory(a, of)
	}
	if len(a.Matches) == 0 { // and its story is from before it was filed
		return whyOf(s.filed(a.Story), "")
	}
	return whyOf(s.loud(a.Matches), sentence(whyMatched(a.Matches[0])))
}

// whyStory returns the rule of the story of a, and what else matched: if a
// tells of a report that, and else the story.
func (s Style) whyStory(a news.Alert, rule string) whyView {
	title := s.rule(rule)
	others := s.loud(a.Matches)
	if ofStory(a) || len(others) == 0 {
		others = s.filed(a.Story)
	}
	others = slices.DeleteFunc(others, func(other string) bool { return other == title })
	return whyOf(append([]string{title}, others...), sentence(s.looks(a, rule)))
}

// filed returns the titles of the rules of a story, that under which it is filed
// first.
func (s Style) filed(st news.Story) []string {
	rules := st.Filed()
	return first(rules, len(rules), s.rule)
}

// looks returns what the rule of the story of a looks for, and whether that was
// raised, if it matched the report of a so grave.
func (s Style) looks(a news.Alert, rule string) string {
	for _, m := range a.Matches {
		if m.Rule == rule && m.Severity >= a.Story.Severity {
			return whyMatched(m)
		}
	}
	if s.Looks == nil {
		return ""
	}
	return whyMatched(news.Match{Why: s.Looks(rule)})
}

// gravest returns how grave the gravest of matches is.
func gravest(matches []news.Match) news.Severity {
	if len(matches) == 0 {
		return 0
	}
	return matches[0].Severity
}

// loud returns the titles of matches that would wake somebody; of all if none
// would.
func (s Style) loud(matches []news.Match) (titles []string) {
	for _, m := range matches {
		if m.Severity.IsWorthAlert() || !gravest(matches).IsWorthAlert() {
			titles = append(titles, Line(cmp.Or(m.Title, s.rule(m.Rule)), 100))
		}
	}
	return titles
}

// whyOf returns what is shown of rules, of which the first says why.
func whyOf(titles []string, why string) whyView {
	if len(titles) == 0 {
		return whyView{}
	}
	others := titles[1:min(len(titles), maxRules)]
	if more := len(titles) - 1 - len(others); more > 0 {
		others = append(slices.Clone(others), andMore(more))
	}
	return whyView{titles[0], why, dots(others...)} // titles may have commas
}

// whyMatched returns what the rule looks for, and whether its severity is
// another one here. The words for which it is are for coupwatch why.
func whyMatched(m news.Match) string {
	why := prefixed("looks for: ", strings.TrimRight(m.Why, ". "))
	switch {
	case len(m.Raised) > 0:
		return semicolon(why, "raised to "+m.Severity.String())
	case len(m.Lowered) > 0:
		return semicolon(why, "lowered to "+m.Severity.String())
	}
	return why
}
