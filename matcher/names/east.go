package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// familyFirst are family names of peoples that put them first.
const familyFirst = ` xi li wang zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang
 feng yu dong xiao cheng cao yuan deng peng wei qin jiang cai jia ding shen kim pak park choe choi jong ri ro nguyen tran pham
 phan vo dang bui ho mao bo meng miao fu hua ji bai ren shi tan wen yao yin zeng zhong `

// koreans are family names of Korea that are spelled in several ways.
var koreans = []string{"Lee Yi Rhee Ri Li", "Park Pak Bak", "Choi Choe", "Jung Jeong Chung Chong", "Yoon Yun", "Cho Jo", "Kang Gang", "Shin Sin", "Moon Mun", "Noh Roh No"}

// koreanSyllables are syllables of Korean given names that are, too.
var koreanSyllables = []string{"jong jeong chong jung", "un eun", "young yong yeong", "sung seong song", "woo u", "hyun hyeon hyon", "jae chae", "seok suk sok", "yeol youl yol", "kyung gyeong kyong"}

// inOnePiece reports whether a name is of a script in which names are written
// without blanks, so that one word may be all of it.
func inOnePiece(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return utf8.RuneCountInString(name) > 1 && !strings.Contains(name, " ") &&
		unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// isFamilyFirst reports whether the first of the words of a Latin name is the
// family name: of a known one, or if the native name is Chinese or Korean, or
// the given name is written as Korean ones are.
func isFamilyFirst(words []string, native string) bool {
	if len(words) < 2 || len(words) > 3 {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(native); unicode.In(r, unicode.Han, unicode.Hangul) && inOnePiece(native) {
		return utf8.RuneCountInString(native) <= 4 && !strings.Contains(words[0], "-")
	}
	if g, _ := givens().find(words[0]); g != nil {
		return false
	}
	return strings.Contains(familyFirst, " "+strings.ToLower(words[0])+" ")
}

// addFamilyFirst adds the forms of a name that begins with that of the family:
// the given name in one piece, with a hyphen or a blank, before the family name
// too, and the family name.
func addFamilyFirst(c *collector, words []string, native string) {
	given := syllables(words[1:])
	families, givens := []string{words[0]}, [][]string{given}
	if r, _ := utf8.DecodeRuneInString(native); unicode.Is(unicode.Hangul, r) {
		families, givens = sameAs(koreans, words[0]), respelled(given)
	}
	for _, family := range families {
		for _, g := range givens {
			for _, name := range []string{strings.Join(g, "-"), strings.Join(g, "")} {
				c.addForeign(family+" "+name, Form{})
				c.addForeign(name+" "+family, Form{})
			}
		}
		c.addForeign(family, Form{Alone: true})
	}
}

// syllables returns the syllables of a given name, "Jong Un", "Jong-un" or
// "Jinping", as far as they can be told.
func syllables(words []string) []string {
	parts := strings.FieldsFunc(strings.Join(words, " "), func(r rune) bool { return r == ' ' || r == '-' })
	if len(parts) != 1 {
		return parts
	}
	name := strings.ToLower(parts[0])
	for cut := 2; cut <= len(name)-2; cut++ {
		if isPinyin(name[:cut]) && isPinyin(name[cut:]) {
			return []string{parts[0][:cut], parts[0][cut:]}
		}
	}
	return parts
}

// The parts of a syllable of Chinese in Latin letters.
const (
	initials = " b p m f d t n l g k h j q x zh ch sh r z c s y w "
	finals   = " a o e i u ai ei ao ou an en ang eng ong er ia ie iao iu ian in iang ing iong ua uo uai ui uan un uang ue "
)

// isPinyin reports whether s, in lower case, may be a syllable of Chinese that
// begins with a consonant.
func isPinyin(s string) bool {
	for n := 1; n <= 2 && n < len(s); n++ {
		if strings.Contains(initials, " "+s[:n]+" ") && strings.Contains(finals, " "+s[n:]+" ") {
			return true
		}
	}
	return false
}

// respelled returns the ways to spell the syllables of a Korean given name.
func respelled(given []string) [][]string {
	all := [][]string{nil}
	for _, syllable := range given {
		var next [][]string
		for _, way := range sameAs(koreanSyllables, syllable) {
			for _, head := range all {
				next = append(next, append(head[:len(head):len(head)], way))
			}
		}
		all = next
	}
	return all
}

// sameAs returns the spellings of a word in one of lines, itself first.
func sameAs(lines []string, word string) []string {
	ways := []string{word}
	for _, line := range lines {
		same := strings.Fields(line)
		for _, s := range same {
			if strings.EqualFold(s, word) {
				return append(ways, same...)
			}
		}
	}
	return ways
}
