// Package show says how alerts and digests look: as plain text, as a page for
// mail programs, and in the blocks of Slack. It does no I/O.
//
// Everything that came from a feed passes through view.go, which cleans and
// cuts it; each medium then escapes it in its own manner.
package show

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/numbers"
)

// A Style says how things that rules.yaml and other packages know are shown.
// The zero Style shows times in UTC and codes and ids as they are.
type Style struct {
	Zone    *time.Location            // of the times shown; nil for UTC
	Country func(code string) string  // name of a country such as "ml"; nil for the code itself
	Entity  func(id string) string    // name of an entity of rules.yaml; nil for its id
	Land    func(id string) string    // name of the country that an entity of rules.yaml is, where it has no code; nil or "" for none
	Rule    func(id string) string    // title of a rule; nil for its id
	Looks   func(id string) string    // what a rule looks for; nil or "" if that is not known
	Page    func(story string) string // address of the page about a story; nil for none
	Columns int                       // of plain text; 0 for 78
	Buttons bool                      // stories in Slack have buttons; somebody must listen to them
}

// zone returns the zone of times.
func (s Style) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

// country returns the name of a country by its code.
func (s Style) country(code string) string {
	return named(s.Country, code, strings.ToUpper(Line(code, 3)))
}

// places returns the names of the countries that a story is about, the first
// few of them.
func (s Style) places(st news.Story) string {
	codes := st.Where()
	if len(codes) == 0 {
		return s.land(st)
	}
	return few(first(codes, 3, s.country), len(codes))
}

// land returns the name of the first country of rules.yaml that a story names;
// "" if it names none.
func (s Style) land(st news.Story) string {
	if s.Land == nil {
		return ""
	}
	for _, id := range st.Entities {
		if name := Line(s.Land(id), 80); name != "" {
			return name
		}
	}
	return ""
}

// rule returns the title of a rule.
func (s Style) rule(id string) string {
	return named(s.Rule, id, strings.ReplaceAll(Line(id, 80), "-", " "))
}

// entities returns the names of entities that are not countries, the first few
// of them.
func (s Style) entities(ids []string) string {
	var others []string
	for _, id := range ids {
		if !strings.HasPrefix(id, "country:") {
			others = append(others, id)
		}
	}
	return few(first(others, 5, s.entity), len(others))
}

// entity returns the name of an entity, be it "country:ml" or one of
// rules.yaml.
func (s Style) entity(id string) string {
	if code, ok := strings.CutPrefix(id, "country:"); ok {
		return s.country(code)
	}
	return named(s.Entity, id, id)
}

// named returns the name that of knows for id, or else otherwise.
func named(of func(string) string, id, otherwise string) string {
	name := ""
	if of != nil {
		name = of(id)
	}
	return Line(cmp.Or(name, otherwise), 80)
}

// first returns what of makes of the first n of all.
func first[T any](all []T, n int, of func(T) string) []string {
	out := make([]string, 0, min(len(all), n))
	for _, x := range all[:min(len(all), n)] {
		out = append(out, of(x))
	}
	return out
}

// page returns the address of the page about a story, or "".
func (s Style) page(story string) string {
	if s.Page == nil || story == "" {
		return ""
	}
	return Link(s.Page(story))
}

// few joins names, the first of so many, and says how many more there are.
func few(names []string, of int) string {
	joined := strings.Join(names, ", ")
	if of > len(names) {
		return fmt.Sprintf("%s (+%d more)", joined, of-len(names))
	}
	return joined
}

// dots joins the parts that are not empty by middle dots.
func dots(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " · ")
}

// count returns "1 report" or "8,431 reports".
func count(n int, noun string) string { return number(n) + " " + numbers.Plural(n, noun) }

// number returns n with its thousands parted by commas.
func number(n int) string { return numbers.Thousands(n) }

// capital returns s with its first letter in upper case.
func capital(s string) string {
	letter, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(letter)) + s[size:]
}

// mark returns the coloured sign of a severity.
func mark(s news.Severity) string {
	switch s {
	case news.Critical:
		return "🔴"
	case news.High:
		return "🟠"
	case news.Medium:
		return "🟡"
	default:
		return "⚪"
	}
}
