package outlets

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// The example of each ending is two forms of one word, of which the first has
// it; that of each name without a capital has the name.
func TestWords(t *testing.T) {
	for _, l := range lexicon.Lines(wordTable) {
		word, forms := l.Words[0], text.Words(l.Example)
		switch {
		case len(l.Words) != 1 || len(forms) < 2:
			t.Errorf("%s: %q has no example: %q", l.Class, l.Words, l.Example)
		case l.Class == "lowercase":
			if !lowercase[word] || !strings.Contains(" "+strings.Join(forms, " ")+" ", " "+word+" ") {
				t.Errorf("%q is not in %q", word, l.Example)
			}
		case !strings.HasSuffix(forms[0], word):
			t.Errorf("%q does not end in %q", forms[0], word)
		case Stem(forms[0]) != Stem(forms[1]):
			t.Errorf("-%s: the stem of %q is %q, and that of %q is %q", word, forms[0], Stem(forms[0]), forms[1], Stem(forms[1]))
		}
	}
	if len(endings) < 50 || len(lowercase) < 5 {
		t.Errorf("%d endings and %d names", len(endings), len(lowercase))
	}
}

// A word keeps three letters, and one of another script all.
func TestStemKeeps(t *testing.T) {
	for word, want := range map[string]string{
		"сша": "сша", "рбк": "рбк", "дом": "дом", "дома": "дом", "reuters": "reuters", "times": "times", "军方": "军方", "": "",
		"медузы": "медуз", "медузе": "медуз", "медузой": "медуз", "коммерсанта": "коммерсант", "известиях": "извест", "известия": "извест",
		"українська": "українськ", "української": "українськ",
	} {
		if got := Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}
