package engine

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/news"
)

// What an item mentions does not depend on whether a rule matches it.
func TestMentionsWithoutMatch(t *testing.T) {
	d := draft.Draft{
		Entities: []spec.Entity{
			{ID: "shoigu", Kind: "person", Name: "Sergei Shoigu", Country: "ru"},
			{ID: "ivanov", Kind: "person", Name: "Sergei Ivanov", Helper: draft.Parsed(t, "kremlin")},
			{ID: "times", Kind: "outlet", Name: "The Moscow Times"},
		},
		Rules: []draft.Rule{
			{ID: "none", Match: "zzz"},
			{ID: "half", Match: "russia AND zzz"},
			{ID: "taken", Match: "film", Unless: []draft.Change{{When: "mali"}}},
		},
	}
	all := d
	all.Rules = append(all.Rules[:len(all.Rules):len(all.Rules)], draft.Rule{ID: "all", Match: "lang:en"})
	without, with := programOf(t, d), programOf(t, all)
	tests := []struct {
		title, summary string
		want           string // entities
	}{
		{"Nothing at all happens", "The weather is fine.", ""},
		{"Shoigu visits Mali", "He came from New Mexico.", "shoigu country:ml"},
		{"Ivanov speaks", "Nobody knows which one.", ""},
		{"Ivanov speaks", "The Kremlin did not say which Ivanov.", "ivanov ivanov"},
		{"A film about Mali", "Russia is not in it, says The Moscow Times.", "country:ml country:ru times"},
		{"Mali", strings.Repeat("Mali ", 30), strings.TrimSpace(strings.Repeat("country:ml ", 20))},
	}
	for _, tt := range tests {
		it := news.Item{Title: tt.title, Summary: tt.summary, Language: "en"}
		for range 2 { // an evaluator is used again
			got, ok := without.Match(it)
			if ok || got.Matches != nil {
				t.Fatalf("%q matches", tt.title)
			}
			want, ok := with.Match(it)
			if !ok {
				t.Fatalf("%q does not match the rule for all", tt.title)
			}
			if diff := cmp.Diff(want.Mentions, got.Mentions); diff != "" {
				t.Errorf("%q: mentions (-matched +unmatched):\n%s", tt.title, diff)
			}
			var ids []string
			for _, m := range got.Mentions {
				ids = append(ids, m.Entity)
				if m.Span.Term != "@"+m.Entity {
					t.Errorf("%q: the span of %s is of %s", tt.title, m.Entity, m.Span.Term)
				}
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("%q mentions %q, want %q", tt.title, got, tt.want)
			}
		}
	}
}
