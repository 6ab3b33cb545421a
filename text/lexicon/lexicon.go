// Package lexicon finds the words and phrases of a table in texts. What an entry
// of the table means is its reader's matter.
package lexicon

import (
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
)

// A Lexicon knows words and phrases of one language, and what each means. It is
// safe for concurrent use.
type Lexicon[M any] struct {
	entries           map[string][]entry[M] // by the first word, whole or a stem
	shortest, longest int                   // of the stems, in bytes
	endings           []entry[M]            // of the words that a compound ends in, or goes on with
}

// An entry is what a word or a phrase begins with, after its first word.
type entry[M any] struct {
	first string
	rest  []string // the other words; one that ends in "*" is a stem
	stem  bool     // the first word is a stem
	whole bool     // of an ending: nothing follows it
	means M
}

// Lexicons are lexicons by language; that of "" has the words of all.
type Lexicons[M any] map[string]*Lexicon[M]

// Read reads lines of a name, a language and words, which commas part; meaning
// says what a name means. "*" after a word stands for what may follow, before it
// for what may precede.
func Read[M any](table string, meaning func(name string) M) Lexicons[M] {
	all := Lexicons[M]{}
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			continue
		}
		means := meaning(f[0])
		for _, language := range []string{f[1], ""} {
			if all[language] == nil {
				all[language] = &Lexicon[M]{entries: map[string][]entry[M]{}, shortest: 1 << 10}
			}
			for phrase := range strings.SplitSeq(f[2], ",") {
				all[language].add(phrase, means)
			}
		}
	}
	return all
}

// Of returns the lexicon of a language, or that of all if there is none.
func (all Lexicons[M]) Of(language string) *Lexicon[M] {
	if l := all[language]; l != nil {
		return l
	}
	return all[""]
}

// add adds a word or a phrase.
func (l *Lexicon[M]) add(phrase string, means M) {
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
	e := entry[M]{first: first, rest: words[1:], stem: stem, means: means}
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

// Tag calls mark with what each of n folded words means. What a phrase means is
// its first word's; its other words are inner.
func (l *Lexicon[M]) Tag(n int, word func(i int) string, mark func(i int, means M, inner bool)) {
	for i := range n {
		first := word(i)
		for k := l.shortest; k <= min(l.longest, len(first)); k++ {
			if k == len(first) || utf8.RuneStart(first[k]) {
				l.find(first[:k], true, i, n, word, mark)
			}
		}
		l.find(first, false, i, n, word, mark)
		for _, e := range l.endings {
			if at := strings.LastIndex(first, e.first); at >= 0 && (!e.whole || at+len(e.first) == len(first)) {
				mark(i, e.means, false)
			}
		}
	}
}

// find marks word i and those after it with what the phrases mean that begin with first, a stem or a whole word, and go on as the words do.
func (l *Lexicon[M]) find(first string, stem bool, i, n int, word func(i int) string, mark func(i int, means M, inner bool)) {
	for _, e := range l.entries[first] {
		if e.stem != stem || len(e.rest) >= n-i || !goesOn(e.rest, i+1, word) {
			continue
		}
		mark(i, e.means, false)
		for k := range e.rest {
			mark(i+1+k, e.means, true)
		}
	}
}

// goesOn reports whether the words from i on are those of a phrase.
func goesOn(phrase []string, i int, word func(i int) string) bool {
	for k, p := range phrase {
		stem, cut := strings.CutSuffix(p, "*")
		if w := word(i + k); w != p && (!cut || !strings.HasPrefix(w, stem)) {
			return false
		}
	}
	return true
}
