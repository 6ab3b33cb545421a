// Package vocabulary knows what terms and names ask of single words, and which
// words of a text satisfy it: by themselves, inflected, as the beginning of a
// longer one, by a pattern, or within a compound. What rows of words mean is
// for package engine, whose own this is.
//
// What is asked becomes an [Atom] by [Vocabulary.Atom], while rules are
// compiled. A [Cache] then answers, for each word of a text, which atoms it
// satisfies.
package vocabulary

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// An Atom stands for what a term asks of one word of a text. Zero is no atom.
type Atom uint32

// An Ask is what an atom stands for: a word, how it is meant, and the marks of
// which a word of a text must bear one; 0 if it need bear none.
type Ask struct {
	Word  string // folded
	Form  query.Form
	Marks text.Flag
	Name  bool // it is of a name, and may have the endings of the language of the text

	Within string // the language in whose compounds it is found too, or ""; see [InCompounds]
}

// declines reports whether what is asked for may have the endings of the
// language of the text.
func (a Ask) declines() bool { return a.Name || a.Form == query.Inflected }

// isInitial reports whether the initial of a name is asked for.
func (a Ask) isInitial() bool { return a.Name && a.Marks == text.Initials }

// A Vocabulary knows which atoms a word satisfies. Finding them takes a stem
// and a few look-ups, however many atoms there are; a [Cache] remembers them.
// Make one with [New]. When all is asked it is safe for concurrent use.
type Vocabulary struct {
	asks  []Ask       // by atom
	marks []text.Flag // of the asks, close together
	in    []languages // where the asks count
	atoms map[Ask]Atom
	exact index // by the word itself
	globs globs
	stems map[string]*Stems // by language
}

// A set of languages has a bit for the number of each, and bit 0 for all. One
// whose words have no endings here has no number, and needs none: only forms are
// made by language.
type languages uint64

// everywhere is the set of all languages.
const everywhere languages = 1

// set returns the set of one language; of all, if it is "".
func (v *Vocabulary) set(language string) languages {
	if language == "" {
		return everywhere
	}
	if s := v.stems[language]; s != nil {
		return s.bit()
	}
	return 0
}

// An index finds atoms by a key. Atoms with the same key form a chain.
type index struct {
	first map[string]Atom
	next  []Atom // by atom
}

func (x *index) add(key string, a Atom) {
	if x.first == nil {
		x.first = map[string]Atom{}
	}
	if old, ok := x.first[key]; ok {
		x.next = append(x.next, make([]Atom, max(0, int(a)+1-len(x.next)))...)
		x.next[a] = old
	}
	x.first[key] = a
}

// appendTo appends the atoms with the key to atoms.
func (x *index) appendTo(atoms []Atom, key string) []Atom {
	for a := x.first[key]; a != 0; {
		atoms = append(atoms, a)
		if int(a) >= len(x.next) {
			break
		}
		a = x.next[a]
	}
	return atoms
}

// Stems are the stems of all inflected words of a vocabulary in one language.
// They are made when a text in that language first comes along: most
// languages that a word could be of never do.
type Stems struct {
	language string
	number   uint8 // from 1
	once     sync.Once
	atoms    index
	compounds
}

// bit returns the set of the language of s.
func (s *Stems) bit() languages {
	if s.number < 64 {
		return 1 << s.number
	}
	return everywhere // a bit too many does no harm: what counts where is looked at again
}

// New returns a vocabulary in which nothing is asked, with room for so many
// atoms.
func New(room int) Vocabulary {
	v := Vocabulary{
		asks:  make([]Ask, 1, room+1),
		marks: make([]text.Flag, 1, room+1),
		in:    make([]languages, 1, room+1),
		atoms: make(map[Ask]Atom, room),
		exact: index{first: make(map[string]Atom, room)},
		stems: map[string]*Stems{},
	}
	for _, language := range inflect.DeclinedLanguages() {
		v.know(language)
	}
	return v
}

// know makes room for the stems of a language.
func (v *Vocabulary) know(language string) {
	if v.stems[language] == nil {
		v.stems[language] = &Stems{language: language, number: uint8(len(v.stems) + 1)}
	}
}

// Atom returns the atom for what is asked, a new one if nobody asked before. Forms
// of its word are looked for in texts of the language, or in all if that is "", and
// in those of whoever asked before. It is not for concurrent use, nor for a
// vocabulary that is sealed.
func (v *Vocabulary) Atom(what Ask, language string) Atom {
	a, ok := v.atoms[what]
	if !ok {
		a = Atom(len(v.asks))
		v.asks = append(v.asks, what)
		v.marks = append(v.marks, what.Marks)
		v.in = append(v.in, 0)
		v.atoms[what] = a
		v.add(a, what)
	}
	v.in[a] |= v.set(language)
	return a
}

