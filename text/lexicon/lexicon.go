// Package lexicon finds the words and phrases of a table in texts. What an entry
// of the table means is its reader's matter.
package lexicon

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
)

// A Lexicon knows words and phrases of one language, and what each means. It is
// safe for concurrent use.
type Lexicon[M any] struct {
	of                *store[M]
	slots             []chain // by the first word, whole or a stem; as many as a power of two
	taken             int
	next              map[int32]int32 // of an entry with the same first word as others
	shortest, longest int             // of the stems, in bytes
	endings           []int32         // of the words that a compound ends in, or goes on with
}

// A store has the entries of all lexicons of a table: each is in two of them.
type store[M any] struct {
	entries []entry // the first is none
	means   []M
}

// An entry is a word or a phrase. There are tens of thousands, so that most are cut
// out of the table itself.
type entry struct {
	first string
	rest  string // the other words, with blanks between; one that ends in "*" is a stem
	means int32  // in store.means
	stem  bool   // the first word is a stem
	whole bool   // of an ending: nothing follows it
}

// A chain is the first and the last of the entries with the same first word; zero is
// none.
type chain struct{ first, last int32 }

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
	all, kept := Lexicons[M]{}, &store[M]{entries: make([]entry, 1)}
	for _, line := range Lines(table) {
		kept.means = append(kept.means, meaning(line.Class))
		for _, phrase := range line.Words {
			at := int32(len(kept.entries))
			e, ending := read(phrase)
			e.means = int32(len(kept.means) - 1)
			kept.entries = append(kept.entries, e)
			all.of("", kept).add(at, ending)
			if line.Language != "" {
				all.of(line.Language, kept).add(at, ending)
			}
		}
	}
	kept.entries = slices.Clone(kept.entries)
	return all
}

// of returns the lexicon of a language, a new one if there is none.
func (all Lexicons[M]) of(language string, kept *store[M]) *Lexicon[M] {
	if all[language] == nil {
		all[language] = &Lexicon[M]{of: kept, slots: make([]chain, 64), next: map[int32]int32{}, shortest: 1 << 10}
	}
	return all[language]
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

// read reads a word or a phrase, and whether it is what a compound ends in.
func read(phrase string) (e entry, ending bool) {
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
	whole := strings.Join(words, " ")
	if whole == phrase {
		whole = phrase
	}
	e.first, e.rest, _ = strings.Cut(whole, " ")
	e.first, e.stem = strings.CutSuffix(e.first, "*")
	if e.first, ending = strings.CutPrefix(e.first, "*"); ending {
		e.whole = !e.stem
	}
	return e, ending
}

// add adds an entry of the store.
func (l *Lexicon[M]) add(at int32, ending bool) {
	if ending {
		l.endings = append(l.endings, at)
		return
	}
	first := l.of.entries[at].first
	if l.of.entries[at].stem {
		l.shortest, l.longest = min(l.shortest, len(first)), max(l.longest, len(first))
	}
	c := l.slot(first)
	if c.first != 0 {
		l.next[c.last] = at
		c.last = at
		return
	}
	*c = chain{at, at}
	if l.taken++; 2*l.taken > len(l.slots) {
		l.grow()
	}
}

// seed is of this run of the program, as are the slots.
var seed = maphash.MakeSeed()

// slot returns the slot of a first word, or the free one where it would be.
func (l *Lexicon[M]) slot(first string) *chain {
	mask := uint64(len(l.slots) - 1)
	for i := maphash.String(seed, first); ; i++ {
		if c := &l.slots[i&mask]; c.first == 0 || l.of.entries[c.first].first == first {
			return c
		}
	}
}

func (l *Lexicon[M]) grow() {
	old := l.slots
	l.slots = make([]chain, 2*len(old))
	for _, c := range old {
		if c.first != 0 {
			*l.slot(l.of.entries[c.first].first) = c
		}
	}
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
		for _, at := range l.endings {
			e := &l.of.entries[at]
			if at := strings.LastIndex(first, e.first); at >= 0 && (!e.whole || at+len(e.first) == len(first)) {
				mark(i, l.of.means[e.means], false)
			}
		}
	}
}

// find marks word i and those after it with what the phrases mean that begin with first, a stem or a whole word, and go on as the words do.
func (l *Lexicon[M]) find(first string, stem bool, i, n int, word func(i int) string, mark func(i int, means M, inner bool)) {
	for at := l.slot(first).first; at != 0; at = l.next[at] {
		e := &l.of.entries[at]
		if e.stem != stem {
			continue
		}
		to, ok := goesOn(e.rest, i+1, n, word)
		if !ok {
			continue
		}
		mark(i, l.of.means[e.means], false)
		for k := i + 1; k < to; k++ {
			mark(k, l.of.means[e.means], true)
		}
	}
}

// goesOn reports whether the words from i on, of n in all, are those of a phrase, and
// where they end.
func goesOn(phrase string, i, n int, word func(i int) string) (to int, ok bool) {
	for more := phrase; more != ""; i++ {
		var p string
		if p, more, _ = strings.Cut(more, " "); i >= n {
			return 0, false
		}
		stem, cut := strings.CutSuffix(p, "*")
		if w := word(i); w != p && (!cut || !strings.HasPrefix(w, stem)) {
			return 0, false
		}
	}
	return i, true
}
