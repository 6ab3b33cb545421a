package text

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// The block of Chinese characters that news is written in.
const firstHan, lastHan = 0x4e00, 0x9fff

//go:embed han.txt
var hanPairs string

// simplified holds, by its place in the block, the simplified character for
// which a traditional or Japanese one stands; 0 if it is none. It is never
// changed.
var simplified = func() (table [lastHan - firstHan + 1]uint16) {
	for line := range strings.Lines(hanPairs) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for line = strings.TrimSpace(line); line != ""; {
			from, size := utf8.DecodeRuneInString(line)
			to, next := utf8.DecodeRuneInString(line[size:])
			table[from-firstHan] = uint16(to)
			line = line[size+next:]
		}
	}
	return table
}()

// simplify returns the simplified character for which r, of the block, stands.
func simplify(r rune) rune {
	if s := simplified[r-firstHan]; s != 0 {
		return rune(s)
	}
	return r
}

// variant returns the letter that r is a way to write, r if it is none: what
// one keyboard has and another has not, what only careful writers tell apart,
// and letters that sound the same, which is how they are mixed up.
func variant(r rune) rune {
	switch {
	case r >= 0x620 && r <= 0x6d5:
		return arabicVariant(r)
	case r >= 0x1200 && r <= 0x1357:
		return ethiopicVariant(r)
	case r == 'ँ': // nasal, as ं
		return 'ं'
	}
	return r
}

// arabicVariant is [variant] for Arabic letters: those with hamza are those
// without, and Persian and Urdu forms are the Arabic ones, as search engines
// for these languages have it.
func arabicVariant(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی', 'ئ', 'ې':
		return 'ي'
	case 'ؤ':
		return 'و'
	case 'ک', 'ڪ':
		return 'ك'
	case 'ة', 'ہ', 'ھ', 'ۀ', 'ۂ', 'ۃ', 'ە':
		return 'ه'
	case 'ۓ':
		return 'ے'
	}
	return r
}

// ethiopicVariant is [variant] for Ethiopic syllables, of which Amharic says
// several rows alike. A row has eight.
func ethiopicVariant(r rune) rune {
	const row = 7
	switch r &^ row {
	case 0x1210, 0x1280, 0x12b8: // ሐ, ኀ and ኸ as ሀ
		return 0x1200 + r&row
	case 0x1220: // ሠ as ሰ
		return 0x1230 + r&row
	case 0x12d0: // ዐ as አ
		return 0x12a0 + r&row
	case 0x1340: // ፀ as ጸ
		return 0x1338 + r&row
	}
	return r
}
