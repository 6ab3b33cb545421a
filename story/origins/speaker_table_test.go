package origins

import (
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon/lexicontest"
)

// Each word before a name, for a body or for who speaks for it is known as it is
// folded in a text, and the example of each line has one.
func TestSpeakerTable(t *testing.T) {
	is := func(class, _, word string) bool {
		switch class {
		case "title":
			return titles[word]
		case "office":
			return offices[word]
		}
		return bodies[word] == "#"+class
	}
	lexicontest.Entries(t, table, func(class, language, entry string) bool {
		return slices.Equal(text.Words(entry), []string{entry}) && is(class, language, entry)
	})
	lexicontest.Examples(t, table, is)
}

// One body has one spelling in all languages, and another has another.
func TestBodiesAreOneInAllLanguages(t *testing.T) {
	for _, bodies := range [][]string{
		{"The army", "Армия", "Армія", "Armée", "Armee"},
		{"The ministry of defence", "the Defense Ministry"}, //nolint:misspell // as Americans have it,
		{"Prosecutors", "Прокуратура", "Прокуратурі", "Staatsanwaltschaft", "Parquet"},
		{"Police", "Полиция", "Поліції", "Polizei", "Policia"},
		{"The Kremlin", "Кремль", "Кремле"},
	} {
		for _, name := range bodies[1:] {
			if a, b := spell(bodies[0]), spell(name); !same(a, b) {
				t.Errorf("%q and %q are two speakers: %v, %v", bodies[0], name, a, b)
			}
		}
	}
	if same(spell("The army"), spell("Полиция")) || same(spell("The court"), spell("The junta")) {
		t.Error("two bodies are one speaker")
	}
}
