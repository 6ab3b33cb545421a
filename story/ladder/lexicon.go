package ladder

import (
	_ "embed" // the lexicon
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
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
	rubric trait = 1 << iota
	self
	site
	flight
)

// traitNames are the names of the traits in lexicon.tsv, in their order.
var traitNames = strings.Fields(`rubric self site flight`)

// classNames are the names of the classes in lexicon.tsv, in their order.
var classNames = strings.Fields(`hedge unnamed media via says accuses modal states declares acts party past rebel junta body head
	chief man outside union dated being clause by denies rejects names false harmless withheld part talk event none neither never
	despite fails happened wont only amid about of article adverb pronoun retracts thinks spy court urges took guesses neutral confirms officer sign aside unaware medium replies dock`)

// A lexicon knows the classes of words and of phrases in one language.
type lexicon struct {
	entries           map[string][]entry // by the first word, whole or a stem
	shortest, longest int                // of the stems, in bytes
	endings           []entry            // of the words that a compound ends in, or goes on with
}

// An entry is what a word or a phrase begins with, after its first word.
type entry struct {
	first string
	rest  []string // the other words; one that ends in "*" is a stem
	stem  bool     // the first word is a stem
	whole bool     // of an ending: nothing follows it
	is    class
	has   trait
	seat  string // whose office it is, though no country is named
}

//go:embed lexicon.tsv
var source string

// lexicons are the lexicons by language; that of "" has the words of all. They
// are never changed.
var lexicons = readLexicons(source)

// readLexicons reads lines of a class, a language and words, which commas part.
// "body@fr" is a class and the country whose body it is.
// "*" after a word stands for what may follow, before it for what may precede.
func readLexicons(source string) map[string]*lexicon {
	all := map[string]*lexicon{}
	for line := range strings.Lines(source) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			continue
		}
		name, seat, _ := strings.Cut(f[0], "@")
		is, has := meaningOf(name)
		for _, language := range []string{f[1], ""} {
			if all[language] == nil {
				all[language] = &lexicon{entries: map[string][]entry{}, shortest: 1 << 10}
			}
			for phrase := range strings.SplitSeq(f[2], ",") {
				all[language].add(phrase, entry{is: is, has: has, seat: seat})
			}
		}
	}
	return all
}

// meaningOf returns the class or the trait of that name.
func meaningOf(name string) (class, trait) {
	if i := slices.Index(classNames, name); i >= 0 {
		return 1 << i, 0
	}
	if i := slices.Index(traitNames, name); i >= 0 {
		return 0, 1 << i
	}
	panic("lexicon.tsv: unknown class " + name)
}

// add adds a word or a phrase that means what e does.
func (l *lexicon) add(phrase string, e entry) {
	var words []string
	for w := range strings.FieldsSeq(phrase) {
		folded := strings.Fields(text.Fold(strings.Trim(w, "*")))
		if strings.HasSuffix(w, "*") {
			folded[len(folded)-1] += "*"
		}
		if strings.HasPrefix(w, "*") {
			folded[0] = "*" + folded[0]
		}
		words = append(words, folded...)
	}
	first, stem := strings.CutSuffix(words[0], "*")
	e.first, e.rest, e.stem = first, words[1:], stem
	if ending, ok := strings.CutPrefix(first, "*"); ok {
		e.first, e.whole = ending, !stem
		l.endings = append(l.endings, e)
		return
	}
	if stem {
		l.shortest, l.longest = min(l.shortest, len(first)), max(l.longest, len(first))
	}
	l.entries[first] = append(l.entries[first], e)
}

// tag marks the classes of words. That of a phrase is its first word's.
func (l *lexicon) tag(words []word) {
	for i := range words {
		first := words[i].text
		for n := l.shortest; n <= min(l.longest, len(first)); n++ {
			if n == len(first) || utf8.RuneStart(first[n]) {
				l.find(first[:n], true, words[i:])
			}
		}
		l.find(first, false, words[i:])
		for _, e := range l.endings {
			if at := strings.LastIndex(first, e.first); at >= 0 && (!e.whole || at+len(e.first) == len(first)) {
				words[i].mean(e)
			}
		}
	}
}

// find marks words with the classes of the phrases that begin with first, a
// stem or a whole word, and go on as words do.
func (l *lexicon) find(first string, stem bool, words []word) {
	for _, e := range l.entries[first] {
		if e.stem != stem || !begins(words[1:], e.rest) {
			continue
		}
		words[0].mean(e)
		for k := range e.rest {
			if e.is != 0 {
				words[1+k].is |= inner
			}
		}
	}
}

// mean notes what an entry of the lexicon says of w.
func (w *word) mean(e entry) {
	w.is |= e.is
	w.has |= e.has
	if e.seat != "" {
		w.seat = e.seat
	}
}

// begins reports whether words begin with phrase.
func begins(words []word, phrase []string) bool {
	if len(phrase) > len(words) {
		return false
	}
	for i, p := range phrase {
		stem, cut := strings.CutSuffix(p, "*")
		if words[i].text != p && (!cut || !strings.HasPrefix(words[i].text, stem)) {
			return false
		}
	}
	return true
}

// lexiconOf returns the lexicon of a language.
func lexiconOf(language string) *lexicon {
	if l := lexicons[language]; l != nil {
		return l
	}
	return lexicons[""]
}
