package names

import (
	_ "embed"
	"iter"
	"sort"
	"strings"
	"sync"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/text"
)

//go:embed common.txt
var commonText string

// surnamesSpelled are the surnames of common.txt, folded, in all spellings and cases,
// one a line and sorted: to make them takes a fifth of what a short command takes.
// go test ./matcher/names -run CommonSpelled -update writes it.
//
//go:embed common-spelled.txt
var surnamesSpelled string

// ambiguous are the words and first names of common.txt, folded.
type ambiguous struct{ words, given map[string]bool }

var commons = sync.OnceValue(func() ambiguous {
	a := ambiguous{map[string]bool{}, map[string]bool{}}
	for section, word := range commonWords() {
		switch section {
		case "words":
			a.words[text.Fold(word)] = true
		case "given":
			a.given[text.Fold(word)] = true
		}
	}
	return a
})

// commonWords goes through the words of common.txt, each with its section.
func commonWords() iter.Seq2[string, string] {
	return func(yield func(section, word string) bool) {
		var section string
		for line := range strings.Lines(commonText) {
			switch {
			case strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "["):
				section, _, _ = strings.Cut(line[1:], "]")
			default:
				for word := range strings.FieldsSeq(line) {
					if !yield(section, word) {
						return
					}
				}
			}
		}
	}
}

// isCommonSurname reports whether a folded word is one of surnamesSpelled.
func isCommonSurname(folded string) bool {
	// The first line that is not before folded begins at the first place at which
	// that is so of the line that begins there or before.
	start := func(i int) int { return strings.LastIndexByte(surnamesSpelled[:i], '\n') + 1 }
	line := func(i int) string {
		word, _, _ := strings.Cut(surnamesSpelled[start(i):], "\n")
		return word
	}
	i := sort.Search(len(surnamesSpelled), func(i int) bool { return line(i) >= folded })
	return folded != "" && i < len(surnamesSpelled) && line(i) == folded
}

// Common reports whether a surname, in any spelling or case, does not tell by
// itself who is meant, so that a first name, a title or an office must stand
// nearby: many people bear it, it is also an ordinary word or a given name, or
// it has three letters or fewer, as Li and Цой, or is one syllable of Hangul.
func Common(surname string) bool {
	folded := text.Fold(surname)
	if isShort(folded) || isCommonSurname(folded) || commons().words[folded] {
		return true
	}
	g, _ := givens().find(surname)
	return g != nil
}

// isShort reports whether a folded surname is too short to tell who is meant. A
// syllable of Hangul is two letters or three.
func isShort(folded string) bool {
	const few = 3
	letters := []rune(folded)
	if len(letters) > 0 && unicode.Is(unicode.Hangul, letters[0]) {
		return len(letters) == 1
	}
	return len(letters) <= few
}

// IsGiven reports whether a folded word is a first name and little else, so
// that a surname after it is that of another who is called so.
func IsGiven(folded string) bool {
	if commons().given[folded] {
		return true
	}
	g, _ := givens().find(folded)
	return g != nil
}

// isWord reports whether a folded word is also an ordinary one of common.txt.
func isWord(folded string) bool { return commons().words[folded] }

// markAlone marks the surnames that are common, and drops spellings of them
// that are made up and are words of another meaning: they would find little
// but that word.
func (c *collector) markAlone() {
	for k, f := range c.byWords {
		if !f.Alone || !Common(k) {
			continue
		}
		if isWord(k) && !isOwn(f.How) {
			delete(c.byWords, k)
			continue
		}
		f.Common = true
		c.byWords[k] = f
	}
}

// isOwn reports whether a form was not romanised: it is as written or a case of
// one of the languages of the region.
func isOwn(how string) bool {
	if how == "as written" || how == "alias" {
		return true
	}
	language, _, _ := strings.Cut(how, " ")
	for l := range slavic.Lang(slavic.NumLangs) {
		if language == l.String() {
			return true
		}
	}
	return false
}
