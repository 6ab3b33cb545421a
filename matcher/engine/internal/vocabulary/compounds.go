package vocabulary

import (
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text/inflect"
)

// How many letters the parts of a compound have at least. What is listed and
// shorter is found as it stands only: too many words have it in them by chance.
const (
	leastListed = 4
	leastFront  = 3
	leastTail   = 4
)

// InCompounds reports whether a word that is listed for a language is found within
// compounds too: the language has them, and the word is long enough.
func InCompounds(word, language string) bool {
	return inflect.Links(language) != nil && utf8.RuneCountInString(word) >= leastListed
}

// compounds finds listed words within compounds of one language.
type compounds struct {
	parts index // by the word
	bases index // by its stem, where that is another word: of last parts
}

func (s *Stems) addCompounds(a Atom, v *Vocabulary) {
	what := v.asks[a]
	if what.within != s.number {
		return
	}
	s.parts.add(what.word, a, v.wordOf)
	stemOf := s.stemOf(v)
	if stem := stemOf(a); stem != what.word {
		s.bases.add(stem, a, stemOf)
	}
}

// appendCompound appends the atoms that the parts of a compound satisfy: a
// Gegenputsch is a putsch, and Putschgerüchte tell of one. Where a word may
// be cut is tried letter by letter; what is left must look like words.
func (s *Stems) appendCompound(atoms []Atom, word string, v *Vocabulary) []Atom {
	if s.parts.taken == 0 || len(word) < leastListed+leastFront {
		return atoms
	}
	for cut := range word {
		if cut > 0 && !inflect.IsPart(word[:cut], leastFront) {
			continue
		}
		rest := word[cut:]
		if utf8.RuneCountInString(rest) < leastListed {
			break
		}
		if cut > 0 {
			atoms = s.appendHead(atoms, rest, v)
		}
		for end := range rest {
			if s.parts.first(rest[:end], v.wordOf) != 0 && s.goesOn(rest[end:]) {
				atoms = s.parts.appendTo(atoms, rest[:end], v.wordOf)
			}
		}
	}
	return atoms
}

// appendHead appends the atoms that the last part of a compound satisfies, in
// whatever form.
func (s *Stems) appendHead(atoms []Atom, head string, v *Vocabulary) []Atom {
	atoms = s.appendBase(atoms, head, v)
	if stem := inflect.Stem(s.language, head); stem != head && utf8.RuneCountInString(stem) >= leastListed {
		atoms = s.appendBase(atoms, stem, v)
	}
	for _, base := range inflect.Bases(s.language, head) {
		atoms = s.appendBase(atoms, base, v)
	}
	return atoms
}

// appendBase appends the atoms of which this is the word, or its stem.
func (s *Stems) appendBase(atoms []Atom, base string, v *Vocabulary) []Atom {
	return s.bases.appendTo(s.parts.appendTo(atoms, base, v.wordOf), base, s.stemOf(v))
}

// goesOn reports whether a compound may go on so after a part.
func (s *Stems) goesOn(rest string) bool {
	for _, link := range inflect.Links(s.language) {
		if tail, ok := strings.CutPrefix(rest, link); ok && inflect.IsPart(tail, leastTail) {
			return true
		}
	}
	return false
}
