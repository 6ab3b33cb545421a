package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// A word becomes a row if so many headlines have it, of so many files, which is to
// say editors, and if it has so many letters: what one of them likes to write is
// worth nothing, and no word is there for one headline.
const (
	leastHeadlines = 3
	leastFiles     = 2
	leastLetters   = 3
)

// A candidate is a word of headlines, in all its forms.
type candidate struct {
	headlines int
	files     map[string]bool
	forms     map[string]int // how often as what
	capital   int            // how often it begins with a capital inside a sentence, as names do
	small     int            // how often it does not
}

// A vocabulary collects the words of headlines in one language.
type vocabulary struct {
	language string
	doc      text.Text
	words    map[string]*candidate // by stem
}

// add counts the words of a headline, in what counts for points: its title and the
// first sentence below it.
func (v *vocabulary) add(file string, it news.Item) {
	seen := map[*candidate]bool{}
	for _, s := range []string{it.Title, it.Summary} {
		v.doc.Set(s, v.language)
		telling := !v.allCapitals()
		for i := range v.doc.Len() {
			if s == it.Summary && v.doc.Sentence(i) > 0 {
				break
			}
			c := v.candidate(i)
			if !seen[c] {
				seen[c] = true
				c.headlines++
			}
			c.files[file] = true
			switch {
			case i == 0 || !telling:
			case v.doc.Flags(i)&text.Capital != 0, v.doc.Between(i) == "-" && v.doc.Flags(i-1)&text.Capital != 0: // "Hwa-rin"
				c.capital++
			default:
				c.small++
			}
		}
	}
}

// candidate returns that of a word of the text at hand, and counts its form.
func (v *vocabulary) candidate(i int) *candidate {
	word := string(v.doc.Word(i))
	stem := inflect.Stem(v.language, word)
	c := v.words[stem]
	if c == nil {
		c = &candidate{files: map[string]bool{}, forms: map[string]int{}}
		v.words[stem] = c
	}
	c.forms[word]++
	return c
}

// allCapitals reports whether most words of the text at hand begin with a capital,
// as titles of some outlets do, which then tells no name.
func (v *vocabulary) allCapitals() bool {
	capitals := 0
	for i := range v.doc.Len() {
		if v.doc.Flags(i)&text.Capital != 0 {
			capitals++
		}
	}
	return capitals*3 > v.doc.Len()*2
}

// rows returns the words that may be rows, each in its commonest form. Names are
// none: who made news in one year makes none in the next.
func (v *vocabulary) rows() []string {
	var rows []string
	for _, c := range v.words {
		if c.headlines < leastHeadlines || len(c.files) < leastFiles || c.small < leastFiles || c.capital*4 > c.small {
			continue
		}
		best := slices.MinFunc(slices.Collect(maps.Keys(c.forms)), func(a, b string) int {
			return cmp.Or(c.forms[b]-c.forms[a], cmp.Compare(a, b))
		})
		if utf8.RuneCountInString(best) >= leastLetters && !strings.ContainsFunc(best, func(r rune) bool { return !unicode.IsLetter(r) }) {
			rows = append(rows, best)
		}
	}
	slices.Sort(rows)
	return rows
}
