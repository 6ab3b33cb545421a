package matcher

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
)

// What an item mentions does not depend on whether a rule matches it.
func TestMentionsWithoutMatch(t *testing.T) {
	d := draft{
		entities: []entity{
			{id: "shoigu", kind: "person", name: "Sergei Shoigu", country: "ru"},
			{id: "ivanov", kind: "person", name: "Sergei Ivanov", helper: parsed(t, "kremlin")},
			{id: "times", kind: "outlet", name: "The Moscow Times"},
		},
		rules: []draftRule{
			{id: "none", match: "zzz"},
			{id: "half", match: "russia AND zzz"},
			{id: "taken", match: "film", unless: []draftChange{{when: "mali"}}},
		},
	}
	all := d
	all.rules = append(all.rules[:len(all.rules):len(all.rules)], draftRule{id: "all", match: "lang:en"})
	without, with := d.rulesOf(t), all.rulesOf(t)
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
		for range 2 { // a scratch is used again
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

// Over the archive, too, and with the rules that are shipped.
func TestMentionsOfNews(t *testing.T) {
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
		for _, n := range r.Explain(it).Names {
			if counts[n.Term]++; n.Doubt == "" && counts[n.Term] <= mostMentions {
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
