package inflect

import (
	"strings"
	"unicode/utf8"
)

// links are the languages that write compounds as one word, and the letters
// that may stand between their parts.
var links = map[string][]string{
	"de": {"", "s", "es", "n", "en", "er", "e"},
	"nl": {"", "s", "en", "e", "n"},
	"sv": {"", "s", "e", "o", "u"},
	"da": {"", "s", "e"},
	"no": {"", "s", "e"},
	"is": {"", "s", "ar", "a", "u"},
	"fi": {"", "n", "s"},
	"et": {"", "e", "i", "u", "a"},
	"hu": {""},
}

// Links returns the letters that may stand between the parts of a compound in
// a language; none if it writes them apart.
func Links(lang string) []string { return links[lang] }

// IsPart reports whether folded letters may be a part of a compound of so many
// letters at least: they have a vowel, as no ending left over from a wrong cut
// need have.
func IsPart(letters string, least int) bool {
	return utf8.RuneCountInString(letters) >= least && strings.ContainsAny(letters, "aeiouy")
}

// Respelled returns a folded word of a language with the letters that stand
// for one with an accent where there is no such key, as in "Militaerputsch";
// the word itself if it has none.
func Respelled(lang, folded string) string {
	if lang != "de" || !strings.Contains(folded, "ae") && !strings.Contains(folded, "oe") && !strings.Contains(folded, "ue") {
		return folded
	}
	out := make([]byte, 0, len(folded))
	for i := 0; i < len(folded); i++ {
		c := folded[i]
		if c == 'e' && i > 0 && strings.IndexByte("aou", folded[i-1]) >= 0 && (i < 2 || strings.IndexByte("aeq", folded[i-2]) < 0) {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
