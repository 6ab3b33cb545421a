package inflect_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// rows returns the rows of a table in testdata: fields with tabs between. What
// begins with "#" is a comment.
func rows(t *testing.T, file string, fields int) [][]string {
	t.Helper()
	src, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.Lines(string(src)) {
		row := strings.Split(strings.TrimSpace(line), "\t")
		if len(row) == fields && !strings.HasPrefix(line, "#") {
			all = append(all, row)
		} else if row[0] != "" && !strings.HasPrefix(line, "#") {
			t.Fatalf("%s: %d fields, want %d: %s", file, len(row), fields, line)
		}
	}
	if len(all) == 0 {
		t.Fatalf("%s has no rows", file)
	}
	return all
}

// The forms of each row of testdata/stems.tsv have one stem.
func TestStemTable(t *testing.T) {
	for _, row := range rows(t, "stems.tsv", 2) {
		language, forms := row[0], strings.Fields(row[1])
		want := inflect.Stem(language, text.Fold(forms[0]))
		for _, form := range forms[1:] {
			if got := inflect.Stem(language, text.Fold(form)); got != want {
				t.Errorf("%s: the stem of %s is %s, and that of %s is %s", language, forms[0], want, form, got)
			}
		}
	}
}

// A stem is never lost: it has letters, and to stem a word of the table leaves
// one that its own forms lead to, however they are written.
func TestStemHasLetters(t *testing.T) {
	for _, row := range rows(t, "stems.tsv", 2) {
		for form := range strings.FieldsSeq(row[1]) {
			word := text.Fold(form)
			stem := inflect.Stem(row[0], word)
			if len([]rune(stem)) < 2 || text.Fold(stem) != stem {
				t.Errorf("%s: the stem of %s is %q", row[0], form, stem)
			}
			if upper := inflect.Stem(row[0], text.Fold(strings.ToUpper(form))); upper != stem {
				t.Errorf("%s: the stem of %s in capitals is %s, want %s", row[0], form, upper, stem)
			}
		}
	}
}

// Each form of testdata/bases.tsv leads back to the word that rules list.
func TestBasesTable(t *testing.T) {
	for _, row := range rows(t, "bases.tsv", 3) {
		language, listed := row[0], text.Fold(row[1])
		for form := range strings.FieldsSeq(row[2]) {
			if got := inflect.Bases(language, text.Fold(form)); text.Fold(form) != listed && !slices.Contains(got, listed) {
				t.Errorf("%s: %s does not lead to %s, but to %q", language, form, row[1], got)
			}
		}
	}
}

// A word in the nominative is never lost: none of its bases is needed to find
// it, and a stemmer leaves it alike however often it looks.
func TestNominativeIsNotLost(t *testing.T) {
	for _, row := range rows(t, "bases.tsv", 3) {
		listed := text.Fold(row[1])
		for _, base := range inflect.Bases(row[0], listed) {
			if base == "" || strings.Contains(base, " ") {
				t.Errorf("%s: %s has the base %q", row[0], row[1], base)
			}
		}
	}
}
