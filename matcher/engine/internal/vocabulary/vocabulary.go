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

// An asked is an [Ask] as it is kept: there are tens of thousands.
type asked struct {
	word   string
	form   query.Form
	marks  text.Flag
	name   bool
	within uint8 // the number of the language, or 0
}

// declines reports whether what is asked for may have the endings of the
// language of the text.
func (a asked) declines() bool { return a.name || a.form == query.Inflected }

// isInitial reports whether the initial of a name is asked for.
func (a asked) isInitial() bool { return a.name && a.marks == text.Initials }

// isWord reports whether a word is asked for, and no pattern.
func (a asked) isWord() bool { return a.form != query.Prefix && a.form != query.Wild }

// A Vocabulary knows which atoms a word satisfies. Finding them takes a stem
// and a few look-ups, however many atoms there are; a [Cache] remembers them.
// Make one with [New]. When all is asked it is safe for concurrent use.
type Vocabulary struct {
	asks  []asked     // by atom
	marks []text.Flag // of the asks, close together
	in    []languages // where the asks count
	words index       // by the word itself, those of patterns too
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

// wordOf is the key of [Vocabulary.words].
func (v *Vocabulary) wordOf(a Atom) string { return v.asks[a].word }

// stemOf returns what is the key of an atom where stems of the language are looked for.
func (s *Stems) stemOf(v *Vocabulary) keyed {
	return func(a Atom) string { return inflect.Stem(s.language, v.asks[a].word) }
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
		asks:  make([]asked, 1, room+1),
		marks: make([]text.Flag, 1, room+1),
		in:    make([]languages, 1, room+1),
		stems: map[string]*Stems{},
	}
	for _, language := range inflect.DeclinedLanguages() {
		v.know(language)
	}
	return v
}

// know makes room for the stems of a language, and returns it.
func (v *Vocabulary) know(language string) *Stems {
	s := v.stems[language]
	if s == nil {
		s = &Stems{language: language, number: uint8(len(v.stems) + 1)}
		v.stems[language] = s
	}
	return s
}

// Atom returns the atom for what is asked, a new one if nobody asked before. Forms
// of its word are looked for in texts of the language, or in all if that is "", and
// in those of whoever asked before. It is not for concurrent use, nor for a
// vocabulary that is sealed.
func (v *Vocabulary) Atom(what Ask, language string) Atom {
	k := asked{word: what.Word, form: what.Form, marks: what.Marks, name: what.Name}
	if what.Within != "" {
		k.within = v.know(what.Within).number
	}
	a := v.words.first(k.word, v.wordOf)
	for a != 0 && v.asks[a] != k {
		a = v.words.after(a)
	}
	if a == 0 {
		a = Atom(len(v.asks))
		v.asks, v.marks, v.in = append(v.asks, k), append(v.marks, k.marks), append(v.in, 0)
		v.add(a, k)
	}
	v.in[a] |= v.set(language)
	return a
}

// add makes a new atom findable.
func (v *Vocabulary) add(a Atom, what asked) {
	switch what.form {
	case query.Prefix:
		v.globs.add(what.word+"*", a)
	case query.Wild:
		v.globs.add(what.word, a)
	case query.Inflected:
		for _, language := range inflect.StemLanguages(what.word) {
			v.know(language)
		}
	}
	v.words.add(what.word, a, v.wordOf)
}

// Seal says that nothing more will be asked, and gives back room that was for that.
func (v *Vocabulary) Seal() {
	v.asks, v.marks, v.in = slices.Clone(v.asks), slices.Clone(v.marks), slices.Clone(v.in)
}

// Reopened returns a copy of v, sealed or not, in which more can be asked, with
// the same atoms for the same asks. Adding to it leaves v as it is. It tells
// atoms only: words are looked for in v.
func (v *Vocabulary) Reopened() Vocabulary {
	more := New(0)
	more.asks, more.marks, more.in = slices.Clip(v.asks), slices.Clip(v.marks), slices.Clone(v.in)
	more.words = v.words.clone()
	for language, s := range v.stems {
		more.stems[language] = &Stems{language: language, number: s.number}
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
		atoms = v.appendWhere(atoms, word[:size], asked.isInitial)
	}
	atoms = v.appendWhere(atoms, word, asked.isWord)
	atoms = v.globs.appendTo(atoms, word)
	if s != nil {
		s.once.Do(func() { s.fill(v) })
		atoms = v.appendForms(atoms, word, s)
		if respelled := inflect.Respelled(s.language, word); respelled != word {
			atoms = v.appendForms(v.appendWhere(atoms, respelled, asked.declines), respelled, s)
		}
	}
	slices.Sort(atoms[from:])
	return atoms[:from+len(slices.Compact(atoms[from:]))]
}

// appendForms appends the atoms that a word satisfies as an inflected form, or
// as a compound.
func (v *Vocabulary) appendForms(atoms []Atom, word string, s *Stems) []Atom {
	stemOf := s.stemOf(v)
	atoms = s.atoms.appendTo(atoms, inflect.Stem(s.language, word), stemOf)
	for _, base := range inflect.Bases(s.language, word) {
		atoms = s.atoms.appendTo(v.appendWhere(atoms, base, asked.declines), base, stemOf)
	}
	return s.appendCompound(atoms, word, v)
}

// appendWhere appends the atoms of a word for which is holds.
func (v *Vocabulary) appendWhere(atoms []Atom, word string, is func(asked) bool) []Atom {
	for a := v.words.first(word, v.wordOf); a != 0; a = v.words.after(a) {
		if is(v.asks[a]) {
			atoms = append(atoms, a)
		}
	}
	return atoms
}

// fill adds the stems of all words that may count in a text of the language.
func (s *Stems) fill(v *Vocabulary) {
	mine, stemOf := everywhere|s.bit(), s.stemOf(v)
	for a, what := range v.asks {
		if v.in[a]&mine == 0 {
			continue
		}
		if what.form == query.Inflected && slices.Contains(inflect.StemLanguages(what.word), s.language) {
			s.atoms.add(stemOf(Atom(a)), Atom(a), stemOf)
		}
		s.addCompounds(Atom(a), v)
	}
}
