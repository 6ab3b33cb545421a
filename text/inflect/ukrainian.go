package inflect

import (
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
)

// The stemmers of Ukrainian and Belarusian are ours, since Snowball has none.
// They take off the longest ending that leaves a stem of three letters with a
// vowel, then even out the sounds that change in it: they serve to find the
// forms of one word, and know nothing of word formation.

// ukrainianEndings lists the endings of nouns, adjectives, participles and
// verbs, without the reflexive -ся.
const ukrainianEndings = `
а у ю я о е є и і ї ь й ові еві єві ом ем єм ою ею єю ам ям ами ями ах ях ів їв ей
ія ії ію ією ій іям іями іях іє ія ієм ієві
ий ій ого ього ому ьому ої ьої їй їм ім им ім их іх ими іми яя юю є єю
ння нню нням нні нь ннями ннях
ення енню енням енні еннями еннях ень ений ена ене ені еного еному еної ену еною еним ених еними ено
лення ленню ленням ленні лень лений лена лене лені леного леному леної лену леною леним лених лено
ання анню анням анні аннями аннях ань ений аний ана ане ані аного аному аної ану аною аним аних аними ано
яння янню янням яний яна яне яні яного яному яної яну яною яним яних яними яно
ований ована оване овані ованого ованому ованої овану ованою ованим ованих ованими овано ування уванню уванням увань
юваний ювана юване ювані юваного юваному юваних юваними ювано ювання юванню юванням
ати яти ити іти ути їти ать ять ить уть ють їть еть
утий ута уте уті утого утих уто
ав яв ив ів їв ув ала яла ила іла їла ула ало яло ило іло їло уло али яли или іли їли ули
ає яє ує ює аємо яємо уємо юємо аєте яєте уєте юєте ають яють ують юють аєш яєш уєш юєш аю яю ую юю
увати ував увала увало ували ує уємо уєте ують ую уй уйте
ювати ював ювала ювало ювали
овувати овував овувала овували овує овують
имо ите иш емо ете еш імо іть
ши вши авши ивши увавши
ість ості істю остей остям остями остях`

// belarusianEndings lists the same for Belarusian, which writes as it speaks:
// а for unstressed о, ў for в, ць for ть.
const belarusianEndings = `
а у ю я о е э ы і ь й ам ям ом ем ой ай ей ёй ою аю еяю амі ямі ах ях аў яў оў ёў еў
ыя ыі ыю ыяй ія іі ію іяй іям іямі іях ыям ыямі ыях
ы ага яга аму яму ай яй ую юю ыя ія ым ім ых іх ымі імі ое ае яе
ня нне ння нню ннем нняў ннях анне ання анню аннем енне ення енню еннем энне эння
аны аная анае аныя анага анаму анай аную аным аных анымі ана яны еная ены еныя енага ены эны эная эныя
аць яць іць ыць уць юць ець эць ці
аў яў іў ыў еў ала яла іла ыла ела ало ала алі ялі ілі ылі елі
ае яе уе юе аюць яюць уюць ююць аем яем уем аеш аю яю ую
аваны авана аванае аваныя аванага аваных
аваць яваць аваў явала авала авалі явалі ваў вала валі
ім ыш іш еш эш
асць асці асцю`

// The endings of the two languages. They are never changed.
var ukrainian, belarusian = newEndings(ukrainianEndings), newEndings(belarusianEndings)

// endings is a set of endings. It is never changed.
type endings struct {
	set     map[string]bool
	longest int // in letters
}

func newEndings(list string) endings {
	e := endings{set: map[string]bool{}}
	for _, ending := range strings.Fields(list) {
		ending = text.Fold(ending)
		e.set[ending] = true
		e.longest = max(e.longest, utf8.RuneCountInString(ending))
	}
	return e
}

// cut takes the longest ending off a word that leaves a stem of three letters
// or more with a vowel.
func (e endings) cut(word []rune) []rune {
	for n := min(e.longest, len(word)-3); n > 0; n-- {
		stem := word[:len(word)-n]
		if e.set[string(word[len(stem):])] && hasVowel(stem) {
			return stem
		}
	}
	return word
}

