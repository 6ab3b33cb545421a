package places

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

var (
	//go:embed data/countries.tsv
	countriesTSV string
	//go:embed data/capitals.tsv
	capitalsTSV string
	//go:embed data/capitals-by-hand.tsv
	handCapitalsTSV string
	//go:embed data/nationalities.tsv
	nationalitiesTSV string
	//go:embed data/aliases.tsv
	aliasesTSV string
	//go:embed data/not-places.txt
	shieldsTXT string
	//go:embed data/namesakes.txt
	namesakesTXT string
	//go:embed data/misleading.txt
	misleadingTXT string
	//go:embed data/regions.txt
	regionsTXT string
)

// A country is a line of countries.tsv.
type country struct {
	code, alpha3      string
	member            bool // of the United Nations
	region, subregion string
	common, official  string
	capitals          []string
	english, french   []string    // demonyms: masculine, feminine
	names             [][2]string // language and common name
}

// countries are the countries, by code.
var countries = sync.OnceValue(func() []country {
	var all []country
	for line := range lines(countriesTSV) {
		f := strings.Split(line, "\t")
		all = append(all, country{
			code: f[0], alpha3: f[1], member: f[2] == "yes", region: f[3], subregion: f[4], common: f[5], official: f[6],
			capitals: parted(f[7]), english: parted(f[8]), french: parted(f[9]), names: pairs(f[10]),
		})
	}
	return all
})

// An alias is a line of aliases.tsv.
type alias struct {
	code, lang string
	kind       Kind
	names      []string
}

// aliases are the names that we add to those of the data sets.
var aliases = sync.OnceValue(func() []alias {
	kinds := map[string]Kind{"c": Country, "n": Nationality, "p": Capital}
	var all []alias
	for line := range lines(aliasesTSV) {
		f := strings.Split(line, "\t")
		all = append(all, alias{code: f[0], kind: kinds[f[1]], lang: f[2], names: parted(f[3])})
	}
	return all
})

// lines yields the lines of a data file that are no comments.
func lines(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(file) {
			line = strings.TrimRight(line, "\n")
			if line != "" && !strings.HasPrefix(line, "#") && !yield(line) {
				return
			}
		}
	}
}

// parted returns the parts of a field.
func parted(field string) []string {
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}

// pairs returns the parts of a field that each begin with a language.
func pairs(field string) [][2]string {
	var all [][2]string
	for _, part := range parted(field) {
		lang, name, _ := strings.Cut(part, ":")
		all = append(all, [2]string{lang, name})
	}
	return all
}
