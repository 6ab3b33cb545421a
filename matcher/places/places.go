// Package places knows the countries of the world, their nationalities and
// their capitals in the languages that the news is written in.
//
// The names of countries come from CLDR (golang.org/x/text) and from the
// world-countries data set, capitals from that and from the exemplar cities of
// CLDR's time zones; data/LICENSE-places names versions and licences, and
// gen.go makes the files anew. What no data set has, the adjectives of
// nationality beyond English and French and the capitals that are no time
// zone, are tables of ours in data.
//
// Russian, Ukrainian, Belarusian, Polish and Czech forms are declined,
// adjectives stand in all genders and numbers, and Arabic words have their
// particles; of other languages the one form is here from which package text
// tells the inflected ones. formsgen makes them, into data/forms.tsv. Everything is
// read on first use, and is safe for concurrent use.
package places

import (
	"slices"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/matcher/places/data"
	"github.com/coupwatch/coupwatch/text"
)

//go:generate go run gen.go -countries countries/package -cldr cldr/package
//go:generate go run ./formsgen

// A Kind says what of a country a form names.
type Kind int

// The kinds.
const (
	Country     Kind = iota // Mali
	Nationality             // Malian, Malians
	Capital                 // Bamako
)

// String returns "country", "nationality" or "capital".
func (k Kind) String() string { return [...]string{"country", "nationality", "capital"}[k] }

// A Form is one way to name a country, its people or its capital: words that
// stand side by side in a text. Some words name two countries, as Congo and
// Congolese do; then there is a form for each.
//
// A form without a Code names no country: "New Mexico", "Washington Post". It
// is there so that the longest match keeps the shorter one inside it out.
type Form struct {
	Words   []string // folded by [text.Fold]
	Written string   // the same before folding, as people write it
	Code    string   // ISO 3166-1 alpha-2, in lower case: "ml"; Kosovo is "xk"; "" for no country
	Kind    Kind
	Exact   bool   // what is a capital in Written must be one in the text
	Only    bool   // it says something else in other languages: count it only in a text in Lang
	Lang    string // the language of the form, or the first of several: "en"
}

// forms are all forms, nil until somebody needs them.
var forms struct {
	sync.Mutex
	all []Form
}

// Forms returns every form, sorted by words, then by code and kind. The slice
// is shared: do not change it.
func Forms() []Form {
	forms.Lock()
	defer forms.Unlock()
	if forms.all == nil {
		forms.all = readForms()
	}
	return forms.all
}

// Forget gives back the memory of [Forms], an eighth of what the rules take: a
// daemon that has made its rules ready needs them no more until it makes others.
// They are read again, in some ten milliseconds, when they are asked for.
func Forget() {
	forms.Lock()
	defer forms.Unlock()
	forms.all = nil
}

// namesakes are the words of namesakes.txt.
var namesakes = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for line := range data.Lines(data.NamesakesTXT) {
		for word := range strings.FieldsSeq(line) {
			all[word] = true
		}
	}
	return all
})

// IsNamesake reports whether people are called like the country or capital of
// that folded name, as Chad, Jordan or Paris: before a surname it is one of
// them.
func IsNamesake(folded string) bool { return namesakes()[folded] }

// Name returns the English name of a country by its code, however capitalised:
// "Mali" for "ml". It returns "" if there is no such country.
func Name(code string) string {
	for _, c := range data.Countries() {
		if c.Code == strings.ToLower(code) {
			return c.Common
		}
	}
	return ""
}

// codes finds countries by their folded names and codes in English.
var codes = sync.OnceValue(func() map[string]string {
	byName := map[string]string{}
	note := func(name, code string) {
		if k := text.Fold(name); byName[k] == "" {
			byName[k] = code
		}
	}
	for _, c := range data.Countries() {
		note(c.Code, c.Code)
		note(c.Common, c.Code)
		note(c.Official, c.Code)
		note(c.Alpha3, c.Code)
	}
	for _, a := range data.Aliases() {
		if a.Lang == "en" && a.Kind == "c" {
			for _, name := range a.Names {
				note(name, a.Code)
			}
		}
	}
	return byName
})

// Names returns the common English names of all countries, sorted.
func Names() []string { return slices.Clone(commonNames()) }

var commonNames = sync.OnceValue(func() []string {
	var names []string
	for _, c := range data.Countries() {
		names = append(names, c.Common)
	}
	slices.Sort(names)
	return names
})

// Code returns the code of a country by its English name, common, official or
// former, or by its two- or three-letter code, however capitalised.
func Code(name string) (code string, ok bool) {
	code, ok = codes()[text.Fold(name)]
	return code, ok
}

// regionsByName are the regions by name; codes are sorted.
var regionsByName = sync.OnceValue(func() map[string][]string {
	byName := map[string][]string{}
	for _, c := range data.Countries() {
		if c.Member {
			byName["un"] = append(byName["un"], c.Code)
		}
		for _, region := range []string{c.Region, c.Subregion} {
			if k := regionKey(region); k != "" && !slices.Contains(byName[k], c.Code) {
				byName[k] = append(byName[k], c.Code)
			}
		}
	}
	for line := range data.Lines(data.RegionsTXT) {
		name, list, _ := strings.Cut(line, ":")
		byName[name] = strings.Fields(list)
	}
	for _, list := range byName {
		slices.Sort(list)
	}
	return byName
})

// regionKey writes the name of a region as [Regions] does.
func regionKey(name string) string { return strings.Join(text.Words(name), "-") }

// Region returns the codes of the countries of a region, sorted, or nil if it
// is not one of [Regions]. "Western Africa" is the same as "western-africa".
func Region(name string) []string { return slices.Clone(regionsByName()[regionKey(name)]) }

// Regions returns the names of all regions, sorted: the continents and
// subregions of the United Nations, as "western-africa", and those that people
// speak of, as "sahel", "post-soviet" and "gcc".
func Regions() []string {
	var names []string
	for name := range regionsByName() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
