package main

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/places/data"
	"github.com/coupwatch/coupwatch/text"
)

// languages are those in which CLDR names countries for us, the most read
// first.
var languages = []language.Tag{
	language.English, language.Russian, language.Ukrainian, language.Make("be"), language.French, language.Spanish,
	language.German, language.Arabic, language.Chinese, language.Portuguese, language.Italian, language.Polish,
	language.Turkish, language.Dutch, language.Czech, language.Swedish, language.Persian, language.Japanese, language.Korean,
}

// further are languages that CLDR names countries in, too, and that share their
// letters with those that most news is in. Their names count only in texts in
// their own language: Vietnamese Nga is Russia, and much else elsewhere.
var further = strings.Fields("az bg bs da et eu fi ha hr hu id is kk ky lt lv mk mn ms no ps ro sk sl so sq sr sr-Latn sw tg tk ur uz vi zh-Hant")

// apart are those whose letters tell them from all others.
var apart = strings.Fields("am bn el he hi hy ka km lo my ta te th")

// A namer names countries in a language.
type namer struct {
	base    string // the code of the language
	regions display.Namer
}

// inflected are the namers of languages, and plain those of the others.
var (
	inflected = sync.OnceValue(func() []namer { return namers(languages) })
	plain     = sync.OnceValue(func() []namer {
		var tags []language.Tag
		for _, lang := range slices.Concat(apart, further) {
			tags = append(tags, language.Make(lang))
		}
		return namers(tags)
	})
)

func namers(tags []language.Tag) []namer {
	all := make([]namer, len(tags))
	for i, tag := range tags {
		base, _ := tag.Base()
		all[i] = namer{base.String(), display.Regions(tag)}
	}
	return all
}

// confined reports whether names in a language count only in texts in it.
var confined = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, lang := range further {
		all[lang] = lang != "zh-Hant"
	}
	return all
})

// misleading are the names of misleading.txt, folded: those to leave out, and
// those that count only in a text in their language. What misleads in one
// language but English does so in the others that write it so.
var misleading = sync.OnceValue(func() (all struct{ everywhere, abroad map[string]bool }) {
	all.everywhere, all.abroad = map[string]bool{}, map[string]bool{}
	for line := range data.Lines(data.MisleadingTXT) {
		lang, words, _ := strings.Cut(line, ":")
		for word := range strings.FieldsSeq(words) {
			if lang == "all" {
				all.everywhere[text.Fold(strings.ReplaceAll(word, "_", " "))] = true
				continue
			}
			for _, form := range slices.Concat(cases(lang, word), adjectives(lang, word)) {
				all.abroad[text.Fold(form)] = true
			}
		}
	}
	return all
})

// englishNames are the codes of countries by their folded English names.
var englishNames = sync.OnceValue(func() map[string]string {
	byName := map[string]string{}
	for _, c := range data.Countries() {
		byName[text.Fold(c.Common)] = c.Code
	}
	return byName
})

// A builder gathers forms.
type builder struct {
	forms []places.Form
	byKey map[string]int
}

// add adds a form in a language that names what of a country. Capitals are
// wanted if the spelling has any: also where an adjective in lower case is the
// same as a country's name, as Spanish "china" is. Left out are words of one
// letter, misleading ones, and another country's English name.
func (b *builder) add(code string, kind places.Kind, lang, written string) {
	words := text.Words(written)
	key := strings.Join(words, " ")
	if len(words) == 0 || len(words) == 1 && utf8.RuneCountInString(words[0]) < 2 || misleading().everywhere[key] {
		return
	}
	if owner := englishNames()[key]; lang != "en" && owner != "" && owner != code {
		return
	}
	f := places.Form{Words: words, Written: written, Code: code, Kind: kind, Lang: lang}
	f.Exact = strings.ToLower(written) != written
	abroad := lang != "en" && misleading().abroad[key]
	key += "|" + code
	if _, known := b.byKey[key]; abroad || confined()[lang] && !known {
		f.Only = true
		key += "|" + lang
	}
	if i, ok := b.byKey[key]; ok {
		known := &b.forms[i]
		if known.Kind == kind {
			known.Exact = known.Exact && f.Exact
		}
		if !known.Exact || f.Exact || known.Kind == kind || lang != "fr" { // French "arménien" is no German "Armenien"
			return
		}
		f.Only = true
		key += "|" + lang
		if _, ok := b.byKey[key]; ok {
			return
		}
	}
	b.byKey[key] = len(b.forms)
	b.forms = append(b.forms, f)
}

// sorted returns the forms in their order.
func (b *builder) sorted() []places.Form {
	slices.SortFunc(b.forms, func(x, y places.Form) int {
		if words := slices.Compare(x.Words, y.Words); words != 0 { // as nearly always
			return words
		}
		return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Lang, y.Lang))
	})
	return b.forms
}

// addNoun adds a name of a country or a capital in all its cases.
func (b *builder) addNoun(code string, kind places.Kind, lang, name string) {
	for _, form := range cases(lang, name) {
		b.add(code, kind, lang, form)
	}
}

