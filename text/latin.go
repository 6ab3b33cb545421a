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
en the of and to in is for that with on was by as at from his has it are after who will not be an says over its have their were been this he said but they had would or so pro me more into than up out off down back which what when while how until still among amid about two told ask asks call calls called say gets give gives find finds under last next own our my your she her him should could against before only where since
fr le la les des et un une du en pour dans que qui sur par au est pas avec ce il plus aux sont se ont son apres ses sans contre leur leurs ces cette etre deux mais ou selon chez sous vers fait etait entre tout tous hier demain nouveau depuis jour jours ca c'est qu'il n'est
es el la los las de del y en que por con un una para su se al es como mas no lo fue sus ha sobre tras sin entre desde hasta pero han ser dos contra segun son quien este esta esto ya muy ante cuando donde antes
de der die das und in den von zu mit dem auf fur ist im ein eine nicht des sich als nach bei aus wird sie er hat gegen uber zum zur vom soll sollen haben wegen vor unter noch wurde wurden werden sind seine seiner seinen ihre ihrer einer eines einem einen kein keine zwischen ohne durch laut sei bis beim war wie oder nur schon dass am ab setzt
it il la di e che in un per del della dei con una non si le al da sono gli nel alla lo ha dopo i ma dal dalla delle degli nei nella nelle alle agli sul sulla anche tra fra chi loro suo sua suoi due tre otto tutti contro senza come ci hanno stato
pt o a os as de do da dos das e que em um uma para com por nao no na se ao mais foi apos pelo pela pelos pelas sem mesmo ser diz seu sua entre ate contra nas nos aos como ja dia ver ter isso
nl de het een van en in op is te dat voor met zijn niet aan die er naar bij door om ook uit over na wordt tegen als maar heeft werd geen nog onder der dan zij
sv och att det som pa ar av for med den en till har tagit inte om ett i efter mot
da og at det som pa er af for med den en til har ikke om et i efter mod
no og a det som pa er av for med den en til har ikke om et i etter mot
fi ja on ei etta oli se han mutta kun ovat myos ole
hu a az es hogy nem egy is meg volt van el
ro si de in la cu pe nu care din pentru sa un o este al fost
tr ve bir bu icin da de ile olarak daha cok olan gibi sonra var yok ne eski yeni son ilk her kadar karsi gore oldu etti edildi istifa ise icinde asker ordu degil mi darbe gece basbakan
pl w i z na do nie sie jest ze o od po przez za jak to pod dla oraz przed nad bez ale byl przy ma juz tylko
cs a v se na je ze s z do o k i pro by po`

// telling lists letters that few languages have.
const telling = `
de ßäöü
es ñ¿¡óíú
pt ãõóíúâ
fr çéèêàùîïûœ
pl ąęśźżćńł
cs řůěťď
hu őűöü
tr ğşıöüç
ro țșăţş
da æø
no æøå
sv åäö
fi äö
it ò`

// endings lists what many words of a language end in, folded, and hardly any of
// another.
const endings = `
de ungen schen ischer isches iert keit
fr aient euses eaux
es cion ciones
pt cao coes
it zione zioni ggio
nl lijk heid
pl owie owego skiego nych
tr larin lerin lari leri inda inde ndan nden iyor acak ecek masi mesi nin`

// A languageSet is a set of the languages in latinLanguages, by their place.
type languageSet uint32

// latinLanguages are the languages of common; commonWords, commonEndings and
// tellingLetters say of which ones a word, an ending or a letter is. They are
// never changed.
var latinLanguages, commonWords, commonEndings, tellingLetters = func() (names []string, words, ends map[uint64]languageSet, letters map[rune]languageSet) {
	words, ends, letters = map[uint64]languageSet{}, map[uint64]languageSet{}, map[rune]languageSet{}
	place := map[string]int{}
	for n, line := range strings.Split(strings.TrimSpace(common), "\n") {
		fields := strings.Fields(line)
		names = append(names, fields[0])
		place[fields[0]] = n
		for _, w := range fields[1:] {
			words[pack([]byte(w))] |= 1 << n
		}
	}
	for line := range strings.SplitSeq(strings.TrimSpace(endings), "\n") {
		fields := strings.Fields(line)
		for _, e := range fields[1:] {
			ends[pack([]byte(e))] |= 1 << place[fields[0]]
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(telling), "\n") {
		lang, set, _ := strings.Cut(line, " ")
		for _, r := range set {
			letters[r] |= 1 << place[lang]
		}
	}
	return names, words, ends, letters
}()

// longestCommon is the length of the longest of the common words that is
// looked up.
const longestCommon = 8

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
		w := t.Word(i)
		if len(w) <= longestCommon {
			if set := commonWords[pack(w)]; set != 0 {
				s.add(set, max(1, 4-bits.OnesCount32(uint32(set))))
			}
		}
		s.add(endingOf(w), 2)
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

// endingOf returns the languages that the ending of a word tells of; none if it
// is hardly more than the ending.
func endingOf(word []byte) (set languageSet) {
	const shortest, longest = 3, 6
	for n := shortest; n <= longest && n+2 <= len(word); n++ {
		set |= commonEndings[pack(word[len(word)-n:])]
	}
	return set
}

// countLetters adds to the scores for the telling letters at the beginning of
// the text, of which three are as good as many. Those in words without a capital
// count twice: names come from everywhere.
func (t *Text) countLetters(s *scores) {
	const enoughLetters = 3
	var named, plain scores
	inWord, capital := false, false
	for in := t.clean[:min(len(t.clean), 10*enough)]; len(in) > 0; {
		r, size := utf8.DecodeRune(in)
		in = in[size:]
		isLetter := unicode.IsLetter(r)
		if isLetter && !inWord {
			capital = unicode.IsUpper(r)
		}
		inWord = isLetter || inWord && (r == '\'' || r == '’')
		switch set := tellingLetters[unicode.ToLower(r)]; {
		case r < utf8.RuneSelf:
		case capital:
			named.add(set, 1)
		default:
			plain.add(set, 1)
		}
	}
	for n := range s {
		s[n] += min(enoughLetters, named[n]+plain[n]) + min(enoughLetters, plain[n])
	}
}

// areNear reports whether two languages are written so much alike that the
// stemmer of either will do.
func areNear(a, b string) bool { return a == "da" && b == "no" || a == "no" && b == "da" }
