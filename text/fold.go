package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A kind is what a character is to a word.
type kind uint8

const (
	separator  kind = iota // ends it
	letter                 // is of it
	digit                  // is of it
	mark                   // is of it if it is in one: a vowel sign of an Indic script
	accent                 // is dropped: an accent, a stress mark, a vowel point
	ignorable              // is dropped: a soft hyphen, a zero-width or bidi control
	apostrophe             // is of it between letters
	single                 // is a word by itself: a Chinese character
)

// Traits are what is to know of the letters of a word, as a set.
type traits uint8

const (
	latin    traits = 1 << iota // letters of scripts that can be taken for each other's
	cyrillic                    //
	greek                       //
	upper                       // upper case
	lower                       // any other letter
	numeral                     // a digit
	jamo                        // a part of a Korean syllable

	scripts = latin | cyrillic | greek
)

// A glyph is what there is to know about a character.
type glyph struct {
	folded [6]byte // the folded form; no letter's is longer, save ligatures, which are cut
	size   uint8   // how many bytes of it there are
	kind   kind
	traits traits
}

// narrow holds the glyphs of all characters of one or two bytes. It is never
// changed.
var narrow = func() (table [0x800]glyph) {
	for r := range table {
		table[r] = newGlyph(rune(r))
	}
	return table
}()

// glyphAt returns the character at in[i] and how many bytes it has. At the end
// of in there is a separator of no bytes.
func glyphAt(in []byte, i int) (glyph, int) {
	if i >= len(in) {
		return glyph{}, 0
	}
	if c := in[i]; c < utf8.RuneSelf {
		return narrow[c], 1
	}
	r, size := utf8.DecodeRune(in[i:])
	switch {
	case r < 0x800:
		return narrow[r], size
	case r == utf8.RuneError && size == 1:
		return glyph{}, 1
	}
	return newGlyph(r), size
}

// narrowAt returns the character at in[i] if it has one or two bytes, and how
// many; else nil.
func narrowAt(in []byte, i int) (*glyph, int) {
	c := in[i]
	switch {
	case c < utf8.RuneSelf:
		return &narrow[c], 1
	case c >= 0xc2 && c < 0xe0 && i+1 < len(in) && in[i+1]&0xc0 == 0x80:
		return &narrow[rune(c&0x1f)<<6|rune(in[i+1]&0x3f)], 2
	}
	return nil, 0
}

// newGlyph works out what there is to know about r.
func newGlyph(r rune) glyph {
	g := glyph{kind: kindOf(r)}
	switch {
	case r >= firstHan && r <= lastHan:
		g.traits = lower
		g.size = uint8(utf8.EncodeRune(g.folded[:], simplify(r)))
	case r >= 0xac00 && r <= 0xd7a3: // Korean, which has no case
		g.traits = lower
		g.size = uint8(utf8.EncodeRune(g.folded[:], r))
	case g.kind == letter || g.kind == digit || g.kind == mark || g.kind == single:
		g.traits = traitsOf(r, g.kind)
		var buf [64]byte
		g.size = uint8(copy(g.folded[:], appendFolded(buf[:0], r)))
		for !utf8.Valid(g.folded[:g.size]) {
			g.size--
		}
		if g.traits&scripts == 0 { // of none, but written as a letter of one: µ
			first, _ := utf8.DecodeRune(g.folded[:g.size])
			g.traits |= scriptOf(first)
		}
	}
	return g
}

func traitsOf(r rune, k kind) traits {
	switch {
	case k == digit:
		return numeral
	case r >= 0x1100 && r <= 0x11ff:
		return lower | jamo
	case k == mark:
		if p := norm.NFC.PropertiesString(string(r)); !p.BoundaryBefore() && p.CCC() == 0 { // the second half of ো
			return lower | jamo
		}
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return upper | scriptOf(r)
	}
	return lower | scriptOf(r)
}

// kindOf returns what r is to a word.
func kindOf(r rune) kind {
	switch {
	case r < 0x80:
		return asciiKind(r)
	case isIgnorable(r):
		return ignorable
	case isApostrophe(r):
		return apostrophe
	case isAccent(r):
		return accent
	case r >= firstHan && r <= lastHan:
		return single
	case r >= 0xac00 && r <= 0xd7a3:
		return letter
	case r >= 0x2010 && r <= 0x2070:
		return separator
	case r == 'ﾞ', r == 'ﾟ': // the voicing marks of narrow Japanese letters
		return mark
	case unicode.IsLetter(r), unicode.Is(unicode.Nl, r), r >= 0x24b6 && r <= 0x24e9:
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
			unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー' || r == 'ｰ' {
			return single
		}
		return letter
	case unicode.IsDigit(r):
		return digit
	case unicode.IsMark(r):
		return mark
	}
	return separator
}

