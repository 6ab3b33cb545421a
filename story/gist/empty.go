package gist

import (
	_ "embed" // the table
	"sync"

	"github.com/coupwatch/coupwatch/text/lexicon"
)

//go:embed empty.tsv
var table string

// empty words say nothing about what a text is about; those of emptyAbroad say
// nothing unless it is English. They are read when the first text is.
var (
	empty       = sync.OnceValue(func() map[string]bool { return lexicon.Set(lexicon.Lines(table), "empty") })
	emptyAbroad = sync.OnceValue(func() map[string]bool { return lexicon.Set(lexicon.Lines(table), "abroad") })
)

// IsEmpty reports whether a word of a text in the language lang says nothing
// about what the text is about.
func IsEmpty(lang, word string) bool {
	return empty()[word] || lang != "en" && emptyAbroad()[word]
}
