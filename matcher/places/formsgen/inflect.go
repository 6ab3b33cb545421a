package main

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
)

// cases returns a name in the cases of its language, itself first.
func cases(lang, name string) []string {
	switch lang {
	case "ru":
		return slavicCases(name, slavic.Russian, " и ")
	case "uk":
		return slavicCases(name, slavic.Ukrainian, " і ")
	case "be":
		return slavicCases(name, slavic.Belarusian, " і ")
	case "pl", "cs":
		return latinCases(lang, name)
	case "de", "nl", "sv":
		if last := name[len(name)-1]; last >= 'a' && last <= 'y' && last != 's' && last != 'x' {
			return []string{name, name + "s"}
		}
	case "ar":
		return arabicParticles(name)
	}
	return []string{name}
}

// slavicCases declines a name; of two that and joins, both.
func slavicCases(name string, l slavic.Lang, and string) []string {
	if slavic.Acronym(name) || strings.ToUpper(firstLetter(name)) != firstLetter(name) {
		return []string{name}
	}
	left, right, joined := strings.Cut(name, and)
	var out []string
	for _, d := range slavic.Phrase(strings.Fields(left), l) {
		head := strings.Join(d.Words, " ")
		if !joined {
			out = append(out, head)
			continue
		}
		for _, e := range slavic.Phrase(strings.Fields(right), l) {
			if e.Case == d.Case || len(slavic.Phrase(strings.Fields(right), l)) == 1 {
				out = append(out, head+and+strings.Join(e.Words, " "))
			}
		}
	}
	return out
}

