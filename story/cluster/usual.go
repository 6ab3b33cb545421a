package cluster

import (
	_ "embed" // the table

	"github.com/coupwatch/coupwatch/text/inflect"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

//go:embed usual.tsv
var table string

// usual are the stems of words, and busy the countries, that are in the news
// every day, whatever happens. A Russian word may be a Ukrainian one too.
var usual, busy = func() (stems, countries map[string]bool) {
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
	return stems, lexicon.Set(lines, "country")
}()
