package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/explain"
	"github.com/coupwatch/coupwatch/news"
)

// rulesOf says which of the rules that coupwatch comes with stand for a type
// of event: one of them should match.
var rulesOf = map[string][]string{
	"coup":          {"coup", "coup-attempt", "coup-rumour"},
	"plot":          {"plot", "overthrow", "coup-attempt", "coup-rumour"},
	"mutiny":        {"mutiny", "armed-rebellion", "refusal"},
	"purge":         {"purge", "chief-dismissed", "chief-arrested"},
	"defection":     {"defection", "desertion", "insider-flees"},
	"elite-dissent": {"elite-dissent", "armed-rebellion", "feud", "losing-grip", "power-struggle", "insider-flees", "refusal", "overthrow"},
	"leader-health": {"leader-ill", "fate", "missing"},
}

// A seed is an article that coupwatch was made for, and what it must find.
type seed struct {
	File        string
	Types       []string `json:"event_types"` // the first is what it is about
	ShouldAlert bool     `json:"should_alert"`
	Boilerplate []string // of the page around it
}

func seeds(t *testing.T) []seed {
	t.Helper()
	data, err := os.ReadFile(shared(t, "data", "seeds-expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected struct{ Articles []seed }
	if err := json.Unmarshal(data, &expected); err != nil || len(expected.Articles) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return expected.Articles
}

// The program says of each article what it is about, shows where, and takes
// nothing of the page around it for news.
func TestSeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("reads much, one after the other; nothing in it races that other tests do not try")
	}
	skipSlow(t)
	t.Parallel()
	named, types := 0, 0
	rules, err := readRules("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range seeds(t) {
		x := explainFile(t, rules, shared(t, "seeds", s.File))
		found := map[string]news.Severity{} // by rule
		for _, v := range x.Verdicts {
			if v.Severity == 0 {
				continue
			}
			found[v.Rule] = v.Severity
			if !slices.ContainsFunc(v.Hits, func(h explain.Hit) bool { return len(h.Found) > 0 }) {
				t.Errorf("%s: rule %s matches and shows nothing", s.File, v.Rule)
			}
			checkBoilerplate(t, s, x, v)
		}
		for i, event := range s.Types {
			acceptable := rulesOf[event]
			if acceptable == nil {
				t.Fatalf("%s: no rule stands for %q", s.File, event)
			}
			var highest news.Severity
			for _, rule := range acceptable {
				highest = max(highest, found[rule])
			}
			switch types++; {
			case highest > 0:
				named++
			case i == 0:
				t.Errorf("%s: none of %v matches, but %v", s.File, acceptable, found)
			default:
				t.Logf("%s: no rule finds the %s in it", s.File, event)
			}
			if i == 0 && s.ShouldAlert && highest < news.Medium {
				t.Errorf("%s: the severity of %s is %v, and nobody would be told", s.File, event, highest)
			}
		}
	}
	t.Logf("%d of %d types of event found", named, types)
	if named*10 < types*7 {
		t.Errorf("%d of %d types of event are found, want seven in ten", named, types)
	}
}

// explainFile returns what coupwatch explain --json says of a file, which a script shows
// to be this.
func explainFile(t *testing.T, rules *matcher.Rules, file string) (x explain.Explanation) {
	t.Helper()
	it, err := new(program).sources().Item(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal(rules.Explain(it, nil))
	if err == nil {
		err = json.Unmarshal(said, &x)
	}
	if err != nil {
		t.Fatalf("explain %s: %v", file, err)
	}
	return x
}

// checkBoilerplate checks that no passage of v lies in what the page says around
// the article.
func checkBoilerplate(t *testing.T, s seed, x explain.Explanation, v explain.Verdict) {
	t.Helper()
	for _, words := range s.Boilerplate {
		for at := 0; ; at++ {
			next := strings.Index(x.Body[at:], words)
			if next < 0 {
				break
			}
			at += next
			for _, h := range v.Hits {
				for _, p := range h.Found {
					if p.Field == news.Body.String() && p.Start < at+len(words) && at < p.End {
						t.Errorf("%s: rule %s finds %q in %q, which is not of the article", s.File, v.Rule, p.Words, words)
					}
				}
			}
		}
	}
}
