//go:build ignore

// Gen writes data/countries.tsv and data/capitals.tsv from two data sets that
// others maintain. Get them first and say where they are:
//
//	npm pack world-countries && tar xzf world-countries-*.tgz -C countries
//	npm pack cldr-dates-full && tar xzf cldr-dates-full-*.tgz -C cldr
//	go run gen.go -countries countries/package -cldr cldr/package
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// kept are places that are not members of the United Nations and yet kept:
// Taiwan, Kosovo, Palestine, the Vatican, Hong Kong, Western Sahara.
var kept = []string{"TW", "XK", "PS", "VA", "HK", "EH"}

// languages of the names of countries, by their keys in world-countries.
var languages = map[string]string{
	"ara": "ar", "ces": "cs", "deu": "de", "spa": "es", "fra": "fr", "ita": "it", "nld": "nl", "pol": "pl",
	"por": "pt", "rus": "ru", "swe": "sv", "tur": "tr", "zho": "zh", "per": "fa", "jpn": "ja", "kor": "ko",
}

// cities are the languages of the names of capitals, as CLDR calls them.
var cities = strings.Fields("am ar az be bg bn bs cs da de el es et eu fa fi fr he hi hr hu hy id it ja ka kk ko lt lv mk nl no pl pt ro ru " +
	"sk sl sq sr sr-Latn sv sw th tr uk ur uz vi zh zh-Hant")

type name struct{ Common, Official string }

type country struct {
	Name         name
	CCA2, CCA3   string
	UNMember     bool
	Capital      []string
	AltSpellings []string
	Region       string
	Subregion    string
	Translations map[string]name
	Demonyms     map[string]struct{ F, M string }
}

func main() {
	log.SetFlags(0)
	countries := flag.String("countries", "", "the unpacked package world-countries")
	cldr := flag.String("cldr", "", "the unpacked package cldr-dates-full")
	flag.Parse()
	all := readCountries(*countries)
	zones := map[string]map[string]string{}
	for _, lang := range append([]string{"en"}, cities...) {
		zones[lang] = readZones(*cldr, lang)
	}
	writeCountries(all, version(*countries))
	writeCapitals(all, zones, version(*cldr))
}

// readCountries reads the countries that are kept, in the order of their codes.
func readCountries(dir string) []country {
	var all []country
	read(filepath.Join(dir, "dist", "countries-unescaped.json"), &all)
	all = slices.DeleteFunc(all, func(c country) bool { return !c.UNMember && !slices.Contains(kept, c.CCA2) })
	slices.SortFunc(all, func(a, b country) int { return cmp.Compare(a.CCA2, b.CCA2) })
	return all
}

// readZones reads the exemplar cities of the time zones in a language. For
// English, CLDR leaves out those that are the zone's own name.
func readZones(dir, lang string) map[string]string {
	var file struct {
		Main map[string]struct {
			Dates struct {
				TimeZoneNames struct{ Zone map[string]json.RawMessage }
			}
		}
	}
	read(filepath.Join(dir, "main", lang, "timeZoneNames.json"), &file)
	out := map[string]string{}
	for id, raw := range file.Main[lang].Dates.TimeZoneNames.Zone {
		walk(id, raw, out)
	}
	return out
}

// walk gathers the cities of the zone id and of those below it.
func walk(id string, raw json.RawMessage, out map[string]string) {
	var below map[string]json.RawMessage
	if json.Unmarshal(raw, &below) != nil {
		return
	}
	if city, ok := below["exemplarCity"]; ok {
		var s string
		if err := json.Unmarshal(city, &s); err != nil {
			log.Fatal(err)
		}
		out[id] = s
		return
	}
	for k, v := range below {
		walk(id+"/"+k, v, out)
	}
}

// writeCountries writes data/countries.tsv.
func writeCountries(all []country, version string) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Made by gen.go from world-countries %s, https://github.com/mledoze/countries, licence ODbL 1.0: see LICENSE-places.\n", version)
	fmt.Fprintf(&b, "# code, three-letter code, member of the United Nations, region, subregion, common name, official name,\n")
	fmt.Fprintf(&b, "# capitals, demonyms in English and in French, common names by language; parts are parted by \"|\".\n")
	for _, c := range all {
		member := "no"
		if c.UNMember && c.CCA2 != "VA" { // the Holy See is an observer
			member = "yes"
		}
		var names []string
		for key, lang := range languages {
			if t := c.Translations[key]; t.Common != "" {
				names = append(names, lang+":"+t.Common)
			}
		}
		slices.Sort(names)
		fmt.Fprintln(&b, strings.Join([]string{
			strings.ToLower(c.CCA2), strings.ToLower(c.CCA3), member, c.Region, c.Subregion, c.Name.Common, c.Name.Official,
			strings.Join(c.Capital, "|"), demonyms(c, "eng"), demonyms(c, "fra"), strings.Join(names, "|"),
		}, "\t"))
	}
	write("data/countries.tsv", b.Bytes())
}

// demonyms returns the masculine and, if it is another, the feminine demonym.
func demonyms(c country, lang string) string {
	d := c.Demonyms[lang]
	if d.F == d.M || d.F == "" {
		return d.M
	}
	return d.M + "|" + d.F
}

// writeCapitals writes data/capitals.tsv: of the capitals that are the city of
// a time zone, the names in other languages.
func writeCapitals(all []country, zones map[string]map[string]string, version string) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Made by gen.go from the exemplar cities of time zones in CLDR %s, licence Unicode-3.0: see LICENSE-places.\n", version)
	fmt.Fprintf(&b, "# code, capital, its names by language, parted by \"|\".\n")
	for _, c := range all {
		for _, capital := range c.Capital {
			zone := zoneOf(capital, zones)
			var names []string
			for _, lang := range cities {
				n := zones[lang][zone]
				lang, _, _ = strings.Cut(lang, "-")
				if named := lang + ":" + n; n != "" && zone != "" && !slices.Contains(names, named) {
					names = append(names, named)
				}
			}
			if len(names) > 0 {
				fmt.Fprintf(&b, "%s\t%s\t%s\n", strings.ToLower(c.CCA2), capital, strings.Join(names, "|"))
			}
		}
	}
	write("data/capitals.tsv", b.Bytes())
}

// zoneOf returns the time zone whose city is the capital, or "".
func zoneOf(capital string, zones map[string]map[string]string) string {
	want := letters(capital)
	var ids []string
	for id := range zones["ru"] { // Russian names them all
		city := id[strings.LastIndexByte(id, '/')+1:]
		if letters(city) == want || letters(zones["en"][id]) == want {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return slices.Min(ids)
}

// letters returns the letters of s without accents, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// version returns the version of an unpacked package.
func version(dir string) string {
	var p struct{ Version string }
	read(filepath.Join(dir, "package.json"), &p)
	return p.Version
}

func read(path string, into any) {
	data, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		log.Fatalf("%s: %v", path, err)
	}
}

func write(path string, data []byte) {
	if err := os.WriteFile(path, data, 0o644); err != nil {
		log.Fatal(err)
	}
}