// add makes a new atom findable.
func (v *Vocabulary) add(a Atom, what Ask) {
	switch what.Form {
	case query.Prefix:
		v.globs.add(what.Word+"*", a)
	case query.Wild:
		v.globs.add(what.Word, a)
	case query.Inflected:
		for _, language := range inflect.StemLanguages(what.Word) {
			v.know(language)
		}
		if what.Within != "" {
			v.know(what.Within)
		}
		v.exact.add(what.Word, a)
	default:
		v.exact.add(what.Word, a)
	}
}

// Seal says that nothing more will be asked, and forgets what only serves asking.
func (v *Vocabulary) Seal() {
	v.atoms, v.asks, v.marks, v.exact.next = nil, slices.Clone(v.asks), slices.Clone(v.marks), slices.Clone(v.exact.next)
}

// Reopened returns a copy of v, sealed or not, in which more can be asked, with
// the same atoms for the same asks. Adding to it leaves v as it is. It tells
// atoms only: words are looked for in v.
func (v *Vocabulary) Reopened() Vocabulary {
	more := New(len(v.asks))
	more.asks, more.marks = slices.Clip(v.asks), slices.Clip(v.marks)
	more.in = slices.Clone(v.in)
	for a, what := range v.asks {
		more.atoms[what] = Atom(a)
	}
	return more
}

// Size returns how many atoms there are, with the zero one: all are below it.
func (v *Vocabulary) Size() int { return len(v.asks) }

// Marks returns the marks of which a word must bear one to satisfy the atom; 0
// if it need bear none.
func (v *Vocabulary) Marks(a Atom) text.Flag { return v.marks[a] }

// Stems returns the stems of a language, nil if no word is inflected in it.
func (v *Vocabulary) Stems(language string) *Stems { return v.stems[language] }

// InitialsMark stands after a word that is initials, and after no other: "jf."
// satisfies what "j" does where an initial is looked for.
const InitialsMark = '.'

// appendAtoms appends the atoms that a folded word satisfies, each once, marks
// aside. The stems are those of the language of its text, nil for none.
func (v *Vocabulary) appendAtoms(atoms []Atom, word string, s *Stems) []Atom {
	from := len(atoms)
	if n := len(word) - 1; n > 0 && word[n] == InitialsMark {
		word = word[:n]
		_, size := utf8.DecodeRuneInString(word)
		atoms = v.appendWhere(atoms, word[:size], Ask.isInitial)
	}
	atoms = v.exact.appendTo(atoms, word)
	atoms = v.globs.appendTo(atoms, word)
	if s != nil {
		s.once.Do(func() { s.fill(v) })
		atoms = v.appendForms(atoms, word, s)
		if respelled := inflect.Respelled(s.language, word); respelled != word {
			atoms = v.appendForms(v.appendWhere(atoms, respelled, Ask.declines), respelled, s)
		}
	}
	slices.Sort(atoms[from:])
	return atoms[:from+len(slices.Compact(atoms[from:]))]
}

// appendForms appends the atoms that a word satisfies as an inflected form, or
// as a compound.
func (v *Vocabulary) appendForms(atoms []Atom, word string, s *Stems) []Atom {
	atoms = s.atoms.appendTo(atoms, inflect.Stem(s.language, word))
	for _, base := range inflect.Bases(s.language, word) {
		atoms = s.atoms.appendTo(v.appendWhere(atoms, base, Ask.declines), base)
	}
	return s.appendCompound(atoms, word)
}

// appendWhere appends the atoms of a word for which is holds.
func (v *Vocabulary) appendWhere(atoms []Atom, word string, is func(Ask) bool) []Atom {
	from := len(atoms)
	atoms = v.exact.appendTo(atoms, word)
	kept := slices.DeleteFunc(atoms[from:], func(a Atom) bool { return !is(v.asks[a]) })
	return atoms[:from+len(kept)]
}

// fill adds the stems of all words that may count in a text of the language.
func (s *Stems) fill(v *Vocabulary) {
	mine := everywhere | s.bit()
	for a, what := range v.asks {
		if v.in[a]&mine == 0 {
			continue
		}
		if what.Form == query.Inflected && slices.Contains(inflect.StemLanguages(what.Word), s.language) {
			s.atoms.add(inflect.Stem(s.language, what.Word), Atom(a))
		}
		s.addCompounds(Atom(a), what)
	}
}
