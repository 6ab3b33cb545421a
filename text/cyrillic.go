package text

import "unicode/utf8"

// cyrillicVotes counts what in a text speaks for each language.
type cyrillicVotes struct{ ru, uk, be, bg, sr, mk, kk int }

// detectCyrillic returns the language of a text in Cyrillic by its letters and
// some very common words. If nothing tells, it is Russian.
func (t *Text) detectCyrillic() string {
	var v cyrillicVotes
	for i := range min(len(t.words), enough) {
		w := t.Word(i)
		v.word(w)
		for len(w) > 0 {
			r, size := utf8.DecodeRune(w)
			v.letter(r)
			w = w[size:]
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
	case "та", "що", "від", "або", "й", "про", "після", "це", "його", "із":
		v.uk++
	}
}

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
