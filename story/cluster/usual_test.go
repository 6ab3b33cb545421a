package cluster

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each usual word is known by its stem in a text of its language, and the
// example of each line has one; other words are rare.
func TestUsual(t *testing.T) {
	is := func(class, language, word string) bool {
		if class == "country" {
			return busy()[word]
		}
		return usual()[inflect.Stem(language, word)]
	}
	lexicontest.Entries(t, table, func(class, language, entry string) bool {
		return slices.Equal(text.Words(entry), []string{entry}) && is(class, language, entry)
	})
	lexicontest.Examples(t, table, is)
	ix := NewIndex(Default())
	if ix.wordPrior(inflect.Stem("en", "presidents")) != Default().Rarity.CommonWord || ix.wordPrior("harpsichord") != Default().Rarity.Word {
		t.Error("a president is as rare as a harpsichord")
	}
	if ix.countryPrior("us") != Default().Rarity.BusyCountry || ix.countryPrior("fj") != Default().Rarity.Country {
		t.Error("news of Fiji are as common as those of the United States")
	}
}
