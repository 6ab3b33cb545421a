package cluster

import (
	_ "embed" // the table
	"sync"

	"github.com/coupwatch/coupwatch/text/inflect"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

//go:embed usual.tsv
var table string

// usual are the stems of words that are in the news every day, whatever happens. A
// Russian word may be a Ukrainian one too.
//
// Document frequencies in their place, counted in two periods of labelled news and
// tried on the third, fold worse: story F1 of 2022 .968 to .957, of 2023 .958 to
// .953, and with countries .956 and .943. What was common in the news of one year's
// coups is what tells another's apart.
var usual = sync.OnceValue(func() map[string]bool {
	lines, stems := lexicon.Lines(table), map[string]bool{}
	for _, language := range []string{"en", "ru", "uk"} {
		of := []string{"ru", "uk"}
		if language == "en" {
			of = []string{"en"}
		}
		for w := range lexicon.Set(lines, "word", of...) {
			stems[inflect.Stem(language, w)] = true
		}
	}
	return stems
})

// busy are the countries that are in the news every day.
var busy = sync.OnceValue(func() map[string]bool { return lexicon.Set(lexicon.Lines(table), "country") })
