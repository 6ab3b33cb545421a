package names_test

import (
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/text"
)

// entry is a name of testdata/forms.txt, with what finds it and what does not.
type entry struct {
	name   names.Name
	finds  []string
	misses []string
}

func entries(t *testing.T) (all []entry) {
	t.Helper()
	src, err := os.ReadFile("testdata/forms.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(src)) {
		sign, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch sign {
		case "", "#":
		case "=":
			f := strings.Split(rest+" | | ", "|")
			n := names.Name{Kind: strings.TrimSpace(f[0]), Latin: strings.TrimSpace(f[1]), Native: strings.TrimSpace(f[2])}
			for _, alias := range f[3:] {
				if alias = strings.TrimSpace(alias); alias != "" {
					n.Aliases = append(n.Aliases, alias)
				}
			}
			all = append(all, entry{name: n})
		case "+":
			all[len(all)-1].finds = append(all[len(all)-1].finds, rest)
		case "-":
			all[len(all)-1].misses = append(all[len(all)-1].misses, rest)
		default:
			t.Fatalf("no entry: %s", line)
		}
	}
	if len(all) < 25 {
		t.Fatalf("%d names", len(all))
	}
	return all
}

// Each name of testdata/forms.txt is found by the spellings with "+" below it,
// and by none of those with "-".
func TestFormsTable(t *testing.T) {
	for _, e := range entries(t) {
		f := newFinder(e.name)
		for _, spelling := range e.finds {
			if !f.finds(spelling) {
				t.Errorf("%s (%s): %q is not found", e.name.Latin, e.name.Native, spelling)
			}
		}
		for _, spelling := range e.misses {
			if f.finds(spelling) {
				t.Errorf("%s (%s): %q is found", e.name.Latin, e.name.Native, spelling)
			}
		}
	}
}

// A name as it is listed is always a form of itself, whatever its kind; what is
// excluded is none; and an alias is found as it is written.
func TestFormsOfItself(t *testing.T) {
	for _, e := range entries(t) {
		for _, kind := range []string{"person", "agency", "city", "outlet", "organisation", ""} {
			n := e.name
			n.Kind = kind
			f := newFinder(n)
			for _, own := range append([]string{n.Latin, n.Native}, n.Aliases...) {
				if own != "" && !f.finds(own) {
					t.Errorf("%s as a %q: %q is not found", e.name.Latin, kind, own)
				}
			}
			n.Exclude = []string{n.Latin}
			if newFinder(n).finds(n.Latin) {
				t.Errorf("%s as a %q is found, though it is excluded", n.Latin, kind)
			}
		}
	}
}

// A form is written as it is folded, its given names are fewer than its words,
// and one that stands alone is of persons.
func TestFormsAreWhole(t *testing.T) {
	for _, e := range entries(t) {
		for _, f := range names.Forms(e.name) {
			if got := strings.Join(text.Words(f.Written), " "); got != strings.Join(f.Words, " ") {
				t.Errorf("%s: %q is written %q, which is %q", e.name.Latin, f.Words, f.Written, got)
			}
			if f.Given >= len(f.Words) || f.Given < 0 {
				t.Errorf("%s: %q has %d given names", e.name.Latin, f.Words, f.Given)
			}
			if f.How == "" {
				t.Errorf("%s: %q was made nohow", e.name.Latin, f.Words)
			}
			if f.Alone && e.name.Kind != "person" {
				t.Errorf("%s, a %s: %q stands alone", e.name.Latin, e.name.Kind, f.Words)
			}
		}
	}
}
