package text

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A class is what a byte is to the fast reading of ASCII text.
type class uint8

const (
	isUpper   class = 1 << iota
	isLower         // a lower-case letter
	isNumeral       // 0 to 9
	isJoiner        // may go on with a word: an apostrophe, a dot, a comma, a hyphen
	isStop          // may end a sentence
	isBreak         // ends a line
	isWide          // is a part of a character of several bytes
	isHash          // begins a hashtag

	isWord = isUpper | isLower | isNumeral
)

// classes holds the class of each byte. It is never changed.
var classes = func() (table [256]class) {
	for c := range table {
		switch {
		case c >= 'A' && c <= 'Z':
			table[c] = isUpper
		case c >= 'a' && c <= 'z':
			table[c] = isLower
		case c >= '0' && c <= '9':
			table[c] = isNumeral
		case c >= 0x80:
			table[c] = isWide
		}
	}
	for _, c := range "'`,-" {
		table[c] = isJoiner
	}
	table['#'] = isHash
	table['.'] = isJoiner | isStop
	table['!'], table['?'] = isStop, isStop
	table['\n'], table['\r'], table['\v'], table['\f'] = isBreak, isBreak, isBreak, isBreak
	return table
}()

// segment cuts t.clean into words. Words of ASCII letters that nothing is odd
// about are read here, all others by t.oddWord.
func (t *Text) segment() {
	in := t.clean
	var seen class // what stands between the last word and here
	for i := 0; i < len(in); {
		first := classes[in[i]]
		if first&(isWord|isWide) == 0 {
			seen |= first
			i++
			continue
		}
		if seen&isHash != 0 && in[i-1] == '#' {
			if next := t.hashtag(i, seen); next > i {
				i, seen = afterPossessive(in, next), 0
				continue
			}
		}
		j := t.plainWord(i, seen)
		if j == 0 {
			next, found := t.oddWord(i, seen)
			if seen |= isWide; found {
				seen = classes[in[next-1]] & isStop // an abbreviation may end a sentence too
			}
			t.wide = t.wide || first&isWide != 0
			i = next
			continue
		}
		i, seen = j, 0
		if j < len(in) && classes[in[j]]&isJoiner != 0 {
			i = afterPossessive(in, j)
		}
	}
}

// goesOn reports whether the word in[i:j] may go on at j, which is a joiner or
// wide, or be a part of an abbreviation.
func goesOn(in []byte, i, j int) bool {
	next := class(0)
	if j+1 < len(in) {
		next = classes[in[j+1]]
	}
	switch in[j] {
	case '\'', '`':
		return next&(isWord|isWide) != 0 && afterPossessive(in, j) == j
	case '.':
		return j-i == 1 || next&isNumeral != 0 && classes[in[j-1]]&isNumeral != 0
	case ',':
		return next&isNumeral != 0 && classes[in[j-1]]&isNumeral != 0
	case '-':
		return next&isBreak != 0
	}
	return true
}

// afterPossessive returns where in goes on after an 's at j, or j if there is
// none.
func afterPossessive(in []byte, j int) int {
	s := j + 1
	if bytes.HasPrefix(in[j:], []byte("’")) {
		s = j + len("’")
	} else if j >= len(in) || in[j] != '\'' && in[j] != '`' {
		return j
	}
	if s >= len(in) || in[s]|0x20 != 's' || s+1 < len(in) && classes[in[s+1]]&(isWord|isWide) != 0 {
		return j
	}
	return s + 1
}

