package matcher_test

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

// kinds are the rules by which a headline is of a kind.
var kinds = map[string][]string{
	"coup":      {"coup", "coup-attempt", "coup-rumour", "coup-word", "power-seized"},
	"mutiny":    {"mutiny", "mutiny-word", "armed-rebellion"},
	"defection": {"defection", "defection-word", "desertion"},
}

// The words for a coup, a mutiny and a defection are known in many languages,
// and what they mean in sport and in parties wakes nobody.
func TestShippedLanguages(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one after the other; takes minutes where races are watched for")
	}
	r := shippedRules(t)
	languages := map[string]bool{}
	for _, p := range probes(t, "testdata/languages.tsv") {
		languages[p.item.Language] = true
		severity, loudestRules := loudest(r, p.item)
		report, _ := r.Match(p.item)
		of := func(m news.Match) bool { return slices.Contains(kinds[p.want], m.Rule) }
		switch {
		case p.want == "quiet" && severity >= news.Medium:
			t.Errorf("%s: %s by %v, want nothing loud: %s", p.item.Language, severity, loudestRules, p.item.Title)
		case p.want == "heard" && severity < news.Medium:
			t.Errorf("%s: %s by %v, want medium at least: %s", p.item.Language, severity, loudestRules, p.item.Title)
		case p.want != "quiet" && p.want != "heard" && !slices.ContainsFunc(report.Matches, of):
			t.Errorf("%s: no %s in %s", p.item.Language, p.want, p.item.Title)
		}
	}
	if len(languages) < 55 {
		t.Errorf("%d languages tried, want all of rules/languages.yaml", len(languages))
	}
}
