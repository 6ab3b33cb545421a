package mood

import (
	"os"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// Each sentence of testdata/told.tsv tells its event as a fact of now, or not,
// as a title does.
func TestToldTable(t *testing.T) {
	src, err := os.ReadFile("testdata/told.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sentences := 0
	for line := range strings.Lines(string(src)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		before, rest, opens := strings.Cut(f[len(f)-1], "[")
		phrase, after, closes := strings.Cut(rest, "]")
		if len(f) != 3 || !opens || !closes {
			t.Fatalf("no case: %s", line)
		}
		var doc text.Text
		doc.Set(before+phrase+after, f[1])
		at := len(text.Words(before))
		s, first := Read(&doc, at, true)
		told := s.Told(at-first, at-first+len(text.Words(phrase))-1)
		if want := f[0] == "told"; told != want {
			t.Errorf("%s: told %t: %s", f[1], told, f[2])
		}
		sentences++
	}
	if sentences < 100 {
		t.Errorf("%d sentences", sentences)
	}
}

// A mark that parts clauses is told from one that does not.
func TestGaps(t *testing.T) {
	for between, want := range map[string]gap{
		" ": blank, "-": blank, " - ": strong, ", ": comma, " (": comma, ") ": comma, ": ": strong, "; ": strong, " — ": strong, " – ": strong,
		" | ": strong, "… ": strong, "'s ": owned, "’s ": owned, " “": blank, "\" ": blank,
	} {
		var doc text.Text
		doc.Set("Army"+between+"power", "en")
		if doc.Len() != 2 {
			t.Fatalf("no case: %q", between)
		}
		if got := gapBefore(&doc, 1); got != want {
			t.Errorf("%q is a gap of kind %d, want %d", between, got, want)
		}
	}
}

// An infinitive, a finite verb and a participle are told by their endings, in
// each language that shows them.
func TestForms(t *testing.T) {
	is := func(do func(s Sentence) bool) func(language, word string) bool {
		return func(language, word string) bool {
			return do(Sentence{lang: language, words: []inSentence{{text: text.Fold(word)}}})
		}
	}
	infinitive := is(func(s Sentence) bool { return s.isInfinitive(0) })
	finite := is(func(s Sentence) bool { return s.isFinite(0, 0) })
	for _, tt := range []struct {
		name, language, words string
		is                    func(language, word string) bool
		want                  bool
	}{
		{"infinitive", "ru", "захватить свергнуть уйти беречь взбунтоваться", infinitive, true},
		{"infinitive", "ru", "власть часть захватил свергнут", infinitive, false},
		{"infinitive", "uk", "захопити скинути піти збунтуватися", infinitive, true},
		{"infinitive", "uk", "влада захопив скинуто", infinitive, false},
		{"infinitive", "fr", "renverser saisir prendre remettre disparaître", infinitive, true},
		{"infinitive", "fr", "pouvoir renverse pris armée", infinitive, false},
		{"infinitive", "es", "tomar detener rendir derrocarlo sublevarse", infinitive, true},
		{"infinitive", "es", "militar poder tomó toman", infinitive, false},
		{"finite", "ru", "захватил свергла взяли взбунтовался захватит", finite, true},
		{"finite", "ru", "захватить захват переворот", finite, false},
		{"finite", "uk", "захопив скинула взяли збунтувалися тримають", finite, true},
		{"finite", "uk", "захопити заколот", finite, false},
		{"finite", "en", "seizes ousts topples", finite, true},
		{"finite", "en", "seize seizing coup", finite, false},
	} {
		for w := range strings.FieldsSeq(tt.words) {
			if got := tt.is(tt.language, w); got != tt.want {
				t.Errorf("%s: %s is %s: %t", tt.language, w, tt.name, got)
			}
		}
	}
}

// inSentence is a word of a sentence, whose own name is a variable above.
type inSentence = word
