package text

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// cyrillicVotes counts what in a text speaks for each language.
type cyrillicVotes struct{ ru, uk, be, bg, sr, mk, kk int }

// detectCyrillic returns the language of a text in Cyrillic by its letters and
// some very common words. If nothing tells, it is Russian.
func (t *Text) detectCyrillic() string {
	var v cyrillicVotes
	for i := range min(len(t.words), enough) {
		w := t.Word(i)
		v.word(w)
		v.parts(w)
		for len(w) > 0 {
			r, size := utf8.DecodeRune(w)
			w = w[size:]
			v.letter(r)
			if next, _ := utf8.DecodeRune(w); r == 'ъ' && isSoft(next) { // «объявил»
				v.ru, v.bg = v.ru+1, v.bg-1
			}
		}
	}
	return v.winner()
}

// word counts a common word.
func (v *cyrillicVotes) word(w []byte) {
	const longest = 12 // in bytes
	if len(w) > longest {
		return
	}
	switch string(w) {
	case "и", "что", "как", "от", "или", "его", "после", "из":
		v.ru++
	case "та", "що", "від", "або", "й", "про", "після", "це", "його", "із", "були", "щодо", "якщо", "але", "вже", "ще", "чи", "проте", "уряд":
		v.uk++
	}
}

// parts counts what words are made of: few Ukrainian ones have a letter that
// Russian has not, and many end as no Russian word does.
func (v *cyrillicVotes) parts(w []byte) {
	const verb = 10 // bytes; a shorter word may be a noun
	switch {
	case bytes.Contains(w, []byte("ськ")), bytes.Contains(w, []byte("цьк")), bytes.HasSuffix(w, []byte("ння")):
		v.uk += 2
	case bytes.HasSuffix(w, []byte("ув")) && len(w) >= verb, bytes.HasSuffix(w, []byte("увся")):
		v.uk++
	}
}

// isSoft reports whether r is one of the vowels before which a Russian word has
// a hard sign; a Bulgarian one has it before consonants.
func isSoft(r rune) bool { return strings.ContainsRune("еёюя", r) }

// letter counts a letter that few languages have, or one have not.
func (v *cyrillicVotes) letter(r rune) {
	switch r {
	case 'ы', 'э':
		v.ru++
		v.be++
	case 'и', 'щ':
		v.be--
	case 'і':
		v.uk++
		v.be++
	case 'ї', 'є', 'ґ':
		v.uk += 2
	case 'ў':
		v.be += 4
	case 'ъ':
		v.bg++
	case 'ј', 'љ', 'њ', 'џ', 'ћ', 'ђ':
		v.sr += 2
	case 'ѓ', 'ќ', 'ѕ':
		v.mk += 3
	case 'ә', 'ғ', 'қ', 'ң', 'ұ', 'һ':
		v.kk += 2
	}
}

// winner returns the language for which most speaks.
func (v *cyrillicVotes) winner() string {
	common := max(v.ru, v.uk)
	switch {
	case v.kk > v.uk && 4*v.kk > v.ru:
		return "kk"
	case v.mk > 0 && v.mk+v.sr > common:
		return "mk"
	case v.sr > max(common, 1):
		return "sr"
	case v.be > max(common, 2):
		return "be"
	case v.uk > v.ru:
		return "uk"
	case v.bg > 2*v.ru+v.uk:
		return "bg"
	}
	return "ru"
}
