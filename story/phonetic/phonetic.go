// Package phonetic gives the spellings of a name one key, whatever the script
// and, for most, the habit of romanisation: Пригожин, Prigozhin and Prigoschin
// have one. Prigojine and other spellings in which a letter stands for another
// sound than in English have not; see the tests. Two names may share a key;
// whoever needs to be sure compares more.
package phonetic

import "strings"

// Shortest is the length of a key that says enough to tell names apart.
const Shortest = 3

// Key returns the key of a word that is folded to small letters: its
// consonants, in classes of those that press and schemes write for one
// another, and whether it begins with a vowel.
func Key(word string) string {
	sounds := consonants.Replace(Latin(word))
	key := make([]byte, 0, len(sounds))
	for i := 0; i < len(sounds); i++ {
		c := sounds[i]
		switch {
		case strings.IndexByte("aeiouyj", c) >= 0:
			if i == 0 {
				key = append(key, 'A')
			}
		case c < 'A' || c > 'z':
		case len(key) == 0 || key[len(key)-1] != c:
			key = append(key, c)
		}
	}
	if len(key) == 0 {
		return "A"
	}
	return string(key)
}

// Latin returns word in Latin letters: Cyrillic as English newspapers write
// it, more or less, for [Key] leaves out what they differ in.
func Latin(word string) string { return romaniser.Replace(word) }

var romaniser = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "ґ", "g", "д", "d", "е", "e", "ё", "e", "є", "ye", "ж", "zh", "з", "z", "и", "i", "і", "i", "ї", "yi", "й", "y",
	"к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ў", "u", "ф", "f", "х", "kh", "ц", "ts",
	"ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya", "'", "",
)

var consonants = strings.NewReplacer(
	"shch", "S", "tsch", "C", "sch", "S", "sh", "S", "tch", "C", "ch", "C", "zh", "S", "cz", "C", "sz", "S", "kh", "g", "ph", "f", "th", "t",
	"ck", "k", "ts", "c", "tz", "c", "x", "ks", "w", "v", "q", "k", "h", "g", "gu", "g", "ce", "se", "ci", "si", "cy", "sy",
)
