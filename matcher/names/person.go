package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/matcher/names/translit"
)

// How many ways to write a word are followed up.
const (
	maxCounterparts     = 4 // in another East Slavic language
	maxGivens           = 2 // of a given name in one language
	maxSpellings        = 7 // in one system of romanisation
	maxForeignSpellings = 3 // the same, from a language that is not the person's own
	maxMiddles          = 3 // of a patronymic, and of a surname beside it
	maxBesideCases      = 2 // given names beside a surname that is declined while they are not
)

// A person is a name of Russia, Ukraine, Belarus or their neighbours, in
// parts, by language. given and patronymic may be empty.
type person struct {
	home       slavic.Lang // whose spelling is the person's own
	woman      bool
	given      [slavic.NumLangs][]string
	patronymic [slavic.NumLangs][]string
	surname    [slavic.NumLangs][]string
	latin      []string // Latin spellings of the given name that no system makes
	written    parts    // the Latin name as written in rules.yaml
}

// parts are the words of a name.
type parts struct{ given, patronymic, surname string }

// addPerson adds the forms of a person.
func addPerson(c *collector, n Name) {
	c.add(Form{Written: n.Latin, How: "as written", Alone: !strings.Contains(strings.TrimSpace(n.Latin), " ")})
	c.add(Form{Written: n.Native, How: "as written", Alone: !strings.Contains(strings.TrimSpace(n.Native), " ") && !inOnePiece(n.Native)})
	switch {
	case isCyrillic(n.Native):
		p := newPerson(n.Native)
		p.written = latinParts(n.Latin, p)
		p.addForms(c)
	case n.Native == "" && looksSlavic(n.Latin):
		p := newPerson(cyrillicOf(n.Latin))
		p.written = latinParts(n.Latin, p)
		p.addForms(c)
	case isFamilyFirst(strings.Fields(n.Latin), n.Native):
		addFamilyFirst(c, strings.Fields(n.Latin), n.Native)
		if r, _ := utf8.DecodeRuneInString(n.Native); unicode.Is(unicode.Han, r) {
			addKorean(c, strings.Fields(n.Latin))
		}
	default:
		addForeigner(c, n.Latin)
		addForeigner(c, n.Native)
	}
}

// addForms adds all forms of p.
func (p *person) addForms(c *collector) {
	p.addCyrillic(c)
	p.addLatin(c)
	p.addEastAsian(c)
}

// newPerson reads a name in Cyrillic letters.
func newPerson(native string) *person {
	p := &person{home: languageOf(native)}
	own := nativeParts(strings.Fields(native))
	g, in := givens().find(own.given)
	if g != nil {
		p.woman, p.latin = g.woman, g.latin
		if !in[p.home] && own.given != "" {
			p.home = firstOf(in, p.home)
		}
	} else {
		p.woman = looksFemale(own)
	}
	for l := range slavic.Lang(slavic.NumLangs) {
		p.surname[l] = counterparts(own.surname, p.home, l)
		p.patronymic[l] = counterparts(own.patronymic, p.home, l)
		p.patronymic[l] = p.patronymic[l][:min(1, len(p.patronymic[l]))]
		p.given[l] = counterparts(own.given, p.home, l)
		if g != nil {
			p.given[l] = givenIn(g, own.given, l, l == p.home)
		}
	}
	return p
}

// givenIn returns the spellings of g in l, with the one as written first if
// it is of that language.
func givenIn(g *given, written string, l slavic.Lang, home bool) []string {
	in := slices.Clone(g.in[l])
	if home && !slices.Contains(in, written) {
		in = slices.Insert(in, 0, written)
	}
	return in[:min(len(in), maxGivens)]
}

// firstOf returns the first language of in, or other if in is empty.
func firstOf(in [slavic.NumLangs]bool, other slavic.Lang) slavic.Lang {
	for l, ok := range in {
		if ok {
			return slavic.Lang(l)
		}
	}
	return other
}

// counterparts returns how a word of the language from is written in to.
func counterparts(word string, from, to slavic.Lang) []string {
	if word == "" {
		return nil
	}
	if from == to {
		return []string{word}
	}
	russian := []string{word}
	switch from {
	case slavic.Ukrainian:
		russian = translit.FromUkrainian().Spell(word, maxCounterparts)
	case slavic.Belarusian:
		russian = translit.FromBelarusian().Spell(word, maxCounterparts)
	}
	switch to {
	case slavic.Ukrainian:
		return translit.ToUkrainian().Spell(russian[0], maxCounterparts)
	case slavic.Belarusian:
		return translit.ToBelarusian().Spell(russian[0], maxCounterparts)
	}
	return russian
}

// languageOf tells the language of a Cyrillic name by its letters.
func languageOf(name string) slavic.Lang {
	name = strings.ToLower(name)
	switch {
	case strings.ContainsAny(name, "ў") || strings.Contains(name, "і") && strings.ContainsAny(name, "эы"):
		return slavic.Belarusian
	case strings.ContainsAny(name, "іїєґ'’"):
		return slavic.Ukrainian
	}
	return slavic.Russian
}

// nativeParts tells the given name, the patronymic and the surname apart. A
// word that ends like a patronymic shows the order; without one the surname
// comes last, unless only the last word is a known given name.
func nativeParts(words []string) parts {
	switch len(words) {
	case 0:
		return parts{}
	case 1:
		return parts{surname: words[0]}
	case 2:
		first, _ := givens().find(words[0])
		if last, _ := givens().find(words[1]); first == nil && last != nil {
			return parts{given: words[1], surname: words[0]}
		}
		return parts{given: words[0], surname: words[1]}
	}
	if isPatronymic(words[2]) && !isPatronymic(words[1]) {
		return parts{words[1], words[2], words[0]}
	}
	if isPatronymic(words[1]) {
		return parts{words[0], words[1], strings.Join(words[2:], " ")}
	}
	return parts{given: strings.Join(words[:len(words)-1], " "), surname: words[len(words)-1]}
}

// isPatronymic reports whether a Cyrillic word ends like a patronymic.
func isPatronymic(word string) bool {
	for ending := range strings.FieldsSeq("ович евич ьич овна евна ична івна ївна йович авіч евіч аўна еўна оглы кызы") {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// looksFemale tells by the endings, where the given name is not known.
func looksFemale(n parts) bool {
	for ending := range strings.FieldsSeq("овна евна ична івна ївна кызы") {
		if strings.HasSuffix(n.patronymic, ending) {
			return true
		}
	}
	if n.patronymic != "" || !hasSuffix(n.given, "а", "я") {
		return false
	}
	return hasSuffix(n.surname, "ова", "ева", "єва", "ина", "іна", "ская", "цкая", "ська", "цька", "ая")
}

// hasSuffix reports whether s ends in any of endings.
func hasSuffix(s string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(s, e) })
}

// isCyrillic reports whether s has Cyrillic letters and no others.
func isCyrillic(s string) bool {
	found := false
	for _, r := range s {
		if unicode.Is(unicode.Cyrillic, r) {
			found = true
		} else if unicode.IsLetter(r) {
			return r == 'ʼ' && found
		}
	}
	return found
}
