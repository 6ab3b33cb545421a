package ladder

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each entry of the lexicon is found in a text that has it: it is spelled as
// words are folded, and of a class that is known.
func TestLexicon(t *testing.T) {
	lexicontest.Entries(t, source, func(class, language, entry string) bool {
		var doc text.Text
		_, last, _ := strings.Cut(class, "+")
		doc.Set(entry+" "+last, language)
		words := make([]word, doc.Len())
		for i := range words {
			words[i].text = string(doc.Word(i))
		}
		tag(words, language)
		want := meaningOf(class)
		return len(words) > 0 && (words[0].is&want.is != 0 || words[0].has&want.has != 0)
	})
}