// plainWord adds the word at i, after a gap that has what is in seen, and
// returns where it ends; 0 if it is not one of ASCII letters and digits.
func (t *Text) plainWord(i int, seen class) (end int) {
	in, from := t.clean, len(t.folded)
	e := read8(in, i)
	t.folded = binary.LittleEndian.AppendUint64(t.folded, e.folded)
	j, key := i+e.size, e.folded
	upper, lower, capitals := e.upper, e.lower, bits.OnesCount64(e.upper)
	if e.size == 8 {
		key = mix(0, key)
		for e.size == 8 {
			e = read8(in, j)
			t.folded = binary.LittleEndian.AppendUint64(t.folded, e.folded)
			if e.size > 0 {
				key = mix(key, e.folded)
			}
			j += e.size
			upper |= e.upper
			lower |= e.lower
			capitals += bits.OnesCount64(e.upper)
		}
		if j-i == 8 {
			key = binary.LittleEndian.Uint64(t.folded[from:])
		}
	}
	t.folded = t.folded[:from+j-i]
	if j == i || j < len(in) && classes[in[j]]&(isJoiner|isWide) != 0 && goesOn(in, i, j) {
		t.folded = t.folded[:from]
		return 0
	}
	t.words = append(t.words, word{})
	w := &t.words[len(t.words)-1]
	w.start, w.end = int32(i), int32(j)
	w.folded, w.foldEnd, w.key = int32(from), int32(len(t.folded)), key
	switch {
	case upper != 0:
		w.flags = Capital
		if j-i == 1 {
			w.flags |= Initials
		} else if lower == 0 && capitals > 1 {
			w.flags |= AllCaps
		}
	case lower == 0:
		w.flags = Number
	}
	t.place(w, seen)
	return j
}

// place tells the last of the words its sentence, after a gap that has what is in
// seen.
func (t *Text) place(w *word, seen class) {
	if seen&(isStop|isBreak|isWide) != 0 && len(t.words) > 1 && t.sentenceEnds(&t.words[len(t.words)-2], w) {
		t.sentences++
	}
	w.sentence = t.sentences
}

// oddWord reads the word that begins at i, if one does, and returns where the
// text goes on and whether it found one.
func (t *Text) oddWord(i int, seen class) (next int, found bool) {
	t.tally = 0
	w := word{start: int32(i), folded: int32(len(t.folded))}
	first, size := glyphAt(t.clean, i)
	end := 0
	switch first.kind {
	case letter:
		if end = t.abbreviation(i); end > 0 {
			next = afterPossessive(t.clean, end)
			if t.tally&lower == 0 {
				w.flags = Initials
			}
		} else {
			end, next = t.letters(i)
		}
	case digit:
		end, next = t.letters(i)
	case single:
		end = t.ideograph(i)
		next = end
	default:
		return i + size, false
	}
	w.end = int32(end)
	t.finish(w, seen)
	return next, true
}

// ideograph reads the character at i, which is a word, with the marks on it.
// It returns where it ends.
func (t *Text) ideograph(i int) (end int) {
	from := len(t.folded)
	g, size := glyphAt(t.clean, i)
	for end = i; ; g, size = glyphAt(t.clean, end) {
		switch {
		case end == i:
			t.put(&g)
		case g.kind == mark:
			t.put(&g)
			if own := t.folded[from:]; !norm.NFC.IsNormal(own) { // the voicing marks of Japanese
				t.folded = append(t.folded[:from], norm.NFC.Bytes(own)...)
			}
		case g.kind != accent && g.kind != ignorable:
			return end
		}
		end += size
	}
}

// letters reads the letters and digits at i. It returns where the word ends
// and where the text goes on.
func (t *Text) letters(i int) (end, next int) {
	in, folded := t.clean, len(t.folded)
	for i < len(in) {
		g, size := narrowAt(in, i)
		if g == nil {
			var wide glyph
			wide, size = glyphAt(in, i)
			g = &wide
		}
		switch g.kind {
		case letter, digit, mark:
			t.put(g)
			i += size
			end = i
		case accent:
			t.compose(in[i : i+size])
			i += size
			end = i
		case ignorable:
			i += size
		case apostrophe:
			goesOn, after := t.atApostrophe(i+size, folded)
			if !goesOn {
				return end, after
			}
			t.folded = append(t.folded, '\'')
			i = after
		default:
			if i = t.bridge(i); i == 0 {
				return end, end
			}
		}
	}
	return end, i
}

// put adds the folded form of g to the word being read.
func (t *Text) put(g *glyph) {
	if g.size == 2 {
		t.folded = append(t.folded, g.folded[0], g.folded[1])
	} else {
		t.folded = append(t.folded, g.folded[:g.size]...)
	}
	t.tally |= g.traits
}

