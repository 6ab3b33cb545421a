// Package data has the tables from which the names of countries are made, as
// files, and reads them.
package data

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

//go:embed countries.tsv
var countriesTSV string

//go:embed aliases.tsv
var aliasesTSV string

// The files that have a reader of their own elsewhere; [Lines] yields their lines.
var (
	//go:embed capitals.tsv
	CapitalsTSV string
	//go:embed capitals-by-hand.tsv
	HandCapitalsTSV string
	//go:embed nationalities.tsv
	NationalitiesTSV string
	//go:embed not-places.txt
	NotPlacesTXT string
	//go:embed namesakes.txt
	NamesakesTXT string
	//go:embed misleading.txt
	MisleadingTXT string
	//go:embed regions.txt
	RegionsTXT string
)

// A Country is a line of countries.tsv.
type Country struct {
	Code, Alpha3      string
	Member            bool // of the United Nations
	Region, Subregion string
	Common, Official  string
	Capitals          []string
	English, French   []string    // demonyms: masculine, feminine
	Names             [][2]string // language and common name
}

// Countries returns the countries, by code. The slice is shared: do not change it.
var Countries = sync.OnceValue(func() []Country {
	var all []Country
	for line := range Lines(countriesTSV) {
		f := strings.Split(line, "\t")
		all = append(all, Country{
			Code: f[0], Alpha3: f[1], Member: f[2] == "yes", Region: f[3], Subregion: f[4], Common: f[5], Official: f[6],
			Capitals: parted(f[7]), English: parted(f[8]), French: parted(f[9]), Names: Pairs(f[10]),
		})
	}
	return all
})

// An Alias is a line of aliases.tsv: names of a country (Kind "c"), its people
// ("n") or its capital ("p") in a language.
type Alias struct {
	Code, Kind, Lang string
	Names            []string
}

// Aliases returns the names that we add to those of the data sets. The slice is
// shared: do not change it.
var Aliases = sync.OnceValue(func() []Alias {
	var all []Alias
	for line := range Lines(aliasesTSV) {
		f := strings.Split(line, "\t")
		all = append(all, Alias{Code: f[0], Kind: f[1], Lang: f[2], Names: parted(f[3])})
	}
	return all
})

// Lines yields the lines of a data file that are no comments.
func Lines(file string) iter.Seq[string] {
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

// Pairs returns the parts of a field that each begin with a language.
func Pairs(field string) [][2]string {
	var all [][2]string
	for _, part := range parted(field) {
		lang, name, _ := strings.Cut(part, ":")
		all = append(all, [2]string{lang, name})
	}
	return all
}
