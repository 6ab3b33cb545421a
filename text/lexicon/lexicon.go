// Package lexicon finds the words and phrases of a table in texts. What an entry
// of the table means is its reader's matter.
package lexicon

import (
	"slices"
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

// A Line is a line of a table: words of one class and language, and a sentence
// that has one of them.
type Line struct {
	Class, Language string
	Words           []string
	Example         string // "" if the table has none
}

// Lines reads a table: lines of a class, a language, words and phrases with
// commas between, and an example, with tabs between. What begins with "#" is a
// comment.
func Lines(table string) []Line {
	var lines []Line
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 3 {
			continue
		}
		l := Line{Class: f[0], Language: f[1]}
		for word := range strings.SplitSeq(f[2], ",") {
			l.Words = append(l.Words, strings.TrimSpace(word))
		}
		if len(f) > 3 {
			l.Example = f[3]
		}
		lines = append(lines, l)
	}
	return lines
}

// Set returns the words of a class in a table, of all languages or of one.
func Set(lines []Line, class string, languages ...string) map[string]bool {
	words := map[string]bool{}
	for _, l := range lines {
		if l.Class != class || len(languages) > 0 && !slices.Contains(languages, l.Language) {
			continue
		}
		for _, w := range l.Words {
			words[w] = true
		}
	}
	return words
}

// Read reads a table; meaning says what the name of a class means. "*" after a
// word stands for what may follow, before it for what may precede.
func Read[M any](table string, meaning func(name string) M) Lexicons[M] {
	all := Lexicons[M]{}
	for _, line := range Lines(table) {
		means := meaning(line.Class)
		for _, language := range []string{line.Language, ""} {
			if all[language] == nil {
				all[language] = &Lexicon[M]{entries: map[string][]entry[M]{}, shortest: 1 << 10}
			}
			for _, phrase := range line.Words {
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

// Likely returns the languages in whose lexicons the words of a text are looked up
// that looks to be in one language and is said to be in another, as a tag without
// its region or "": a short text does not always show its language, and hardly ever
// whether it is Russian or Ukrainian.
func (all Lexicons[M]) Likely(seen, given string) []string {
	likely := []string{seen}
	if all[given] != nil && given != "" && given != seen {
		likely = append(likely, given)
	}
	for _, pair := range [][2]string{{"ru", "uk"}, {"uk", "ru"}} {
		if seen == pair[0] && given != pair[1] {
			likely = append(likely, pair[1])
		}
	}
	return likely
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
