package explain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// Try says what is wrong if rules do not match an example as it says, and why;
// "" if they do.
func Try(rules *engine.Program, e spec.Example) (msg, hint string) {
	report, _ := Match(rules, e.Item)
	report = report.Given(warmed{e.Warm})
	var found *news.Match
	for i := range report.Matches {
		if report.Matches[i].Rule == e.Rule.ID {
			found = &report.Matches[i]
		}
	}
	what := fmt.Sprintf("rule %q: example %s", e.Rule.ID, say.Quote(say.OneLine(e.Item.Title+" "+e.Item.Summary)))
	lowered := found != nil && found.Severity == news.Low && e.Rule.Severity > news.Low
	switch {
	case e.Match && found == nil:
		return what + " should match but does not", whyNot(rules, e)
	case e.Match && e.Severity != 0 && found.Severity != e.Severity:
		return fmt.Sprintf("%s should match as %s but matches as %s", what, e.Severity, found.Severity), because(found)
	case e.Match && e.Severity == 0 && lowered:
		return what + " should match but is lowered to low, so that only the digest would tell", because(found)
	case !e.Match && found != nil && !lowered:
		return what + " should be ignored but matches " + terms(found, e.Item), ""
	}
	return "", ""
}

// warmed is what an example says is warm: people were told of it a moment before.
type warmed struct{ ids []string }

// LastTold implements [news.Warmth].
func (w warmed) LastTold(entity string, before time.Time) (news.Telling, bool) {
	return news.Telling{Story: "of the example", At: before}, slices.Contains(w.ids, entity)
}

// whyNot returns why a rule does not match an example.
func whyNot(rules *engine.Program, e spec.Example) string {
	for _, v := range Explain(rules, e.Item, warmed{e.Warm}).Verdicts {
		if v.Rule != e.Rule.ID {
			continue
		}
		var reasons []string
		for _, m := range v.Missing {
			reasons = append(reasons, m.Part+": "+m.Why)
		}
		for _, h := range v.Hits {
			for _, r := range h.Reasons {
				reasons = append(reasons, r.Effect+" by "+r.Condition)
			}
		}
		if v.Outcome == NotMeant {
			reasons = []string{"the rule is not for items in its language, of its feed or with its tags"}
		}
		const most = 3
		reasons = slices.Compact(reasons)
		return strings.Join(reasons[:min(len(reasons), most)], "; ")
	}
	return ""
}

// because returns why a match has another severity than its rule.
func because(m *news.Match) string {
	reasons := append(m.Lowered[:len(m.Lowered):len(m.Lowered)], m.Raised...)
	if len(reasons) == 0 {
		return ""
	}
	hint := "the reason is " + strings.Join(reasons, " and ")
	if strings.Contains(hint, "PAST_YEAR") {
		hint += "; every year is past unless the example says when it was published"
	}
	return hint
}

// terms returns the words of an item that a match is made of.
func terms(m *news.Match, it news.Item) string {
	const most = 5
	var out []string
	for _, s := range m.Spans[:min(len(m.Spans), most)] {
		out = append(out, say.Quote(it.Text(s.Field)[s.Start:s.End]))
	}
	return say.Enumerate(out)
}
