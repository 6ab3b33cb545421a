package matcher_test

import (
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// A probe is a line of a table in testdata: what is wanted, and an item.
type probe struct {
	want string
	item news.Item
}

// probes reads a table of what is wanted, the language, a title and perhaps a
// summary.
func probes(t *testing.T, file string) []probe {
	t.Helper()
	table, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []probe
	for line := range strings.Lines(string(table)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 3 {
			continue
		}
		p := probe{f[0], news.Item{Language: f[1], Title: f[2], Published: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}}
		if len(f) > 3 {
			p.item.Summary = f[3]
		}
		out = append(out, p)
	}
	return out
}

var readShipped = sync.OnceValues(func() (*matcher.Rules, error) { return matcher.ParseFS(os.DirFS(".."), "rules.yaml") })

// shippedRules returns the rules that ship, which nobody changes.
func shippedRules(t *testing.T) *matcher.Rules {
	t.Helper()
	r, err := readShipped()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// loudest returns the greatest severity of an item's matches, and the rules
// that have it.
func loudest(r *matcher.Rules, it news.Item) (news.Severity, []string) {
	report, _ := r.Match(it)
	var highest news.Severity
	var rules []string
	for _, m := range report.Matches {
		if m.Severity > highest {
			highest, rules = m.Severity, nil
		}
		if m.Severity == highest {
			rules = append(rules, m.Rule)
		}
	}
	return highest, rules
}

// Critical breaks quiet hours: it needs its event in the title or the first
// sentence, told of now, by somebody who could know. Nothing else may be, and
// nine of ten that are must stay.
func TestShippedCritical(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one after the other; takes minutes where races are watched for")
	}
	r := shippedRules(t)
	truly, kept, wrong := 0, 0, 0
	for _, p := range probes(t, "testdata/critical.tsv") {
		severity, rules := loudest(r, p.item)
		critical := severity == news.Critical
		switch {
		case p.want == "yes" && critical:
			kept++
		case p.want == "yes":
			t.Logf("%s by %v, not critical: %s", severity, rules, p.item.Title)
		case critical:
			wrong++
			t.Errorf("critical by %v: %s", rules, p.item.Title)
		}
		if p.want == "yes" {
			truly++
			if severity < news.High {
				t.Errorf("%s by %v, want high at least: %s", severity, rules, p.item.Title)
			}
		}
	}
	if truly < 20 || kept*10 < truly*9 {
		t.Errorf("%d of %d critical ones kept, want nine of ten", kept, truly)
	}
}

// What a leader's fall was in an earlier year, or by a vote, is no news of
// today's report on him; nor is a mutiny of last month at the foot of a list.
func TestShippedLookBack(t *testing.T) {
	if testing.Short() {
		t.Skip("asks one after the other; takes minutes where races are watched for")
	}
	r := shippedRules(t)
	for _, tt := range []struct {
		title, summary string
		loud           bool
	}{
		{"Deposed Pakistani PM to stay in his cell", "The former prime minister, who was deposed in 2024, lost his appeal.", false},
		{"Ousted Peruvian president asks for bail", "She was ousted by a no-confidence motion.", false},
		{"Ousted Malian president flown to the coast", "Soldiers took him from his house at dawn.", true},
		{"War in brief: bread is dear in Donetsk", "Talks go on in Geneva. Wagner, whose fighters staged a mutiny last month in Russia, hires again.", false},
		{"Congressman asks the army what it taught coup leaders", "He wants to break with old habits of training.", false},
		{"Soldiers arrest coup leaders in Gabon", "They were found in a barracks.", true},
		{"War in brief: fighters of Wagner stage a mutiny in Russia", "Last month their chief was in Geneva.", true},
	} {
		severity, rules := loudest(r, news.Item{Language: "en", Title: tt.title, Summary: tt.summary, Published: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)})
		if loud := severity >= news.High; loud != tt.loud {
			t.Errorf("%q is %s by %v; loud should be %v", tt.title, severity, rules, tt.loud)
		}
	}
}
