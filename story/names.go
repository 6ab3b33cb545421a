package story

import "strings"

// nameKey returns a spelling of the stem of a name that is the same in all scripts and
// habits of romanisation, as far as a few letters can be: its consonants by
// their sound. Names of less than three say too little; it is "" for them.
func nameKey(stem string) string {
	latin := latinise.Replace(stem)
	sound := sounds.Replace(latin)
	var b strings.Builder
	var last byte
	for i := 0; i < len(sound); i++ {
		c := sound[i]
		if c == last {
			continue
		}
		last = c
		if strings.IndexByte("aeiouyj'", c) >= 0 {
			if i == 0 {
				b.WriteByte('a')
			}
			continue
		}
		if c < 'A' || c > 'z' {
			continue
		}
		b.WriteByte(c)
	}
	if b.Len() < 3 {
		return ""
	}
	return b.String()
}

var latinise = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "ґ", "g", "д", "d", "е", "e", "ё", "e", "є", "e", "ж", "zh", "з", "z", "и", "i", "і", "i", "ї", "i",
	"й", "i", "к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ў", "u", "ф", "f", "х", "kh",
	"ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "iu", "я", "ia")

var sounds = strings.NewReplacer(
	"shch", "S", "sch", "S", "tsch", "S", "tch", "S", "sh", "S", "ch", "S", "cz", "S", "zh", "Z", "kh", "h", "ts", "s", "tz", "s",
	"ph", "f", "w", "v", "x", "ks", "ck", "k", "q", "k", "c", "k")