// compose takes an accent into account that makes another letter of the one
// before it, as in й, ї and ѓ: all others are dropped.
func (t *Text) compose(mark []byte) {
	n := len(t.folded) - 2
	if n < 0 {
		return
	}
	last, _ := utf8.DecodeRune(t.folded[n:])
	accent, _ := utf8.DecodeRune(mark)
	if letter := composed[[2]rune{last, accent}]; letter != 0 {
		t.folded = utf8.AppendRune(t.folded[:n], letter)
	}
}

// composed holds the Cyrillic letters that are written with an accent, by what
// they are written with, as far as they are folded to themselves. It is never
// changed.
var composed = func() map[[2]rune]rune {
	table := map[[2]rune]rune{}
	for r := rune(0x400); r < 0x530; r++ {
		parts := []rune(norm.NFD.String(string(r)))
		if len(parts) == 2 && string(appendFolded(nil, r)) == string(r) {
			table[[2]rune{parts[0], parts[1]}] = r
		}
	}
	return table
}()

// bridge returns where the word being read goes on after the separator at i,
// or 0 if it ends there: a dot or comma in a number goes into the word, a
// hyphen at the end of a line does not. Hebrew abbreviations have a double
// quote before their last letter.
func (t *Text) bridge(i int) int {
	in := t.clean
	switch in[i] {
	case '"':
		if isHebrew(in, i-2) && isHebrew(in, i+1) {
			t.folded = append(t.folded, '\'')
			return i + 1
		}
	case '.', ',':
		if i+1 < len(in) && classes[in[i+1]]&isNumeral != 0 && i > 0 && classes[in[i-1]]&isNumeral != 0 {
			t.folded = append(t.folded, in[i])
			return i + 1
		}
	case '-':
		j := i + 1
		if j < len(in) && in[j] == '\r' {
			j++
		}
		if j+1 >= len(in) || in[j] != '\n' || t.tally&lower == 0 {
			return 0
		}
		if g, _ := glyphAt(in, j+1); g.kind == letter && g.traits&lower != 0 && g.traits&scripts != 0 {
			return j + 1
		}
	}
	return 0
}

// isHebrew reports whether a Hebrew letter begins at i.
func isHebrew(in []byte, i int) bool {
	return i >= 0 && i+1 < len(in) && (in[i] == 0xd7 && in[i+1] >= 0x90 && in[i+1] <= 0xaa)
}

// finish adds the word w, which was read into t.folded and t.tally. If it has
// dots, its flags say so.
func (t *Text) finish(w word, seen class) {
	own := t.folded[w.folded:]
	has := t.tally
	if has&jamo != 0 && !norm.NFC.IsNormal(own) {
		own = norm.NFC.Bytes(own)
	}
	if mixed := has & scripts; mixed&(mixed-1) != 0 {
		changed := false
		if own, changed = unmix(own); changed {
			w.flags |= Mixed
		}
	}
	if has&jamo != 0 || w.flags&Mixed != 0 {
		t.folded = append(t.folded[:w.folded], own...)
	}
	w.flags |= capitals(has, own)
	w.key = head(t.folded[w.folded:])
	if has&numeral != 0 && has&(upper|lower) == 0 {
		w.flags |= Number
	}
	w.foldEnd = int32(len(t.folded))
	t.words = append(t.words, w)
	t.place(&t.words[len(t.words)-1], seen)
}

// capitals returns what is to know of the capitals of a folded word, which had
// such letters.
func capitals(had traits, own []byte) Flag {
	switch {
	case had&upper == 0:
		return 0
	case had&lower != 0:
		return Capital
	case utf8.RuneCount(own) == 1:
		return Capital | Initials
	case countLetters(own) == 1:
		return Capital
	}
	return Capital | AllCaps
}

// countLetters returns how many characters of a folded word are not digits.
func countLetters(word []byte) (n int) {
	for _, r := range string(word) {
		if r >= utf8.RuneSelf || classes[r]&isLower != 0 {
			n++
		}
	}
	return n
}
