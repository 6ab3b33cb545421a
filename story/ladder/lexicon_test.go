package ladder

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each entry of the lexicon is found in a text that has it: it is spelled as
// words are folded, and of a class that is known; and the example of each line
// has one of its class.
func TestLexicon(t *testing.T) {
	first := func(class, language string, words []string) int {
		tagged := make([]word, len(words))
		for i, w := range words {
			tagged[i].text = w
		}
		tag(tagged, language)
		want := meaningOf(class)
		return slices.IndexFunc(tagged, func(w word) bool {
			return (w.is&want.is != 0 || w.has&want.has != 0) && (want.seat == "" || w.seat == want.seat)
		})
	}
	lexicontest.Entries(t, source, func(class, language, entry string) bool {
		_, last, _ := strings.Cut(class, "+")
		return first(class, language, text.Words(entry+" "+last)) == 0
	})
	lexicontest.Sentences(t, source, func(class, language string, words []string) bool { return first(class, language, words) >= 0 })
}