func asciiKind(r rune) kind {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case r|0x20 >= 'a' && r|0x20 <= 'z':
		return letter
	case r == '\'', r == '`':
		return apostrophe
	}
	return separator
}

// isIgnorable reports whether r shows nothing and means nothing to a reader.
func isIgnorable(r rune) bool {
	switch {
	case r == 0xad, r == 0x34f, r == 0x61c, r == 0x180e, r == 0xfeff, r == 0x3164, r == 0xffa0:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe01ef:
		return true
	case r == 0x115f, r == 0x1160, r == 0x640: // fillers, the Arabic stretching stroke
		return true
	}
	return false
}

func isApostrophe(r rune) bool {
	switch r {
	case '’', '‘', '‛', '׳', '״', 'ʼ', 'ʹ', '\u0374', 'Ꞌ', 'ʻ', '´', '′', '＇', '՚', 'ꞌ':
		return true
	}
	return false
}

// isAccent reports whether r is a mark without which a word is still the same
// word. The vowel signs of Indic scripts are not.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, r >= 0x483 && r <= 0x489, r >= 0x1ab0 && r <= 0x1aff, r >= 0x1dc0 && r <= 0x1dff,
		r >= 0x20d0 && r <= 0x20ff, r >= 0xfe20 && r <= 0xfe2f:
		return true
	case r == 0x93c: // the dot that turns a letter of Hindi into one of another language, often left out
		return true
	case r >= 0x591 && r <= 0x5c7: // Hebrew
		return unicode.IsMark(r)
	case r >= 0x610 && r <= 0x61a, r >= 0x64b && r <= 0x65f, r == 0x670, r >= 0x6d6 && r <= 0x6ed: // Arabic
		return unicode.IsMark(r)
	}
	return false
}

// scriptOf returns the script of r if it is one of those with look-alike
// letters, or 0.
func scriptOf(r rune) traits {
	switch {
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Greek, r):
		return greek
	}
	return 0
}

// appendFolded appends the folded form of the letter, digit or mark r to dst.
func appendFolded(dst []byte, r rune) []byte {
	if s := spelledOut(r); s != "" {
		return append(dst, s...)
	}
	if unicode.IsDigit(r) {
		return append(dst, digitValue(r))
	}
	var buf [utf8.UTFMax]byte
	form := norm.NFKC
	switch {
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Devanagari):
		form = norm.NFKD
	case r == 'ำ', r == 'ຳ': // one letter, though it has the parts of two
		form = norm.NFC
	}
	from := len(dst)
	decomposed := form.Append(nil, buf[:utf8.EncodeRune(buf[:], r)]...)
	for _, c := range string(decomposed) {
		if k := kindOf(c); k == letter || k == mark || k == single {
			if s := spelledOut(unicode.ToLower(c)); s != "" {
				dst = append(dst, s...)
				continue
			}
			dst = utf8.AppendRune(dst, variant(unicode.ToLower(c)))
		} else if k == digit {
			dst = append(dst, digitValue(c))
		}
	}
	if len(dst) == from {
		return append(dst, buf[:utf8.EncodeRune(buf[:], r)]...)
	}
	return dst
}

// AppendFolded appends the folded form of a letter, a digit or a vowel sign to
// dst, and nothing for an accent and for what is of no word.
func AppendFolded(dst []byte, r rune) []byte {
	if k := kindOf(r); k == separator || k == accent {
		return dst
	}
	return appendFolded(dst, r)
}

// spelledOut returns the folded form of those letters for which Unicode has
// no decomposition, or a wrong one, or "".
func spelledOut(r rune) string {
	switch unicode.ToLower(r) {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð', 'ɖ':
		return "d"
	case 'ı', 'i':
		return "i"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ŋ':
		return "n"
	case 'ĸ':
		return "k"
	case 'ё', 'ѐ':
		return "е"
	case 'ѝ':
		return "и"
	case 'ς':
		return "σ"
	}
	return ""
}

// digitValue returns the ASCII digit with the value of r, a decimal digit of
// any script. Each script has its ten digits in a row.
func digitValue(r rune) byte {
	if r < 0x80 {
		return byte(r)
	}
	for _, row := range unicode.Nd.R16 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return '0' + byte((r-rune(row.Lo))%10)
		}
	}
	for _, row := range unicode.Nd.R32 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return '0' + byte((r-rune(row.Lo))%10)
		}
	}
	return '0'
}
