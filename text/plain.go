package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text/markup"
)

// Plain returns a text with markup as plain text, in valid UTF-8: bytes that are
// none are left out. Tags are
// left out, save that paragraphs and "<br>" become line breaks; scripts and
// style sheets vanish; entities are decoded, twice if need be. Runs of blanks
// become one, there is at most one empty line in a row and none at the ends,
// and soft hyphens, zero-width characters and control characters are removed,
// save the joiners without which Persian, Indic scripts and emoji look wrong.
// A tidy plain text is returned as it is, and "a < b & c" is one.
func Plain(html string) string {
	if isTidy(html) {
		return html
	}
	source := []byte(html)
	var decoded, untagged markup.Derivation
	if bytes.IndexByte(source, '&') >= 0 {
		decoded.Decode(source)
		source = decoded.Text
	}
	if bytes.IndexByte(source, '<') >= 0 {
		untagged.Untag(source)
		source = untagged.Text
	}
	return tidy(source)
}

// isTidy reports whether s is printable ASCII without markup and without two
// blanks in a row, so that there is nothing to do about it.
func isTidy(s string) bool {
	if s == "" {
		return true
	}
	blank := true
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ' && blank, c < ' ', c > '~', c == '&', c == '<':
			return false
		default:
			blank = c == ' '
		}
	}
	return !blank
}

// tidy returns source with its white space tidied and without what cannot be
// seen.
func tidy(source []byte) string {
	out := make([]byte, 0, len(source))
	blank, breaks := false, 0
	for i := 0; i < len(source); {
		if run := visible(source[i:]); run > 0 {
			switch {
			case len(out) == 0:
			case breaks > 0:
				out = append(out, "\n\n"[:min(breaks, 2)]...)
			case blank:
				out = append(out, ' ')
			}
			blank, breaks = false, 0
			out = append(out, source[i:i+run]...)
			i += run
			continue
		}
		r, size := utf8.DecodeRune(source[i:])
		switch {
		case r == '\r' && i+1 < len(source) && source[i+1] == '\n':
		case isLineBreak(r):
			breaks++
		case isBlank(r):
			blank = true
		}
		i += size
	}
	return string(out)
}

// visible returns how many bytes of visible characters s begins with.
func visible(s []byte) (n int) {
	before := rune(0)
	for n < len(s) {
		if c := s[n]; c > ' ' && c <= '~' {
			n++
			before = rune(c)
			continue
		} else if c < utf8.RuneSelf {
			return n
		}
		r, size := utf8.DecodeRune(s[n:])
		next, width := utf8.DecodeRune(s[n+size:])
		if isHidden(r, size) && (!joins(before, r) || next <= ' ' || isHidden(next, width)) {
			return n
		}
		n += size
		before = r
	}
	return n
}

// isHidden reports whether r, of so many bytes, shows nothing, or is a blank or
// a byte that is no character.
func isHidden(r rune, size int) bool {
	return isIgnorable(r) && r != 'ـ' && !isSelector(r) || r >= utf8.RuneSelf && r < 0xa0 ||
		isBlank(r) || isLineBreak(r) || r == utf8.RuneError && size < 2
}

// joins reports whether r is a joiner, or its contrary, that the script of the
// character before it needs.
func joins(before, r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	switch {
	case r != joiner && r != nonJoiner:
		return false
	case unicode.In(before, unicode.So, unicode.Sk) || isSelector(before):
		return r == joiner // an emoji of several
	}
	return unicode.In(before, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
		unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Mongolian)
}

func isLineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029'
}

// isSelector reports whether r chooses how the character before it looks,
// which a tidy text may well say.
func isSelector(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f }

func isBlank(r rune) bool {
	switch r {
	case ' ', '\t', '\v', '\f', '\u00a0', '\u1680', '\u202f', '\u205f', '\u3000':
		return true
	}
	return r >= 0x2000 && r <= 0x200a
}
