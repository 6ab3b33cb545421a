package attribution_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/attribution"
	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text"
)

// A seed is an article that coupwatch was made for, and who says what in it.
type seed struct {
	File         string
	Attributions []struct{ Speaker, Via, Text string }
}

func shared(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"../../../shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the articles are not here: %v", err)
	}
	return path
}

// Four in five of those who are listed for the articles are found with their
// outlets.
func TestSeeds(t *testing.T) {
	data, err := os.ReadFile(shared(t, "data", "seeds-expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected struct{ Articles []seed }
	if err := json.Unmarshal(data, &expected); err != nil || len(expected.Articles) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	const plain = 4 // a title, a first line and a last one that repeat who says so, and a sentence that goes on
	table := outlets.New(nil)
	listed, right, beside := 0, 0, 0
	for _, s := range expected.Articles {
		article, err := os.ReadFile(shared(t, "seeds", s.File))
		if err != nil {
			t.Fatal(err)
		}
		title, body, _ := strings.Cut(string(article), "\n")
		r := news.Report{Item: news.Item{Title: title, Body: body}}
		found := attribution.Find(r, table)
		for _, want := range s.Attributions {
			listed++
			if isFound(r, found, want.Speaker, want.Via, want.Text) {
				right++
			} else {
				t.Logf("%s: not found: %s via %s: %s", s.File, want.Speaker, want.Via, want.Text)
			}
		}
		for _, a := range found {
			if !isListed(r, a, s) {
				beside++
				t.Logf("%s: beside those listed: %+v: %s", s.File, a, r.Text(a.Span.Field)[a.Span.Start:a.Span.End])
			}
		}
	}
	t.Logf("%d of %d found", right, listed)
	if beside > plain {
		t.Errorf("%d attributions beside those listed, want the %d that a reader finds right", beside, plain)
	}
	if right*10 < listed*8 {
		t.Errorf("%d of %d attributions are found, want four in five", right, listed)
	}
}

func isListed(r news.Report, a news.Attribution, s seed) bool {
	sentence := text.Fold(r.Text(a.Span.Field)[a.Span.Start:a.Span.End])
	for _, want := range s.Attributions {
		if overlaps(sentence, text.Fold(want.Text)) {
			return true
		}
	}
	return false
}

func overlaps(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }

// isFound reports whether one of the attributions in the sentence with the
// given words has the speaker and the outlet.
func isFound(r news.Report, found []news.Attribution, speaker, via, words string) bool {
	provenance := ""
	for _, a := range found {
		if a.Speaker == "" && a.Span.Term == "read the original" {
			provenance += " " + a.Via
		}
	}
	words = text.Fold(words)
	for _, a := range found {
		sentence := text.Fold(r.Text(a.Span.Field)[a.Span.Start:a.Span.End])
		if !overlaps(sentence, words) {
			continue
		}
		if sameSpeaker(a, speaker) && (sameOutlet(a.Via, via) || a.Via == "" && sameOutlet(provenance, via)) {
			return true
		}
	}
	return false
}

// sameSpeaker reports whether a is by the speaker who is listed: by the last
// name, or the noun for those without names.
func sameSpeaker(a news.Attribution, listed string) bool {
	listed, note, _ := strings.Cut(listed, " (")
	unnamed := strings.HasPrefix(note, "unnamed")
	if unnamed || listed == "unnamed" || strings.HasPrefix(listed, "rumours") {
		return a.Hearsay
	}
	if a.Speaker == "" {
		return a.Via != "" && strings.Contains(text.Fold(listed), text.Fold(strings.TrimPrefix(a.Via, "The ")))
	}
	got, want := text.Words(a.Speaker), text.Words(listed)
	last := got[len(got)-1]
	for _, w := range want {
		if strings.TrimSuffix(w, "s") == strings.TrimSuffix(last, "s") || alias[last] == w {
			return true
		}
	}
	return false
}

// alias holds other spellings of words of the list.
//
//nolint:misspell // American papers
var alias = map[string]string{"us": "states", "defence": "defense", "valentino": "solovei", "boljukh": "bolyukh", "minister": "ministry"}

func sameOutlet(got, listed string) bool {
	if listed == "-" || got == "" {
		return (listed == "-") == (got == "")
	}
	for _, one := range strings.Split(listed, ",") {
		one, _, _ = strings.Cut(one, " (")
		one = strings.TrimPrefix(text.Fold(one), "the ")
		if o, known := outlets.New(nil).Named(one); known {
			one = strings.TrimPrefix(text.Fold(o.Name), "the ")
		}
		g := strings.TrimPrefix(text.Fold(got), "the ")
		if overlaps(g, one) {
			return true
		}
	}
	return false
}
