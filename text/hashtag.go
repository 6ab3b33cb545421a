package text

import (
	"unicode"
	"unicode/utf8"
)

// hashtag reads the words of the hashtag whose "#" stands before i, after a gap
// that has what is in seen, and returns where the text goes on. It is cut at
// capitals, digits and low lines, for it has no blanks: #MaliCoup is Mali and
// Coup. Its words count as written with capitals, as people do or do not.
func (t *Text) hashtag(i int, seen class) (next int) {
	in := t.clean
	for next = i; next < len(in); {
		end := tagWord(in, next)
		if end == next {
			if in[next] != '_' {
				break
			}
			next++
			continue
		}
		t.wide = t.wide || in[next] >= utf8.RuneSelf
		t.clean = in[:end] // the word ends here, whatever follows
		for next < end {
			after, found := t.oddWord(next, seen)
			if next = after; found {
				t.words[len(t.words)-1].capitalise()
				seen = 0
			}
		}
		t.clean = in
	}
	return next
}

// capitalise makes a word count as written with a capital, unless it is a
// number.
func (w *word) capitalise() {
	if w.flags&Number == 0 {
		w.flags |= Capital
	}
}

// tagWord returns where the word of a hashtag that begins at i ends: before a
// capital that follows another letter, or is followed by one that is none, and
// where letters and digits meet. It is i if there is none.
func tagWord(in []byte, i int) (end int) {
	var before, last rune
	for end = i; end < len(in); {
		r, size := utf8.DecodeRune(in[end:])
		switch k := kindOf(r); {
		case k == mark, k == accent, k == ignorable:
			end += size
			continue
		case k != letter && k != digit && k != single:
			return end
		}
		if last != 0 && unicode.IsDigit(r) != unicode.IsDigit(last) || unicode.IsUpper(r) && last != 0 && !unicode.IsUpper(last) {
			return end
		}
		if unicode.IsLower(r) && unicode.IsUpper(last) && unicode.IsUpper(before) {
			return end - utf8.RuneLen(last)
		}
		before, last = last, r
		end += size
	}
	return end
}
