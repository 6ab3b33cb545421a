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
	heads index // the last parts, by the word and by its stem
	parts index // those before the last, by the word
}

func (s *Stems) addCompounds(a Atom, what Ask) {
	if what.Within != s.language {
		return
	}
	s.parts.add(what.Word, a)
	s.heads.add(what.Word, a)
	if stem := inflect.Stem(s.language, what.Word); stem != what.Word {
		s.heads.add(stem, a)
	}
}

// appendCompound appends the atoms that the parts of a compound satisfy: a
// Gegenputsch is a putsch, and Putschgerüchte tell of one. Where a word may
// be cut is tried letter by letter; what is left must look like words.
func (s *Stems) appendCompound(atoms []Atom, word string) []Atom {
	if len(s.parts.first) == 0 || len(word) < leastListed+leastFront {
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
			atoms = s.appendHead(atoms, rest)
		}
		for end := range rest {
			if s.parts.first[rest[:end]] != 0 && s.goesOn(rest[end:]) {
				atoms = s.parts.appendTo(atoms, rest[:end])
			}
		}
	}
	return atoms
}

// appendHead appends the atoms that the last part of a compound satisfies, in
// whatever form.
func (s *Stems) appendHead(atoms []Atom, head string) []Atom {
	atoms = s.heads.appendTo(atoms, head)
	if stem := inflect.Stem(s.language, head); stem != head && utf8.RuneCountInString(stem) >= leastListed {
		atoms = s.heads.appendTo(atoms, stem)
	}
	for _, base := range inflect.Bases(s.language, head) {
		atoms = s.heads.appendTo(atoms, base)
	}
	return atoms
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
