package attribution

import (
	"testing"

	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each entry of the lexicon is found as it is folded in a text, and has at least
// the kinds of its line; and the example of each line has one of them.
func TestLexicon(t *testing.T) {
	is := func(class, word string) bool {
		want := kindsOf(class)
		return kindOf(word, outlets.Stem(word))&want == want
	}
	lexicontest.Entries(t, source, func(class, language, entry string) bool {
		var doc text.Text
		doc.Set(entry, language)
		return doc.Len() == 1 && is(class, string(doc.Word(0)))
	})
	lexicontest.Examples(t, source, func(class, _, word string) bool { return is(class, word) })
}

// A verb of the lexicon that ends in "*" or "%" is known in all forms of the
// past, and a noun with "~" in its cases.
func TestForms(t *testing.T) {
	for word, want := range map[string]kind{
		"заявил": says, "заявила": says, "заявили": says, "заявило": says, "сказав": says, "сказала": says, "сказали": says, "сказало": says,
		"эксперта": role, "экспертами": role, "министерством": body, "джерелами": role, "президента": office | role, "цеглина": 0,
	} {
		if got := kindOf(word, outlets.Stem(word)); got&want != want || want == 0 && got != 0 {
			t.Errorf("%q is of the kinds %b, want %b", word, got, want)
		}
	}
}
