package inflect

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
)

//go:embed endings.tsv
var endingsTSV string

// A declension says how the words of a language are inflected.
type declension struct {
	listed   map[string][]string // what the listed forms may end in, by what stands in its place
	longest  int                 // of the endings, in characters
	before   []string            // what may be written before a word
	latinise bool                // the language is written in Cyrillic too
	compound bool                // nouns are written as one word before others, without a letter between
}

// declensions are those of endings.tsv, by language.
var declensions = sync.OnceValue(func() map[string]*declension {
	all := map[string]*declension{}
	for line := range strings.Lines(endingsTSV) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		for lang := range strings.SplitSeq(f[0], ",") {
			if all[lang] == nil {
				all[lang] = &declension{listed: map[string][]string{}, latinise: lang == "sr", compound: lang == "ko"}
			}
			for ending := range strings.FieldsSeq(f[2]) {
				all[lang].add(f[1], ending)
			}
		}
	}
	for _, near := range [][2]string{{"hr", "sr"}, {"bs", "sr"}} {
		all[near[0]] = all[near[1]]
	}
	return all
})

// add adds an ending to those of the listed forms that end in base.
func (d *declension) add(base, ending string) {
	if ending = foldEnding(ending); base == "^" {
		d.before = append(d.before, ending)
		return
	}
	d.listed[ending] = append(d.listed[ending], foldEnding(base))
	d.longest = max(d.longest, utf8.RuneCountInString(ending))
}

// foldEnding folds an ending, which may begin with an apostrophe or with a
// vowel sign; "-" is none.
func foldEnding(ending string) string {
	var folded []byte
	for _, r := range ending {
		if r == '\'' {
			folded = append(folded, '\'')
		} else {
			folded = text.AppendFolded(folded, r)
		}
	}
	return string(folded)
}

// Declines reports whether the endings of a language are known to [Bases].
func Declines(lang string) bool { return declensions()[lang] != nil }

// DeclinedLanguages returns the languages whose endings are known to [Bases].
func DeclinedLanguages() []string {
	var all []string
	for lang := range declensions() {
		all = append(all, lang)
	}
	return all
}

// Bases returns the forms under which a folded word of a language may be
// listed, if it is an inflected form: those that follow by the endings of the
// language, most of which are no words. Where what is known is looked up, as a
// name or a term of a list, that sorts them out. It returns none for a language
// of which no endings are known; Serbian in Cyrillic is turned into Latin.
func Bases(lang, folded string) []string {
	d := declensions()[lang]
	const longest = 120 // in bytes
	if d == nil || len(folded) > longest {
		return nil
	}
	var all []string
	if d.latinise {
		if latin := Latinise(folded); latin != folded {
			folded = latin
			all = append(all, latin)
		}
	}
	if !isLong(folded) {
		return all
	}
	all = d.appendBases(all, folded)
	for _, p := range d.before {
		if rest, ok := strings.CutPrefix(folded, p); ok && isLong(rest) {
			all = d.appendBases(append(all, rest), rest)
		}
	}
	if d.compound {
		for _, whole := range append(all, folded) {
			all = appendTails(all, whole)
		}
	}
	return all
}

// appendTails appends the nouns of three syllables and more that may be the
// last of a compound.
func appendTails(all []string, compound string) []string {
	const head, tail = 2, 3
	letters := []rune(compound)
	for cut := head; cut+tail <= len(letters); cut++ {
		all = append(all, string(letters[cut:]))
	}
	return all
}

// appendBases appends the bases of a word without what is written before it.
func (d *declension) appendBases(all []string, word string) []string {
	cut := len(word)
	for n := 0; n <= d.longest; n++ {
		for _, base := range d.listed[word[cut:]] {
			if listed := word[:cut] + base; isLong(listed) && listed != word {
				all = append(all, listed)
			}
		}
		_, size := utf8.DecodeLastRuneInString(word[:cut])
		if cut -= size; utf8.RuneCountInString(word[:cut]) < 2 {
			break
		}
	}
	return all
}

// isLong reports whether a word is long enough for its endings to be told from
// it: three letters, or two syllables where each is written as one, as in Korean
// and Amharic.
func isLong(word string) bool {
	n := utf8.RuneCountInString(word)
	if r, _ := utf8.DecodeRuneInString(word); r >= 0xac00 && r <= 0xd7a3 || r >= 0x1200 && r <= 0x137f {
		return n >= 2
	}
	return n >= 3
}
