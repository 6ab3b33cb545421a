package engine

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// An atom stands for what a term asks of one word of a text. Zero is no atom.
type atom uint32

// An ask is what an atom stands for: a word, how it is meant, and the marks of
// which a word of a text must bear one; 0 if it need bear none.
type ask struct {
	word  string // folded
	form  query.Form
	marks text.Flag
	name  bool // it is of a name, and may have the endings of the language of the text

	within string // the language in whose compounds it is found too, or ""
}

// declines reports whether what is asked for may have the endings of the
// language of the text.
func (a ask) declines() bool { return a.name || a.form == query.Inflected }

// isInitial reports whether the initial of a name is asked for.
func (a ask) isInitial() bool { return a.name && a.marks == text.Initials }

// A vocabulary knows which atoms a word satisfies. Finding them takes a stem
// and a few look-ups, however many atoms there are; [cache] remembers them.
type vocabulary struct {
	asks  []ask       // by atom
	marks []text.Flag // of the asks, close together
	atoms map[ask]atom
	exact index // by the word itself
	globs globs
	stems map[string]*stems // by language
}

// An index finds atoms by a key. Atoms with the same key form a chain.
type index struct {
	first map[string]atom
	next  []atom // by atom
}

func (x *index) add(key string, a atom) {
	if x.first == nil {
		x.first = map[string]atom{}
	}
	if old, ok := x.first[key]; ok {
		x.next = append(x.next, make([]atom, max(0, int(a)+1-len(x.next)))...)
		x.next[a] = old
	}
	x.first[key] = a
}

// appendTo appends the atoms with the key to atoms.
func (x *index) appendTo(atoms []atom, key string) []atom {
	for a := x.first[key]; a != 0; {
		atoms = append(atoms, a)
		if int(a) >= len(x.next) {
			break
		}
		a = x.next[a]
	}
	return atoms
}

// stems are the stems of all inflected words of a vocabulary in one language.
// They are made when a text in that language first comes along: most
// languages that a word could be of never do.
type stems struct {
	language string
	number   uint8 // from 1
	once     sync.Once
	atoms    index
	compounds
}

// newVocabulary returns a vocabulary with room for so many atoms.
func newVocabulary(room int) vocabulary {
	v := vocabulary{
		asks:  make([]ask, 1, room+1),
		marks: make([]text.Flag, 1, room+1),
		atoms: make(map[ask]atom, room),
		exact: index{first: make(map[string]atom, room)},
		stems: map[string]*stems{},
	}
	for _, language := range inflect.DeclinedLanguages() {
		v.know(language)
	}
	return v
}

// know makes room for the stems of a language.
func (v *vocabulary) know(language string) {
	if v.stems[language] == nil {
		v.stems[language] = &stems{language: language, number: uint8(len(v.stems) + 1)}
	}
}

// atom returns the atom for what is asked, a new one if nobody asked before.
func (v *vocabulary) atom(what ask) atom {
	if a, ok := v.atoms[what]; ok {
		return a
	}
	a := atom(len(v.asks))
	v.asks = append(v.asks, what)
	v.marks = append(v.marks, what.marks)
	v.atoms[what] = a
	switch what.form {
	case query.Prefix:
		v.globs.add(what.word+"*", a)
	case query.Wild:
		v.globs.add(what.word, a)
	case query.Inflected:
		for _, language := range inflect.StemLanguages(what.word) {
			v.know(language)
		}
		if what.within != "" {
			v.know(what.within)
		}
		v.exact.add(what.word, a)
	default:
		v.exact.add(what.word, a)
	}
	return a
}

// initialsMark stands after a word that is initials, and after no other: "jf."
// satisfies what "j" does where an initial is looked for.
const initialsMark = '.'

// appendAtoms appends the atoms that a folded word satisfies, each once, marks
// aside. The stems are those of the language of its text, nil for none.
func (v *vocabulary) appendAtoms(atoms []atom, word string, s *stems) []atom {
	from := len(atoms)
	if n := len(word) - 1; n > 0 && word[n] == initialsMark {
		word = word[:n]
		_, size := utf8.DecodeRuneInString(word)
		atoms = v.appendWhere(atoms, word[:size], ask.isInitial)
	}
	atoms = v.exact.appendTo(atoms, word)
	atoms = v.globs.appendTo(atoms, word)
	if s != nil {
		s.once.Do(func() { s.fill(v.asks) })
		atoms = v.appendForms(atoms, word, s)
		if respelled := inflect.Respelled(s.language, word); respelled != word {
			atoms = v.appendForms(v.appendWhere(atoms, respelled, ask.declines), respelled, s)
		}
	}
	slices.Sort(atoms[from:])
	return atoms[:from+len(slices.Compact(atoms[from:]))]
}

// appendForms appends the atoms that a word satisfies as an inflected form, or
// as a compound.
func (v *vocabulary) appendForms(atoms []atom, word string, s *stems) []atom {
	atoms = s.atoms.appendTo(atoms, inflect.Stem(s.language, word))
	for _, base := range inflect.Bases(s.language, word) {
		atoms = s.atoms.appendTo(v.appendWhere(atoms, base, ask.declines), base)
	}
	return s.appendCompound(atoms, word)
}

// appendWhere appends the atoms of a word for which is holds.
func (v *vocabulary) appendWhere(atoms []atom, word string, is func(ask) bool) []atom {
	from := len(atoms)
	atoms = v.exact.appendTo(atoms, word)
	kept := slices.DeleteFunc(atoms[from:], func(a atom) bool { return !is(v.asks[a]) })
	return atoms[:from+len(kept)]
}

func (s *stems) fill(asks []ask) {
	for a, what := range asks {
		if what.form == query.Inflected && slices.Contains(inflect.StemLanguages(what.word), s.language) {
			s.atoms.add(inflect.Stem(s.language, what.word), atom(a))
		}
		s.addCompounds(atom(a), what)
	}
}
