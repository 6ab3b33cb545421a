package ladder

import (
	_ "embed" // the lexicon
	"slices"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// A class is what a word is to how firmly something is told, as a set. The
// comments of lexicon.tsv say what each is for.
type class uint64

const (
	hedge class = 1 << iota
	unnamed
	media
	via
	says
	accuses
	modal
	states
	declares
	acts
	party
	past
	rebel
	junta
	body
	head
	chief
	man
	outside
	union
	dated
	being
	clause
	by
	denies
	rejects
	names
	untrue
	harmless
	withheld
	part
	talk
	event
	none
	neither
	never
	despite
	fails
	happened
	wont
	only
	amid
	about
	of
	article
	adverb
	pronoun
	retracts
	thinks
	spy
	court
	urges
	took
	guesses
	neutral
	confirms
	officer
	sign
	aside
	unaware
	medium
	replies
	dock
	inner // goes on with the phrase that began before
)

// A trait is what a word is besides, as a set: of classes there are as many as
// bits.
type trait uint64

const (
	self trait = 1 << iota
	site
	flight
	dismisses
	decree
	mouthpiece
	faction
)

// traitNames are the names of the traits in lexicon.tsv, in their order.
var traitNames = strings.Fields(`self site flight dismisses decree mouthpiece faction`)

// classNames are the names of the classes in lexicon.tsv, in their order.
var classNames = strings.Fields(`hedge unnamed media via says accuses modal states declares acts party past rebel junta body head
	chief man outside union dated being clause by denies rejects names false harmless withheld part talk event none neither never
	despite fails happened wont only amid about of article adverb pronoun retracts thinks spy court urges took guesses neutral confirms officer sign aside unaware medium replies dock`)

//go:embed lexicon.tsv
var source string

// A meaning is what an entry of the lexicon says of a word.
type meaning struct {
	is   class
	has  trait
	seat string // whose office it is, though no country is named
	last string // means so only if its clause ends in this word: "stellt … klar"
}

// lexicons are the lexicons by language, read when the first text is. They are never changed.
var lexicons = sync.OnceValue(func() lexicon.Lexicons[meaning] { return lexicon.Read(source, meaningOf) })

// meaningOf returns what a name in the lexicon means: a class or a trait, and
// "body@fr" a class and the country whose body it is; "says+klar" is a class of a
// German verb whose clause ends in the rest of it.
func meaningOf(name string) meaning {
	name, seat, _ := strings.Cut(name, "@")
	name, last, _ := strings.Cut(name, "+")
	if i := slices.Index(classNames, name); i >= 0 {
		return meaning{is: 1 << i, seat: seat, last: text.Fold(last)}
	}
	if i := slices.Index(traitNames, name); i >= 0 {
		return meaning{has: 1 << i, seat: seat}
	}
	panic("lexicon.tsv: unknown class " + name)
}

// tag notes what the words mean in a language.
func tag(words []word, language string) {
	lexicons().Of(language).Tag(len(words), func(i int) string { return words[i].text },
		func(i int, m meaning, within bool) {
			if m.last == "" || endsIn(words[i:], m.last) {
				words[i].mean(m, within)
			}
		})
}

// endsIn reports whether the clause that words begin with ends in a word.
func endsIn(words []word, last string) bool {
	for _, w := range words {
		if w.text == last {
			return true
		}
		if w.comma || w.colon {
			return false
		}
	}
	return false
}

// mean notes what an entry of the lexicon says of w, or that w is within a
// phrase of it.
func (w *word) mean(m meaning, within bool) {
	switch {
	case within && m.is != 0:
		w.is |= inner
	case !within:
		w.is |= m.is
		w.has |= m.has
		if m.seat != "" {
			w.seat = m.seat
		}
	}
}
