package gist

import (
	_ "embed" // the table

	"github.com/coupwatch/coupwatch/text/lexicon"
)

//go:embed empty.tsv
var table string

// empty words say nothing about what a text is about; those of emptyAbroad say
// nothing unless it is English.
var empty, emptyAbroad = func() (_, _ map[string]bool) {
	lines := lexicon.Lines(table)
	return lexicon.Set(lines, "empty"), lexicon.Set(lines, "abroad")
}()

// IsEmpty reports whether a word of a text in the language lang says nothing
// about what the text is about.
func IsEmpty(lang, word string) bool {
	return empty[word] || lang != "en" && emptyAbroad[word]
}