// addCountry adds the names of a country and its demonyms of the data set.
func (b *builder) addCountry(c data.Country) {
	b.addNoun(c.Code, places.Country, "en", c.Common)
	if short := shortened(c.Common); short != "" {
		b.add(c.Code, places.Country, "en", short)
	}
	b.addNoun(c.Code, places.Country, "en", c.Official)
	if region, err := language.ParseRegion(c.Code); err == nil {
		for _, in := range inflected() {
			for _, name := range unpacked(in.regions.Name(region)) {
				b.addNoun(c.Code, places.Country, in.base, name)
			}
		}
		b.addFurther(c.Code, region)
	}
	for _, n := range c.Names {
		b.addNoun(c.Code, places.Country, n[0], capitalised(n[1]))
	}
	for _, d := range c.English {
		for _, form := range englishPeople(d) {
			b.add(c.Code, places.Nationality, "en", form)
		}
	}
	for _, form := range frenchPeople(c.French) {
		b.add(c.Code, places.Nationality, "fr", form)
	}
}

// shortened returns an English name whose first word is a quarter of the
// compass as headlines have it: "N Korea"; "" for other names.
func shortened(name string) string {
	quarter, rest, _ := strings.Cut(name, " ")
	switch quarter {
	case "North", "South", "East", "West":
		return quarter[:1] + " " + rest
	}
	return ""
}

// addFurther adds the names of a country in the other languages of CLDR, in
// the one form from which package text tells the inflected ones.
func (b *builder) addFurther(code string, region language.Region) {
	for _, in := range plain() {
		for _, name := range unpacked(in.regions.Name(region)) {
			b.add(code, places.Country, in.base, capitalised(name))
		}
	}
}

// capitalised returns a name with a capital at its beginning, which the data
// set forgets now and then.
func capitalised(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[size:] // of Georgian, ToUpper would be of headlines
}

// unpacked returns the names in one of CLDR: "Myanmar (Burma)" is two, and of
// "Hong Kong SAR China" only the first words are.
func unpacked(name string) []string {
	for _, mark := range []string{" SAR ", " (САР", ", САР", "（", " – ", " - "} {
		name, _, _ = strings.Cut(name, mark)
	}
	for _, mark := range []string{"RAE de ", "R.A.E. de ", "RAE da ", "R.A.S. de ", "RAS di ", "Sonderverwaltungsregion "} {
		name = strings.TrimPrefix(name, mark)
	}
	outer, inner, ok := strings.Cut(name, " (")
	if !ok {
		return []string{name}
	}
	return []string{outer, strings.TrimSuffix(inner, ")")}
}

// addAliases adds the names of aliases.tsv.
func (b *builder) addAliases() {
	for _, a := range data.Aliases() {
		for _, name := range a.Names {
			switch a.Kind {
			case "n":
				b.add(a.Code, places.Nationality, a.Lang, name)
			case "p":
				b.addNoun(a.Code, places.Capital, a.Lang, name)
			default:
				b.addNoun(a.Code, places.Country, a.Lang, name)
			}
		}
	}
}

// addNationalities adds the forms of nationalities.tsv.
func (b *builder) addNationalities() {
	langs := []string{"ru", "uk", "de", "es", "it", "pt", "pl"}
	for line := range data.Lines(data.NationalitiesTSV) {
		fields := strings.Split(line, "\t")
		for i, lang := range langs {
			adjective, people, _ := strings.Cut(fields[i+1], "/")
			if adjective == "-" {
				continue
			}
			for _, form := range append(adjectives(lang, adjective), peoples(lang, people)...) {
				b.add(fields[0], places.Nationality, lang, form)
			}
		}
	}
	for _, c := range data.Countries() {
		for _, n := range c.Names {
			if n[0] == "ar" {
				for _, form := range arabicAdjectives(n[1]) {
					b.add(c.Code, places.Nationality, "ar", form)
				}
			}
		}
	}
}

// addCapitals adds the capitals: the English names of the data set, those of
// CLDR and those by hand.
func (b *builder) addCapitals() {
	for _, c := range data.Countries() {
		for _, capital := range c.Capitals {
			b.addNoun(c.Code, places.Capital, "en", strings.TrimPrefix(capital, "City of "))
		}
	}
	for line := range data.Lines(data.CapitalsTSV) {
		f := strings.Split(line, "\t")
		for _, n := range data.Pairs(f[2]) {
			b.addNoun(f[0], places.Capital, n[0], n[1])
		}
	}
	for line := range data.Lines(data.HandCapitalsTSV) {
		f := strings.Split(line, "\t")
		for i, lang := range []string{"ru", "uk", "ar", "zh"} {
			b.addNoun(f[0], places.Capital, lang, f[i+1])
		}
		for pair := range strings.FieldsSeq(f[5]) {
			lang, name, _ := strings.Cut(pair, ":")
			b.addNoun(f[0], places.Capital, lang, strings.ReplaceAll(name, "_", " "))
		}
	}
}

// addShields adds the forms that name no country.
func (b *builder) addShields() {
	for line := range data.Lines(data.NotPlacesTXT) {
		b.add("", places.Country, "en", line)
	}
}
