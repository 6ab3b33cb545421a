// Package keys has the keys under which texts are filed to be searched, and what
// a search asks of them. A key is a folded word, or a sign and what it stands for:
// what a word has in common with its inflected forms, a language, a feed.
//
// What has the keys that a [Sieve] asks for may be what is looked for; what has
// them not is not. Sieves are for an index that knows keys and no languages, so
// that SQLite and PostgreSQL find the same in all scripts.
package keys

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text/inflect"
)

// Signs of keys that are no words. No folded word has them in it.
const (
	form     = "°" // before a stem or base
	backward = "←" // before the letters of a stem, the last first
	sign     = "¦" // before what is of the item as a whole, after a letter for the kind
)

// longest is how many bytes of a word count.
const longest = 60

// Word returns the key of a folded word: letters, digits and "·" for what else
// there is in it, as in "o·brien".
func Word(folded string) string {
	if len(folded) > longest {
		n := longest
		for !utf8.RuneStart(folded[n]) {
			n--
		}
		folded = folded[:n]
	}
	if strings.IndexFunc(folded, isOdd) < 0 {
		return folded
	}
	return strings.Map(func(r rune) rune {
		if isOdd(r) {
			return '·'
		}
		return r
	}, folded)
}

// isOdd reports whether r would be no part of a word for an index.
func isOdd(r rune) bool {
	return r < utf8.RuneSelf && (r < '0' || r > '9') && (r < 'a' || r > 'z') || r == utf8.RuneError
}

// Language returns the key of items that are read in a language.
func Language(code string) string { return sign + "l" + Word(code) }

// Country returns the key of items that name a country, or any for "".
func Country(code string) string { return sign + "c" + Word(code) }

// Tag returns the key of items of feeds with a tag.
func Tag(tag string) string { return sign + "g" + number(tag) }

// Feed returns the key of items of a feed.
func Feed(url string) string { return sign + "f" + number(url) }

// Rule returns the key of items that a rule matches.
func Rule(id string) string { return sign + "r" + number(id) }

// InStory is the key of items that are in a story.
const InStory = sign + "s"

// number returns a short text for a long one. That two have the same does no
// harm: it is a sieve.
func number(s string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // never fails
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// An Entry is what an item is filed under.
type Entry struct {
	Words []string // in the order of the text
	More  []string // other keys, each once
}

// A Filer makes the keys of inflected words, and remembers those of the words that
// it saw: news says the same words over and over. It is for one goroutine at a
// time; the zero value is ready.
type Filer struct{ known map[[2]string][]string }

// most is how many words a Filer remembers.
const most = 50_000

// Forms returns the keys by which a folded word of a language is found in its
// other forms. The caller must not change them.
func (f *Filer) Forms(language, folded string) []string {
	at := [2]string{language, folded}
	keys, known := f.known[at]
	if known {
		return keys
	}
	if f.known == nil || len(f.known) >= most {
		f.known = map[[2]string][]string{}
	}
	keys = forms(language, folded)
	f.known[[2]string{strings.Clone(language), strings.Clone(folded)}] = keys
	return keys
}

// forms is what package matcher/engine looks up when it meets the word.
func forms(language, folded string) (keys []string) {
	add := func(base string) {
		if key := form + Word(base); base != folded && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	inflected := func(word string) {
		add(inflect.Stem(language, word))
		for _, base := range inflect.Bases(language, word) {
			add(base)
		}
	}
	inflected(folded)
	if respelled := inflect.Respelled(language, folded); respelled != folded {
		add(respelled)
		inflected(respelled)
	}
	if inflect.Links(language) != nil && utf8.RuneCountInString(folded) >= leastCompound {
		for _, base := range append(inflect.Bases(language, folded), inflect.Stem(language, folded)) {
			if key := backward + Word(reversed(base)); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// leastCompound is how many letters a compound has at least: two words.
const leastCompound = 7

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
