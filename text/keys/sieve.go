package keys

import (
	"cmp"
	"slices"

	"github.com/coupwatch/coupwatch/text/inflect"
)

// A Sieve says what keys an item must have to be what is looked for. The zero
// Sieve lets all through. Sieves are immutable.
type Sieve struct {
	Op
	Keys []string // one, or those of a row
	Of   []Sieve  // of All and Any, two or more
}

// An Op says what a sieve asks for.
type Op uint8

// What a sieve asks for.
const (
	Nothing Op = iota
	Key        // its key
	Row        // words with its keys side by side
	Prefix     // any key that begins with its own
	All        // what all of its parts ask for
	Any        // what any of its parts asks for
)

// Of returns the sieve that asks for a key.
func Of(key string) Sieve { return Sieve{Op: Key, Keys: []string{key}} }

// Beginning returns the sieve that asks for a word that begins so.
func Beginning(folded string) Sieve { return Sieve{Op: Prefix, Keys: []string{Word(folded)}} }

// Phrase returns the sieve that asks for folded words side by side.
func Phrase(folded []string) Sieve {
	keys := make([]string, len(folded))
	for i, w := range folded {
		keys[i] = Word(w)
	}
	switch len(keys) {
	case 0:
		return Sieve{}
	case 1:
		return Of(keys[0])
	}
	return Sieve{Op: Row, Keys: keys}
}

// Inflected returns the sieve that asks for a folded word in any form: in texts of
// a language, or of all if that is "".
func Inflected(language, folded string) Sieve {
	languages := []string{language}
	if language == "" {
		languages = inflect.StemLanguages(folded)
	}
	of := []Sieve{Of(Word(folded)), Of(form + Word(folded))}
	for _, l := range languages {
		stem := Word(inflect.Stem(l, folded))
		of = append(of, Of(stem), Of(form+stem))
	}
	return AnyOf(of...)
}

// Declined returns the sieve that asks for a word of a name, with the endings that
// names have.
func Declined(folded string) Sieve { return AnyOf(Of(Word(folded)), Of(form+Word(folded))) }

// Within returns the sieve that asks for compounds that begin or end with a folded
// word of a language.
func Within(language, folded string) Sieve {
	return AnyOf(Beginning(folded), Sieve{Op: Prefix, Keys: []string{backward + Word(reversed(inflect.Stem(language, folded)))}})
}

// AllOf returns the sieve that asks for what all of several do.
func AllOf(of ...Sieve) Sieve {
	var parts []Sieve
	for _, s := range of {
		switch s.Op {
		case Nothing:
		case All:
			parts = append(parts, s.Of...)
		default:
			parts = append(parts, s)
		}
	}
	return joined(All, parts)
}

// AnyOf returns the sieve that asks for what any of several does.
func AnyOf(of ...Sieve) Sieve {
	var parts []Sieve
	for _, s := range of {
		switch s.Op {
		case Nothing:
			return Sieve{}
		case Any:
			parts = append(parts, s.Of...)
		default:
			parts = append(parts, s)
		}
	}
	return joined(Any, parts)
}

// joined returns the parts as one, each once.
func joined(op Op, parts []Sieve) Sieve {
	slices.SortFunc(parts, compare)
	parts = slices.CompactFunc(parts, func(a, b Sieve) bool { return compare(a, b) == 0 })
	switch len(parts) {
	case 0:
		return Sieve{}
	case 1:
		return parts[0]
	}
	return Sieve{Op: op, Of: parts}
}

// compare orders sieves, those that ask for least first.
func compare(a, b Sieve) int {
	return cmp.Or(cmp.Compare(a.Size(), b.Size()), cmp.Compare(a.Op, b.Op), slices.Compare(a.Keys, b.Keys),
		slices.CompareFunc(a.Of, b.Of, compare))
}

// Size returns how many keys it asks for.
func (s Sieve) Size() int {
	n := len(s.Keys)
	for _, of := range s.Of {
		n += of.Size()
	}
	return n
}

// Coarser returns a sieve that lets through what s does, and more if s asks for
// more than so many keys: of what must all be there, what costs least to ask for.
func (s Sieve) Coarser(most int) Sieve {
	if s.Op != All {
		if s.Size() > most {
			return Sieve{}
		}
		return s
	}
	var kept []Sieve
	for _, of := range s.Of { // the least first
		if of = of.Coarser(most); of.Op != Nothing {
			kept, most = append(kept, of), most-of.Size()
		}
	}
	return AllOf(kept...)
}