// firstLetter returns the first letter of s.
func firstLetter(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// An inflection says what becomes of a word that has an ending: the ending is
// replaced by each of those.
type inflection struct {
	ending string
	by     string
}

// latinDeclensions are the cases of Polish and Czech names of one word, as far
// as they are regular.
var latinDeclensions = map[string][]inflection{
	"pl": {
		{"ja", "ja ji ję ją jo"},
		{"ia", "ia ii ie ię ią"},
		{"ka", "ka ki ce kę ką"},
		{"ga", "ga gi dze gę gą"},
		{"ra", "ra ry rze rę rą"},
		{"da", "da dy dzie dę dą"},
		{"wa", "wa wy wie wę wą"},
		{"na", "na ny nie nę ną"},
		{"la", "la li lę lą"},
		{"a", "a y ie ę ą"},
		{"y", "y ∅ om ami ach"},
		{"i", "i"},
		{"o", "o"},
		{"e", "e"},
		{"u", "u"},
		{"r", "r ru rowi rem rze"},
		{"d", "d du dowi dem dzie"},
		{"k", "k ku kowi kiem"},
		{"", "∅ u a owi em ie"},
	},
	"cs": {
		{"sko", "sko ska sku skem"},
		{"cko", "cko cka cku ckem"},
		{"ie", "ie ii ií"},
		{"je", "je ji jí"},
		{"na", "na ny ně nu nou"},
		{"ka", "ka ky ce ku kou"},
		{"a", "a y ě u ou"},
		{"o", "o a u em"},
		{"e", "e"},
		{"i", "i"},
		{"u", "u"},
		{"y", "y"},
		{"", "∅ u ě em"},
	},
}

// latinCases returns the cases of a name of one word in Polish or Czech.
func latinCases(lang, name string) []string {
	if slavic.Acronym(name) || strings.Contains(name, " ") {
		return []string{name}
	}
	return replaced(latinDeclensions[lang], name)
}

// replaced returns word with its ending replaced as the first inflection that
// fits says. "∅" is no ending.
func replaced(all []inflection, word string) []string {
	for _, in := range all {
		stem, ok := strings.CutSuffix(word, in.ending)
		if !ok {
			continue
		}
		var out []string
		for by := range strings.FieldsSeq(in.by) {
			out = append(out, stem+strings.TrimPrefix(by, "∅"))
		}
		return out
	}
	return []string{word}
}

// adjectiveEndings are the endings of adjectives of nationality in all genders,
// numbers and cases, by language.
var adjectiveEndings = map[string][]inflection{
	"ru": {{"ий", "ий ого ому им ом ая ой ую ою ое ие их ими"}},
	"uk": {{"ий", "ий ого ому им ім а ої ій у ою е і их ими"}},
	"de": {{"", "∅ e er en em es"}},
	"es": {
		{"és", "és esa eses esas"},
		{"án", "án ana anes anas"},
		{"ón", "ón ona ones onas"},
		{"ol", "ol ola oles olas"},
		{"í", "í íes ís"},
		{"o", "o a os as"},
		{"e", "e es"},
		{"a", "a as"},
		{"", "∅ es s"},
	},
	"it": {
		{"co", "co ca ci chi che"},
		{"go", "go ga ghi ghe"},
		{"io", "io ia i ie"},
		{"o", "o a i e"},
		{"ga", "ga gi ghe"},
		{"a", "a i e"},
		{"e", "e i"},
		{"", "∅"},
	},
	"pt": {
		{"ês", "ês esa eses esas"},
		{"ão", "ão ã ãos ães ãs"},
		{"eu", "eu eia eus eias"},
		{"o", "o a os as"},
		{"l", "l la is"},
		{"z", "z zes"},
		{"", "∅ s"},
	},
	"pl": {
		{"ski", "ski skiego skiemu skim ska skiej ską skie skich skimi scy"},
		{"cki", "cki ckiego ckiemu ckim cka ckiej cką ckie ckich ckimi ccy"},
		{"ki", "ki kiego kiemu kim ka kiej ką kie kich kimi cy"},
	},
}

// adjectives returns the forms of an adjective of nationality.
func adjectives(lang, adjective string) []string { return replaced(adjectiveEndings[lang], adjective) }

// peopleEndings are the endings of the plural of a people's name.
var peopleEndings = map[string][]inflection{
	"ru": {
		{"цы", "цы цев цам цами цах"},
		{"не", "не н нам нами нах"},
		{"ки", "ки ков кам ками ках"},
		{"ы", "ы ов ∅ ам ами ах"},
		{"и", "и ов ам ами ах"},
	},
	"uk": {
		{"ці", "ці ців цям цями цях"},
		{"яни", "яни ян янам янами янах"},
		{"ани", "ани ан анам анами анах"},
		{"и", "и ів ам ами ах"},
	},
}

// peoples returns the cases of a people's name in the plural.
func peoples(lang, plural string) []string {
	if plural == "" {
		return nil
	}
	return replaced(peopleEndings[lang], plural)
}

// englishPeople returns a demonym and, where it is regular, its plural.
func englishPeople(demonym string) []string {
	for _, ending := range []string{"an", "i", "er", "ard", "ot", "ite", "ian"} {
		if strings.HasSuffix(demonym, ending) {
			return []string{demonym, demonym + "s"}
		}
	}
	return []string{demonym}
}

// frenchPeople returns demonyms in the singular and the plural.
func frenchPeople(demonyms []string) []string {
	var out []string
	for _, d := range demonyms {
		d = strings.ToLower(d)
		out = append(out, d)
		if !strings.HasSuffix(d, "s") && !strings.HasSuffix(d, "x") {
			out = append(out, d+"s")
		}
	}
	return out
}

// arabicParticles returns a name and the same with the particles that are
// written as one word with it: and, in, for.
func arabicParticles(name string) []string {
	out := []string{name, "و" + name, "ب" + name}
	if bare, ok := strings.CutPrefix(name, "ال"); ok {
		return append(out, "لل"+bare)
	}
	return append(out, "ل"+name)
}

// arabicAdjectives returns the adjective that regularly goes with the Arabic
// name of a country, if it has one word, in its genders, in the plural and
// with the article.
func arabicAdjectives(name string) []string {
	if strings.Contains(name, " ") {
		return nil
	}
	stem := strings.TrimPrefix(name, "ال")
	for _, ending := range []string{"يا", "ا", "ة", "ي"} {
		if cut, ok := strings.CutSuffix(stem, ending); ok {
			stem = cut
			break
		}
	}
	if utf8.RuneCountInString(stem) < 2 {
		return nil
	}
	var out []string
	for _, ending := range []string{"ي", "ية", "يون", "يين"} {
		out = append(out, stem+ending, "ال"+stem+ending)
	}
	return slices.DeleteFunc(out, func(s string) bool { return s == name })
}
