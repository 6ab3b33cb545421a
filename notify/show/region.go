package show

import (
	"cmp"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"github.com/coupwatch/coupwatch/news"
)

// everywhere is the region of what names no country.
const everywhere = "No country named"

// subregions are the smallest regions of the United Nations' standard M49, as
// Unicode CLDR has them: "011" is Western Africa.
var subregions = []string{
	"015", "011", "017", "014", "018", "013", "029", "005", "021",
	"143", "030", "034", "035", "145", "151", "154", "039", "155", "053", "054", "057", "061",
}

// region returns the region of a story: that of the country that it is about
// most, or else a country of rules.yaml that has no code.
func (s Style) region(st news.Story) string {
	if where := st.Where(); len(where) > 0 {
		return region(where[0])
	}
	return cmp.Or(s.land(st), everywhere)
}

// region returns the English name of the region in which a country lies, by
// its two-letter code: "Western Africa" for "ml".
func region(code string) string {
	if len(code) != 2 {
		return everywhere
	}
	country, err := language.ParseRegion(strings.ToUpper(code))
	if err != nil || !country.IsCountry() {
		return everywhere
	}
	for _, m49 := range subregions {
		if r := language.MustParseRegion(m49); r.Contains(country) {
			return display.English.Regions().Name(r)
		}
	}
	return everywhere
}
