package text

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// common lists the most common words of languages, folded. A word may be one
// of several.
const common = `
en the of and to in is for that with on was by as at from his has it are after who will not be an says over its have their were been this he said but they had would or so pro me more into than
fr le la les des et un une du en pour dans que qui sur par au est pas avec ce il plus aux sont se ont son apres
es el la los las de del y en que por con un una para su se al es como mas no lo fue sus ha sobre tras
de der die das und in den von zu mit dem auf fur ist im ein eine nicht des sich als nach bei aus wird sie er hat gegen uber
it il la di e che in un per del della dei con una non si le al da sono gli nel alla lo ha dopo i
pt o a os as de do da dos das e que em um uma para com por nao no na se ao mais foi apos
nl de het een van en in op is te dat voor met zijn niet aan die er naar bij door om ook uit over na wordt tegen
sv och att det som pa ar av for med den en till har inte om ett i efter mot
da og at det som pa er af for med den en til har ikke om et i efter mod
no og a det som pa er av for med den en til har ikke om et i etter mot
fi ja on ei etta oli se han mutta kun ovat myos ole
hu a az es hogy nem egy is meg volt van el
ro si de in la cu pe nu care din pentru sa un o este al fost
tr ve bir bu icin da de ile olarak daha cok olan gibi sonra
pl w i z na do nie sie jest ze o od po przez za jak to
cs a v se na je ze s z do o k i pro by po`

// telling lists letters that few languages have.
const telling = `
de ßäöü
es ñ¿¡
pt ãõ
fr çéèêàù
pl ąęśźżćńł
cs řůěťď
hu őű
tr ğşı
ro țșăţş
da æø
no æøå
sv åäö
it ò`

// A languageSet is a set of the languages in latinLanguages, by their place.
type languageSet uint32

// latinLanguages are the languages of common; commonWords and tellingLetters
// say of which ones a word or letter is. They are never changed.
var latinLanguages, commonWords, tellingLetters = func() (names []string, words map[uint64]languageSet, letters map[rune]languageSet) {
	words, letters = map[uint64]languageSet{}, map[rune]languageSet{}
	place := map[string]int{}
	for n, line := range strings.Split(strings.TrimSpace(common), "\n") {
		fields := strings.Fields(line)
		names = append(names, fields[0])
		place[fields[0]] = n
		for _, w := range fields[1:] {
			words[pack([]byte(w))] |= 1 << n
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(telling), "\n") {
		lang, set, _ := strings.Cut(line, " ")
		for _, r := range set {
			letters[r] |= 1 << place[lang]
		}
	}
	return names, words, letters
}()

// longestCommon is the length of the longest of the common words that is
// looked up.
const longestCommon = 7

// pack returns the bytes of a short word as a number.
func pack(word []byte) (packed uint64) {
	for _, c := range word {
		packed = packed<<8 | uint64(c)
	}
	return packed
}

// scores counts what speaks for each language.
type scores [16]int

func (s *scores) add(set languageSet, weight int) {
	for ; set != 0; set &= set - 1 {
		s[bits.TrailingZeros32(uint32(set))] += weight
	}
}

// leaders returns the places of the highest score and of the next.
func (s *scores) leaders() (first, second int) {
	first, second = 0, 1
	if s[1] > s[0] {
		first, second = 1, 0
	}
	for n := 2; n < len(s); n++ {
		switch {
		case s[n] > s[first]:
			first, second = n, first
		case s[n] > s[second]:
			second = n
		}
	}
	return first, second
}

// detectLatin returns the language that most of the common words are of, and
// of the telling letters, if these are enough and clearly more than of any
// other.
func (t *Text) detectLatin() string {
	const round = 32 // words after which to see whether it is clear
	var s scores
	for i := range min(len(t.words), enough) {
		if w := t.Word(i); len(w) <= longestCommon {
			if set := commonWords[pack(w)]; set != 0 {
				s.add(set, max(1, 4-bits.OnesCount32(uint32(set))))
			}
		}
		if i%round == round-1 {
			if first, second := s.leaders(); s[first] > 15 && s[first] > 2*s[second] {
				return latinLanguages[first]
			}
		}
	}
	t.countLetters(&s)
	first, second := s.leaders()
	unsure := s[first]*4 < s[second]*5 && !areNear(latinLanguages[first], latinLanguages[second])
	if s[first] < 4 || unsure {
		return ""
	}
	return latinLanguages[first]
}

// countLetters adds to the scores for the telling letters at the beginning of
// the text, of which three are as good as many.
func (t *Text) countLetters(s *scores) {
	var letters scores
	for in := t.clean[:min(len(t.clean), 10*enough)]; len(in) > 0; {
		r, size := rune(in[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(in)
			letters.add(tellingLetters[unicode.ToLower(r)], 1)
		}
		in = in[size:]
	}
	for n := range s {
		s[n] += min(3, letters[n])
	}
}

// areNear reports whether two languages are written so much alike that the
// stemmer of either will do.
func areNear(a, b string) bool { return a == "da" && b == "no" || a == "no" && b == "da" }
