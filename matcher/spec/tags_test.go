package spec_test

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// Tags that no feed has are told with the rule that asks for them, and with the
// tag that may be meant.
func TestLostTags(t *testing.T) {
	asks := func(src string) query.Node {
		t.Helper()
		n, err := query.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	s := &spec.Spec{
		Feeds: []news.Feed{{Tags: []string{"africa", "wire"}}, {Tags: []string{"asia"}}, {}},
		Rules: []spec.Rule{
			{ID: "a", Match: asks("coup AND tag:afrika"), Tags: []string{"wire", "nope"}},
			{ID: "b", Match: asks("coup AND tag:asia"), Lower: []spec.Change{{Condition: spec.Condition{When: asks("tag:afrika OR tag:afrika")}}}},
		},
	}
	want := []spec.LostTag{{"rule a", "nope", ""}, {"rule a", "afrika", "africa"}, {"rule b", "afrika", "africa"}}
	if got := s.LostTags(); !slices.Equal(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}
