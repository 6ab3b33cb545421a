package slavic_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
)

var langs = map[string]slavic.Lang{"Russian": slavic.Russian, "Ukrainian": slavic.Ukrainian, "Belarusian": slavic.Belarusian}

var classes = map[string]slavic.Class{
	"male surname": slavic.MaleSurname, "female surname": slavic.FemaleSurname, "male given": slavic.MaleGiven, "female given": slavic.FemaleGiven,
	"noun": slavic.Noun, "adjective": slavic.Adjective,
}

// A paradigm is a row of testdata/paradigms.tsv.
type paradigm struct {
	lang  slavic.Lang
	class slavic.Class
	forms []string // the nominative first
}

func paradigms(t *testing.T) (all []paradigm) {
	t.Helper()
	src, err := os.ReadFile("testdata/paradigms.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(src)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		lang, known := langs[f[0]]
		class, named := classes[f[1]]
		if !known || !named || len(f) < 8 {
			t.Fatalf("no paradigm: %s", line)
		}
		all = append(all, paradigm{lang, class, f[2:]})
	}
	if len(all) < 200 {
		t.Fatalf("%d paradigms", len(all))
	}
	return all
}

// Each name of testdata/paradigms.tsv has its cases.
func TestParadigms(t *testing.T) {
	for _, p := range paradigms(t) {
		got := slavic.Decline(p.forms[0], p.lang, p.class)
		for c, want := range p.forms {
			if !slices.Contains(got[c], want) {
				t.Errorf("%v, %s, %v: %q, want %q among them", p.lang, p.forms[0], slavic.Case(c), got[c], want)
			}
		}
	}
}

// The nominative is never lost, no form is empty or twice there, and a name in
// capitals does not change.
func TestParadigmsAreWhole(t *testing.T) {
	for _, p := range paradigms(t) {
		got := slavic.Decline(p.forms[0], p.lang, p.class)
		if !slices.Equal(got[slavic.Nominative], p.forms[:1]) {
			t.Errorf("%s has the nominative %q", p.forms[0], got[slavic.Nominative])
		}
		for c, forms := range got {
			if seen := slices.Compact(slices.Sorted(slices.Values(forms))); len(seen) != len(forms) || slices.Contains(forms, "") {
				t.Errorf("%s, %v: %q", p.forms[0], slavic.Case(c), forms)
			}
			if len(forms) == 0 && (slavic.Case(c) != slavic.Vocative || p.lang == slavic.Ukrainian) && !(slavic.Case(c) == slavic.Vocative) {
				t.Errorf("%s has no %v", p.forms[0], slavic.Case(c))
			}
		}
		capitals := strings.ToUpper(p.forms[0])
		for c, forms := range slavic.Decline(capitals, p.lang, p.class) {
			if slavic.Case(c) != slavic.Vocative && !slices.Equal(forms, []string{capitals}) {
				t.Errorf("%s, %v: %q", capitals, slavic.Case(c), forms)
			}
		}
	}
}

// A name of two parts changes in the last, as the last does by itself.
func TestHyphens(t *testing.T) {
	for _, p := range paradigms(t) {
		if p.class != slavic.MaleSurname && p.class != slavic.FemaleSurname || strings.Contains(p.forms[0], "-") {
			continue
		}
		alone, both := slavic.Decline(p.forms[0], p.lang, p.class), slavic.Decline("Бонч-"+p.forms[0], p.lang, p.class)
		for c := range alone {
			for i, form := range alone[c] {
				if both[c][i] != "Бонч-"+form {
					t.Errorf("Бонч-%s, %v: %q, want %q with Бонч- before", p.forms[0], slavic.Case(c), both[c], alone[c])
				}
			}
		}
	}
}
