// Package wordform tells what a folded word is by its form alone: an ending, a
// stem, or one of the few small words of its kind. It knows as much of English,
// Russian, Ukrainian, German, French and Spanish as who reads headlines for who
// says what needs, and errs where a form is of two kinds. Functions are pure.
package wordform

import "strings"

// hasEnding reports whether w ends in one of endings, which blanks part, and has
// at least so many bytes before it.
func hasEnding(w, endings string, before int) bool {
	for end := range strings.FieldsSeq(endings) {
		if strings.HasSuffix(w, end) && len(w) >= len(end)+before {
			return true
		}
	}
	return false
}

// hasStem reports whether w begins with one of stems, which blanks part.
func hasStem(w, stems string) bool {
	for stem := range strings.FieldsSeq(stems) {
		if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return false
}

// isOneOf reports whether w is one of words, which blanks part.
func isOneOf(w, words string) bool {
	for word := range strings.FieldsSeq(words) {
		if w == word {
			return true
		}
	}
	return false
}
