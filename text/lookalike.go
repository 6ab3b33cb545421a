package text

import "unicode/utf8"

// Letters that look alike, in the case in which they do: those of Cyrillic and
// Greek, and under each the Latin one. Source: the confusables of Unicode
// Technical Standard 39, as far as newspaper types show them alike.
const (
	cyrillicTwins = "авекмнорстухіїјѕԁԛԝһьґ"
	cyrillicLatin = "abekmhopctyxiijsdqwhbr"
	greekTwins    = "αβεικνορτυχηωζγμ"
	greekLatin    = "abeikvoptuxnwzym"
)

// twin returns the letter of script to that looks like r, a folded letter.
func twin(r rune, to traits) (rune, bool) {
	switch {
	case r < utf8.RuneSelf && to == cyrillic:
		return pair(r, cyrillicLatin, cyrillicTwins)
	case r < utf8.RuneSelf && to == greek:
		return pair(r, greekLatin, greekTwins)
	case to == latin:
		if l, ok := pair(r, cyrillicTwins, cyrillicLatin); ok {
			return l, true
		}
		return pair(r, greekTwins, greekLatin)
	}
	return 0, false
}

// pair returns the letter of to that stands where r stands in from.
func pair(r rune, from, to string) (rune, bool) {
	for _, f := range from {
		t, size := utf8.DecodeRuneInString(to)
		if f == r {
			return t, true
		}
		to = to[size:]
	}
	return 0, false
}

// unmix folds a word of letters of several scripts into one: that of most of
// them, unless only another has letters that look like all the rest. It
// returns the word and whether a letter was changed.
func unmix(word []byte) ([]byte, bool) {
	most := mostUsed(word)
	if !hasTwins(word, most) {
		for _, s := range []traits{latin, cyrillic, greek} {
			if hasTwins(word, s) {
				most = s
				break
			}
		}
	}
	changed := false
	out := make([]byte, 0, len(word))
	for _, r := range string(word) {
		if s := scriptOf(r); s != most && s != 0 {
			if t, ok := twin(r, most); ok {
				r, changed = t, true
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out, changed
}

// mostUsed returns the script of most letters of word; of two with as many,
// the first of Latin, Cyrillic and Greek.
func mostUsed(word []byte) traits {
	var count [greek + 1]int
	for _, r := range string(word) {
		count[scriptOf(r)]++
	}
	most := latin
	for _, s := range []traits{cyrillic, greek} {
		if count[s] > count[most] {
			most = s
		}
	}
	return most
}

// hasTwins reports whether all letters of word that are not of the script to
// look like one that is.
func hasTwins(word []byte, to traits) bool {
	for _, r := range string(word) {
		if s := scriptOf(r); s == to || s == 0 {
			continue
		}
		if _, ok := twin(r, to); !ok {
			return false
		}
	}
	return true
}
