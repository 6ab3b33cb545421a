// Package lexicontest tests tables of words by the words and the examples that
// stand in them.
package lexicontest

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// Entries fails t for each entry of table that found does not find, and for each
// line that is none or has an entry twice. It is asked for the entry without the
// signs that stand for what may follow or precede.
func Entries(t *testing.T, table string, found func(class, language, entry string) bool) {
	t.Helper()
	lines := lexicon.Lines(table)
	if n := strings.Count(table, "\n") - strings.Count("\n"+table, "\n#") - strings.Count(table, "\n\n"); len(lines) == 0 || len(lines) != n {
		t.Fatalf("%d lines of %d are a class, a language and words", len(lines), n)
	}
	for _, l := range lines {
		seen := map[string]bool{}
		for _, entry := range l.Words {
			if seen[entry] {
				t.Errorf("%s, %s: %q stands there twice", l.Class, l.Language, entry)
			}
			seen[entry] = true
			if plain := strings.Trim(strings.ReplaceAll(entry, "*", ""), "~%"); !found(l.Class, l.Language, plain) {
				t.Errorf("%s, %s: %q is not found", l.Class, l.Language, entry)
			}
		}
	}
}

// Examples fails t for each line of table whose example has no word of its
// class, as has says of a word as it is folded in a text, or has none.
func Examples(t *testing.T, table string, has func(class, language, word string) bool) {
	t.Helper()
	Sentences(t, table, func(class, language string, words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return has(class, language, w) })
	})
}

// Sentences is [Examples] for tables with phrases: has is asked of all words of
// the example.
func Sentences(t *testing.T, table string, has func(class, language string, words []string) bool) {
	t.Helper()
	for _, l := range lexicon.Lines(table) {
		var doc text.Text
		doc.Set(l.Example, l.Language)
		words := make([]string, doc.Len())
		for i := range words {
			words[i] = string(doc.Word(i))
		}
		if !has(l.Class, l.Language, words) {
			t.Errorf("%s, %s: the example %q has no word of the line", l.Class, l.Language, l.Example)
		}
	}
}
