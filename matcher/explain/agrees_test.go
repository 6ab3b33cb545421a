package explain

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/news"
)

// The explanation of an item must tell the same as its report.
func TestExplainAgreesWithMatch(t *testing.T) {
	r := compiledOf(t, draft.Newsroom())
	for _, it := range draft.Mixed() {
		rep, _ := r.Match(it)
		x := Explain(r, it, nil)
		if len(x.Verdicts) != len(draft.Newsroom().Rules) {
			t.Fatalf("%d verdicts, want one for each of %d rules", len(x.Verdicts), len(draft.Newsroom().Rules))
		}
		matched := map[string]news.Severity{}
		for _, m := range rep.Matches {
			matched[m.Rule] = m.Severity
		}
		for _, v := range x.Verdicts {
			if v.Severity != matched[v.Rule] {
				t.Errorf("%q: rule %s is explained as %s, %v, but its match is %v", it.Title, v.Rule, v.Outcome, v.Severity, matched[v.Rule])
			}
			if v.Outcome == Missed && len(v.Missing) == 0 {
				t.Errorf("%q: rule %s missed and nothing is said to be missing", it.Title, v.Rule)
			}
		}
	}
}
