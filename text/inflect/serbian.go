package inflect

import (
	"unicode"
	"unicode/utf8"
)

// serbian are the letters of Serbian and Macedonian in Cyrillic, and for each
// the folded Latin ones.
var serbian = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'ђ': "d", 'ѓ': "g", 'е': "e", 'ж': "z", 'з': "z", 'ѕ': "dz", 'и': "i",
	'ј': "j", 'к': "k", 'л': "l", 'љ': "lj", 'м': "m", 'н': "n", 'њ': "nj", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t",
	'ћ': "c", 'ќ': "k", 'у': "u", 'ф': "f", 'х': "h", 'ц': "c", 'ч': "c", 'џ': "dz", 'ш': "s",
}

// Latinise returns a folded word of Serbian in Latin letters, as it is written
// when folded; it is the word itself if it has other letters.
func Latinise(folded string) string {
	if r, _ := utf8.DecodeRuneInString(folded); !unicode.Is(unicode.Cyrillic, r) {
		return folded
	}
	latin := make([]byte, 0, len(folded))
	for _, r := range folded {
		l, ok := serbian[r]
		if !ok {
			return folded
		}
		latin = append(latin, l...)
	}
	return string(latin)
}
