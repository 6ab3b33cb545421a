package gist

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each word of the table tells its kind by its stem, and the example of each line
// has one.
func TestEventWords(t *testing.T) {
	is := func(class, language, word string) bool {
		return eventOf()[language][inflect.Stem(language, word)] == "~"+class
	}
	lexicontest.Entries(t, events, func(class, language, entry string) bool {
		words := text.Words(entry)
		return len(words) == 1 && is(class, language, words[0])
	})
	lexicontest.Examples(t, events, is)
}

// The kinds of a report are those of its title, or if that tells none those of
// what stands below, whichever rule found it.
func TestEvents(t *testing.T) {
	for _, tt := range []struct {
		language, title, summary string
		want                     []string
		inTitle                  bool
	}{
		{"en", "Colonel arrested over mutiny", "A pilot defected.", []string{"~arrest", "~mutiny"}, true},
		{"en", "Colonel speaks", "He tells of the mutineers and of a coup.", []string{"~coup", "~mutiny"}, false},
		{"ru", "Мятежники заняли город", "Полковник арестован.", []string{"~mutiny"}, true},
		{"uk", "Заколотники біля столиці", "", []string{"~mutiny"}, true},
		{"de", "Meuterer besetzen Kaserne", "", []string{"~mutiny"}, true},
		{"fr", "Le colonel a été arrêté", "", []string{"~arrest"}, true},
		{"es", "Detenidos dos coroneles", "", []string{"~arrest"}, true},
		{"pt", "Amotinados tomam quartel", "", []string{"~mutiny"}, true},
		{"en", "Harvest begins", "It is early.", nil, false},
	} {
		w := Weights{Title: 5, Country: 0.65, Rule: 1.1, CountryInText: 0.5}
		f := Of(news.Report{Item: news.Item{Title: tt.title, Summary: tt.summary, Language: tt.language}}, w)
		kinds, inTitle := Events(f.Gist, w)
		if !slices.Equal(kinds, tt.want) || inTitle != tt.inTitle {
			t.Errorf("%q: %q, in the title %v; want %q, %v", tt.title, kinds, inTitle, tt.want, tt.inTitle)
		}
	}
}
