package explain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/text"
)

// Spellings are the ways to write one name that are recognised.
type Spellings struct {
	Entity string     `json:"entity,omitempty"` // its id, "" if it is not of rules.yaml
	Name   string     `json:"name,omitempty"`   // in Latin letters
	Native string     `json:"native,omitempty"` // in its own script
	Kind   string     `json:"kind"`
	Helper string     `json:"helper,omitempty"` // what tells who is meant by a form that needs it
	Forms  []Spelling `json:"forms"`
}

// A Spelling is one way to write a name.
type Spelling struct {
	Written  string `json:"written"`
	Script   string `json:"script"`             // such as "Latin"; "" if it has no letters
	How      string `json:"how"`                // how it was made: "as written", "German press", "Russian genitive"
	Alone    bool   `json:"alone,omitempty"`    // a surname on its own
	Capitals bool   `json:"capitals,omitempty"` // its capitals must be ones in the text
	Doubtful bool   `json:"doubtful,omitempty"` // counts only near Helper, or if the name stands in full in the same item
	Excluded bool   `json:"excluded,omitempty"` // rules.yaml takes it out
}

// Spell returns the spellings of a name that is not of rules.yaml. name is in
// Latin letters and native in its own script; one of them may be "".
func Spell(name, native, kind string) Spellings {
	e := spec.Entity{Name: name, Native: native, Kind: kind}
	return spellings(&e)
}

// SpellingsOf returns those of an entity of rules.yaml, or of a country such as
// "country:ml". The error says if there is none with the id.
func SpellingsOf(s *spec.Spec, id string) (Spellings, error) {
	var known []string
	for i := range s.Entities {
		e := &s.Entities[i]
		if e.ID == id {
			return spellings(e), nil
		}
		known = append(known, e.ID)
	}
	if code, ok := strings.CutPrefix(id, spec.AsCountry); ok && places.Name(code) != "" {
		return countrySpellings(strings.ToLower(code)), nil
	}
	if hint := say.Suggest(id, known); hint != "" {
		return Spellings{}, fmt.Errorf("no entity is called %q; %s", id, hint)
	}
	return Spellings{}, fmt.Errorf("no entity is called %q", id)
}

// spellings returns what package names makes of e, and what it would make if
// nothing were excluded.
func spellings(e *spec.Entity) Spellings {
	out := Spellings{Entity: e.ID, Name: e.Name, Native: e.Native, Kind: e.Kind}
	if e.Helper != nil {
		out.Helper = query.Format(e.Helper)
	}
	idle := map[string]string{} // excluded, but not made anyway
	for _, spelling := range e.Exclude {
		idle[wordKey(text.Words(spelling))] = spelling
	}
	for _, f := range names.Forms(names.Name{Latin: e.Name, Native: e.Native, Kind: e.Kind, Aliases: e.Aliases}) {
		words := wordKey(f.Words)
		_, excluded := idle[words]
		delete(idle, words)
		out.Forms = append(out.Forms, Spelling{
			Written: f.Written, Script: scriptOf(f.Written), How: f.How, Alone: f.Alone, Capitals: f.Exact,
			Doubtful: f.Common || f.Alone && e.Helper != nil, Excluded: excluded,
		})
	}
	for _, words := range slices.Sorted(maps.Keys(idle)) {
		out.Forms = append(out.Forms, Spelling{Written: idle[words], Script: scriptOf(idle[words]), How: "not a spelling of it anyway", Excluded: true})
	}
	return out
}

func wordKey(words []string) string { return strings.Join(words, " ") }

// countrySpellings returns the names of a country, its people and its capital.
func countrySpellings(code string) Spellings {
	out := Spellings{Entity: spec.CountryID(code), Name: places.Name(code), Kind: "country"}
	for _, f := range places.Forms() {
		if f.Code != code {
			continue
		}
		how := fmt.Sprintf("%v, %s", f.Kind, f.Lang)
		if f.Only {
			how += ", in no other language"
		}
		out.Forms = append(out.Forms, Spelling{Written: f.Written, Script: scriptOf(f.Written), How: how, Capitals: f.Exact})
	}
	return out
}

// scriptOf returns the name of the script of the first letter in s.
func scriptOf(s string) string {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		for _, script := range [...]string{"Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Georgian", "Armenian", "Han", "Hiragana", "Katakana", "Hangul", "Devanagari"} {
			if unicode.Is(unicode.Scripts[script], r) {
				return script
			}
		}
		return "other"
	}
	return ""
}
