package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/coupwatch/coupwatch/text"
)

// Each spelling of testdata/fold.tsv is folded as it says, and what is folded
// stays as it is.
func TestFoldTable(t *testing.T) {
	for _, row := range rows(t, "fold.tsv", 2) {
		want := row[0]
		for spelling := range strings.SplitSeq(row[1], "|") {
			if got := text.Fold(spelling); got != want {
				t.Errorf("Fold(%q) = %q, want %q", spelling, got, want)
			}
		}
		if got := text.Fold(want); got != want {
			t.Errorf("Fold(%q) = %q: folding is not done once for all", want, got)
		}
	}
}

// letters calls do with each letter of the scripts that news is written in.
func letters(do func(r rune)) (n int) {
	for r := rune('A'); r <= 0x2ffff; r++ {
		if unicode.IsLetter(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Lao) { // of which each is a word
			do(r)
			n++
		}
	}
	return n
}

// Whatever letter a word has, to fold it again changes nothing, its upper and
// lower case are one, and so are its composed and its decomposed form.
func TestFoldOfEachLetter(t *testing.T) {
	n := letters(func(r rune) {
		word := "ba" + string(r) + "ba" // not alone: a letter by itself may be an initial
		once := text.Fold(word)
		if twice := text.Fold(once); twice != once {
			t.Errorf("%q (%U) is folded to %q, and that to %q", r, r, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("%q (%U) is folded to broken bytes %q", r, r, once)
		}
		if decomposed := text.Fold(norm.NFD.String(word)); decomposed != once && r <= 0xffff {
			t.Errorf("%q (%U) is folded to %q, and its decomposed form to %q", r, r, once, decomposed)
		}
	})
	if n < 10_000 {
		t.Errorf("%d letters", n)
	}
}

// What a shout is folded to is what a whisper is, in the alphabets of the
// languages that are read.
func TestFoldOfCase(t *testing.T) {
	for _, alphabet := range []string{
		"abcdefghijklmnopqrstuvwxyz", "äöüßåæøþðœ", "àâçéèêëîïôùûÿñáíóúãõ", "ąćęłńóśźżčďěňřšťůž", "ăâîșțőűģķļņāēīū",
		"абвгдежзийклмнопрстуфхцчшщъыьэюя", "ґєіїўђјљњћџѓќѕ", "әғқңөұүһі", "αβγδεζηθικλμνξοπρστυφχψω", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
	} {
		for _, r := range alphabet {
			low, high := "ba"+string(r)+"ba", "ba"+strings.ToUpper(string(r))+"ba"
			if text.Fold(low) != text.Fold(high) {
				t.Errorf("%q is folded to %q, and %q to %q", low, text.Fold(low), high, text.Fold(high))
			}
		}
	}
}