func hasVowel(letters []rune) bool {
	for _, r := range letters {
		if isVowel(r) {
			return true
		}
	}
	return false
}

func isVowel(r rune) bool { return strings.ContainsRune("аеиоуюяіїєыэ", r) }

// stemUkrainian returns the stem of a folded Ukrainian word.
func stemUkrainian(folded string) string {
	if stem, ok := irregular(folded); ok {
		return stem
	}
	if of, ok := strings.CutSuffix(folded, "ець"); ok { // повстанець, повстанця
		folded = of + "ц"
	}
	word := withoutReflexive([]rune(folded), "ся", "сь")
	return string(evenOut(ukrainian.cut(word)))
}

// stemBelarusian returns the stem of a folded Belarusian word.
func stemBelarusian(folded string) string {
	if stem, ok := irregular(folded); ok {
		return stem
	}
	if of, ok := strings.CutSuffix(folded, "ец"); ok { // паўстанец, паўстанца
		folded = of + "ц"
	}
	word := withoutReflexive([]rune(folded), "ся", "цца")
	return string(evenOut(belarusian.cut(word)))
}

// slavicNouns lists stems of Ukrainian and Belarusian nouns whose end looks
// like the ending of a verb.
const slavicNouns = `
генерал адмірал скандал трибунал капітал дипломат солдат депутат кандидат автомат апарат адвокат сенат мандат режим замах держав
дыпламат дэпутат рэжым`

// slavicVariants lists words whose forms differ before the ending: the stem,
// and how the forms begin.
const slavicVariants = `
посл посол
бійк боєць бійц
втек втік утік утек втеч
вбит убит убив вбив убил вбил
уцек уцяк`

// irregularStems holds the stems of both lists by how their forms begin. It is
// never changed.
var irregularStems = func() map[string]string {
	stems := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(slavicVariants), "\n") {
		words := strings.Fields(line)
		for _, beginning := range words {
			stems[beginning] = words[0]
		}
	}
	for _, noun := range strings.Fields(slavicNouns) {
		stems[noun] = noun
	}
	return stems
}()

// irregularEndings are those of the nouns and verbs in irregularStems.
var irregularEndings = strings.Fields(`
а у ю я е и і ы о ь ом ем ам ах ою ай ів аў ові еві ами амі ла ло ли лі ти чы уть ий ій ого их ої им ими`)

// irregular returns the stem of a form of an irregular word.
func irregular(folded string) (string, bool) {
	if stem, ok := irregularStems[folded]; ok {
		return stem, true
	}
	for _, ending := range irregularEndings {
		if beginning, ok := strings.CutSuffix(folded, ending); ok {
			if stem, ok := irregularStems[beginning]; ok {
				return stem, true
			}
		}
	}
	return "", false
}

// withoutReflexive takes a reflexive particle off a word of six letters or
// more.
func withoutReflexive(word []rune, particles ...string) []rune {
	for _, p := range particles {
		n := utf8.RuneCountInString(p)
		if len(word) > n+3 && string(word[len(word)-n:]) == p {
			return word[:len(word)-n]
		}
	}
	return word
}

// evenOut undoes, in place, the changes of sound between the forms of a word
// at the end of its stem: a double consonant becomes single, a fleeting vowel
// goes (початок, початку), і in a closed syllable becomes о, and a
// softened consonant hard (розвідці, розвідка). The -ов- of an adjective goes
// too, as -ові is also a case of the noun.
func evenOut(stem []rune) []rune {
	n := len(stem)
	if n > 3 && stem[n-1] == stem[n-2] && !isVowel(stem[n-1]) {
		n--
	}
	if n > 6 && string(stem[n-2:n]) == "ов" {
		n -= 2
	}
	out := stem[:n]
	if n < 3 {
		return out
	}
	switch ending := string(out[n-2:]); {
	case n > 3 && ending == "ок":
		out = append(out[:n-2], out[n-1])
		n--
	case !isVowel(out[n-1]) && out[n-2] == 'і':
		out[n-2] = 'о'
	}
	switch out[n-1] {
	case 'ц', 'ч':
		out[n-1] = 'к'
	case 'з', 'ж':
		out[n-1] = 'г'
	}
	return out
}
