package matcher

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
)

// No item that wakes somebody is a near miss, and each near miss is explained
// by the same rule.
func TestAlmostAgreesWithMatch(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one after the other; takes minutes where races are watched for")
	}
	r := shippedRules(t)
	misses := 0
	for _, it := range archived(t, 400) {
		rep, _ := r.Match(it)
		m, ok := r.Almost(it, nil)
		if told := ok && m.Nearness >= 0.5; told != (rep.Almost != nil) || told && *rep.Almost != m {
			t.Errorf("%q: the report has the near miss %v, want %v", it.Title, rep.Almost, m)
		}
		if !ok {
			continue
		}
		misses++
		if rep.Severity() > news.Low {
			t.Errorf("%q matches with %v and is a near miss of %s: %s", it.Title, rep.Severity(), m.Rule, m.Missing)
		}
		if m.Missing == "" || m.Nearness <= 0 {
			t.Errorf("%q: missing %q, nearness %v", it.Title, m.Missing, m.Nearness)
		}
		for _, v := range r.Explain(it, nil).Verdicts {
			if v.Rule == m.Rule && (v.Outcome == explain.Matched || v.Outcome == explain.Raised || v.Outcome == explain.NotMeant) {
				t.Errorf("%q is a near miss of %s, which is %s", it.Title, m.Rule, v.Outcome)
			}
		}
	}
	if misses < 30 {
		t.Errorf("%d near misses: too few to tell", misses)
	}
}

func BenchmarkAlmost(b *testing.B) {
	r := shippedRules(b)
	items := archived(b, 50_000)
	b.ReportAllocs()
	done := 0
	for b.Loop() {
		r.Almost(items[done%len(items)], nil)
		done++
	}
	b.ReportMetric(float64(done)/b.Elapsed().Seconds(), "items/s")
}
