package matcher_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

const warmRules = `
groups:
  sahel: [Niger, Mali]
entities:
  - {id: bazoum, name: Mohamed Bazoum, country: Niger}
  - {id: bobo, kind: city, name: Bobo-Dioulasso, country: Burkina Faso}
rules:
  - id: shots
    severity: medium
    match: gunfire NEAR/3 WARM(@sahel, 5d)
    examples:
      match:
        - {title: Gunfire in Niger, warm: Niger}
        - {title: Gunfire in Mali, warm: "@sahel"}
      ignore:
        - Gunfire in Niger
        - {title: Gunfire in Niger, warm: [Mali]}
  - id: junta
    severity: high
    match: coup NEAR/5 @countries
    lower: [{to: low, when: "@sahel AND NOT WARM(@sahel, 60d)", near: item}]
  - {id: held, severity: medium, match: 'held AND WARM(@bazoum, 36h)'}
  - {id: city, severity: medium, match: 'barracks AND WARM(@bobo, 5d)'}
`

// tellings are when people were told of each entity or country, of story s-1.
type tellings map[string]time.Time

func (w tellings) LastTold(entity string, before time.Time) (news.Telling, bool) {
	at, ok := w[entity]
	return news.Telling{Story: "s-1", At: at}, ok && at.Before(before)
}

// What a rule asks of the warm is asked at the item's own time, of those that the
// item names; a report that does not depend on that says so.
func TestWarm(t *testing.T) {
	rules, err := matcher.Parse("rules.yaml", []byte(warmRules))
	if err != nil {
		t.Fatal(err)
	}
	item := func(title string) news.Item {
		return news.Item{Title: title, Language: "en", Published: time.Date(2023, 8, 10, 12, 0, 0, 0, time.UTC)}
	}
	told := func(id, ago string) tellings {
		d, err := time.ParseDuration(ago)
		if err != nil {
			t.Fatal(err)
		}
		return tellings{id: item("").Published.Add(-d)}
	}
	for _, tt := range []struct {
		title string
		warm  news.Warmth
		cold  string // what the rules make of it if nothing is known to be warm
		given string // and what then
		asks  bool
	}{
		{"Gunfire in Niger", nil, "", "", true},
		{"Gunfire in Niger", told("country:ne", "119h"), "", "shots:medium", true},
		{"Gunfire in Niger", told("country:ne", "121h"), "", "", true},
		{"Gunfire in Niger", told("country:ne", "-1h"), "", "", true},
		{"Gunfire in Niger", told("country:ml", "1h"), "", "", true},
		{"Gunfire is heard far and wide, not so in Niger", told("country:ne", "1h"), "", "", true},
		{"Gunfire in Chad", told("country:td", "1h"), "", "", false},
		{"Rain in Niger", told("country:ne", "1h"), "", "", false},
		{"Coup in Niger", nil, "junta:low", "junta:low", true},
		{"Coup in Niger", told("country:ne", "1400h"), "junta:low", "junta:high", true},
		{"Coup in Chad", told("country:ne", "1h"), "junta:high", "junta:high", false},
		{"Mohamed Bazoum is held", told("country:ne", "1h"), "", "", true},
		{"Mohamed Bazoum is held", told("bazoum", "35h"), "", "held:medium", true},
		{"Shots at the barracks of Bobo-Dioulasso", told("country:bf", "35h"), "", "city:medium", true},
	} {
		report, _ := rules.Match(item(tt.title))
		if got := matchesOf(report); got != tt.cold || (report.Ask != nil) != tt.asks {
			t.Errorf("%s: %q, asks %t; want %q, %t", tt.title, got, report.Ask != nil, tt.cold, tt.asks)
		}
		report.First = true
		report = report.Given(tt.warm)
		if got := matchesOf(report); got != tt.given || report.Ask != nil || !report.First {
			t.Errorf("%s, given %v: %q, want %q, settled and else as it was", tt.title, tt.warm, got, tt.given)
		}
		for _, v := range rules.Explain(item(tt.title), tt.warm).Verdicts {
			if matched := strings.Contains(tt.given, v.Rule+":"+v.Severity.String()); matched != (v.Severity > 0) {
				t.Errorf("%s, given %v: explained as %s %s, want %q", tt.title, tt.warm, v.Rule, v.Severity, tt.given)
			}
		}
		if m, near := rules.Almost(item(tt.title), tt.warm); near && m.Rule != "junta" && !strings.Contains(tt.title, "far") {
			t.Errorf("%s: a near miss of %s; nobody can make an item warm", tt.title, m.Rule)
		}
	}
}

func matchesOf(r news.Report) string {
	var out []string
	for _, m := range r.Matches {
		out = append(out, m.Rule+":"+m.Severity.String())
	}
	return strings.Join(out, " ")
}

func TestExplainTellsWarmth(t *testing.T) {
	rules, err := matcher.Parse("rules.yaml", []byte(warmRules))
	if err != nil {
		t.Fatal(err)
	}
	it := news.Item{Title: "Gunfire in Niger and rain in Chad", Language: "en", Published: time.Date(2023, 8, 10, 12, 0, 0, 0, time.UTC)}
	before := func(d time.Duration) news.Warmth {
		at := it.Published.Add(-d)
		return tellings{"country:ne": at, "country:td": at}
	}
	for _, tt := range []struct {
		warm         news.Warmth
		has, hasNone string
	}{
		{nil, "  WARM(@sahel, 5d): nothing is known to be warm\n", "is warm"},
		{tellings{}, "  WARM(@sahel, 5d): people were told of no story of Niger\n", "is warm"},
		{before(80 * time.Hour), "    Niger is warm: told 3 days ago, story s-1\n", "Chad is warm"},
		{before(3 * time.Hour), "    Niger is warm: told 3 hours ago, story s-1\n", "Chad is warm"},
		{before(200 * time.Hour), "  WARM(@sahel, 5d): Niger was told 8 days ago\n", "Chad is warm"},
		{before(61 * 24 * time.Hour), "  WARM(@sahel, 5d): Niger was told 61 days ago\n", "is warm"},
	} {
		var b strings.Builder
		if err := rules.Explain(it, tt.warm).Render(&b, false); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), tt.has) || strings.Contains(b.String(), tt.hasNone) {
			t.Errorf("%v:\n%s\nwant %q and no %q", tt.warm, b.String(), tt.has, tt.hasNone)
		}
	}
}

// An example says what is warm by names that must be known.
func TestWarmExampleNamesTheUnknown(t *testing.T) {
	_, err := matcher.Parse("rules.yaml", []byte(strings.Replace(warmRules, "warm: Niger}", "warm: Nigr}", 1)))
	var problems matcher.Problems
	if !errors.As(err, &problems) || problems[0].Code != "unknown-entity" || problems[0].Line != 13 {
		t.Errorf("%v", err)
	}
}

func BenchmarkWarm(b *testing.B) {
	rules, err := matcher.Parse("rules.yaml", []byte(warmRules))
	if err != nil {
		b.Fatal(err)
	}
	it := news.Item{Title: "Gunfire in Niger and rain in Chad", Language: "en", Published: time.Date(2023, 8, 10, 12, 0, 0, 0, time.UTC)}
	warm := tellings{"country:ne": it.Published.Add(-time.Hour)}
	for b.Loop() {
		report, _ := rules.Match(it)
		report.Given(warm)
	}
}
