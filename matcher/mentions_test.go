package matcher

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/internal/longtest"
)

// Over the archive, too, and with the rules that are shipped.
func TestMentionsOfNews(t *testing.T) {
	longtest.Alone(t)
	const mostOfOne = 20 // mentions of one name in a report
	r := shippedRules(t)
	unmatched, mentions := 0, 0
	for _, it := range archived(t, 400) {
		got, ok := r.Match(it)
		if ok {
			continue
		}
		unmatched++
		var want []string
		counts := map[string]int{}
		for _, n := range r.Explain(it, nil).Names {
			if counts[n.Term]++; n.Doubt == "" && counts[n.Term] <= mostOfOne {
				want = append(want, fmt.Sprintf("%s %s %d-%d", n.Term, n.Field, n.Start, n.End))
			}
		}
		var ids []string
		for _, m := range got.Mentions {
			mentions++
			ids = append(ids, fmt.Sprintf("%s %v %d-%d", m.Span.Term, m.Span.Field, m.Span.Start, m.Span.End))
		}
		if diff := cmp.Diff(want, ids); diff != "" {
			t.Fatalf("%q: mentions (-explained +got):\n%s", it.Title, diff)
		}
	}
	if unmatched < 300 || mentions < 200 {
		t.Errorf("%d unmatched items with %d mentions: too few to tell", unmatched, mentions)
	}
}
