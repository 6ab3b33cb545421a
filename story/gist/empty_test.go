package gist

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each empty word is known as it is folded in a text of its language, and the
// example of each line has one.
func TestEmpty(t *testing.T) {
	lexicontest.Entries(t, table, func(_, language, entry string) bool {
		return slices.Equal(text.Words(entry), []string{entry}) && IsEmpty(language, entry)
	})
	lexicontest.Examples(t, table, func(_, language, word string) bool { return IsEmpty(language, word) })
	for _, tt := range []struct{ language, word string }{{"en", "war"}, {"en", "die"}, {"de", "krieg"}, {"ru", "мятеж"}} {
		if IsEmpty(tt.language, tt.word) {
			t.Errorf("%s: %q says nothing", tt.language, tt.word)
		}
	}
}
