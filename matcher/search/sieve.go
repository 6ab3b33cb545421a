package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/engine"
	"github.com/coupwatch/coupwatch/matcher/names"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/matcher/spec"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/keys"
)

// A siever makes sieves of queries: of what must be there, whatever stands near it.
type siever struct {
	spec *spec.Spec
	seen []string // lists within which it is
}

// of returns the sieve of a query. The language is that for which a list has it, ""
// for all.
func (s siever) of(asks query.Node, language string) keys.Sieve {
	switch n := asks.(type) {
	case *query.Term:
		return term(n.Words, language)
	case *query.List:
		return s.list(n.Name, language)
	case *query.Count:
		return s.list(n.Name, language)
	case *query.Entity:
		return s.entity(n.Name)
	case *query.Points:
		return s.points(n)
	case *query.And:
		return keys.AllOf(s.each(n.Parts, language)...)
	case *query.Or:
		return keys.AnyOf(s.each(n.Parts, language)...)
	case *query.Near:
		return keys.AllOf(s.of(n.Left, language), s.of(n.Right, language))
	case *query.Within:
		return keys.AllOf(s.each(n.Parts, language)...)
	case *query.Sentence:
		return s.of(n.Of, language)
	case *query.In:
		return s.of(n.Of, language)
	case *query.First:
		return s.of(n.Of, language)
	case *query.Lead:
		return s.of(n.Of, language)
	case *query.Told:
		return s.of(n.Of, language)
	case *query.Meta:
		return meta(n)
	}
	return keys.Sieve{} // a question, a past year: no word says so
}

func (s siever) each(nodes []query.Node, language string) []keys.Sieve {
	all := make([]keys.Sieve, len(nodes))
	for i, n := range nodes {
		all[i] = s.of(n, language)
	}
	return all
}

func (s siever) list(name, language string) keys.Sieve {
	if slices.Contains(s.seen, name) {
		return keys.Sieve{}
	}
	s.seen = append(slices.Clip(s.seen), name)
	language = cmp.Or(languageCode(s.spec.Languages[name]), language)
	return keys.AnyOf(s.each(s.spec.Lists[name], language)...)
}

// points returns the sieve of a table. One that asks for few points lets all through.
func (s siever) points(n *query.Points) keys.Sieve {
	if n.Below || n.Than <= 0 {
		return keys.Sieve{}
	}
	var rows []keys.Sieve
	for _, row := range s.spec.Points[n.Name] {
		if row.Points > 0 {
			rows = append(rows, s.of(row.When, ""))
		}
	}
	return keys.AnyOf(rows...)
}

func meta(n *query.Meta) keys.Sieve {
	switch n.Key {
	case "lang":
		return keys.Of(keys.Language(languageCode(n.Value)))
	case "tag":
		return keys.Of(keys.Tag(n.Value))
	}
	return keys.Sieve{}
}

// languageCode returns the code of a language as package text gives it.
func languageCode(tag string) string {
	if tag == "" {
		return ""
	}
	var t text.Text
	t.Set("", tag)
	return t.Lang()
}

// term returns the sieve of words side by side.
func term(words []query.Word, language string) keys.Sieve {
	var all []keys.Sieve
	var row []string // folded words that stand side by side
	flush := func() {
		all, row = append(all, keys.Phrase(row)), nil
	}
	for _, w := range words {
		switch w.Form {
		case query.Exact, query.Folded:
			row = append(row, text.Words(w.Text)...)
		case query.Gap:
			flush()
		case query.Wild:
			flush()
			all = append(all, wild(w.Text))
		default:
			flush()
			all = append(all, loose(w, language, len(words) == 1)...)
		}
	}
	flush()
	return keys.AllOf(all...)
}

// loose returns the sieves of a word that is meant in other forms too, several if
// it is read as several.
func loose(w query.Word, language string, alone bool) (all []keys.Sieve) {
	folded := text.Words(w.Text)
	for i, word := range folded {
		switch {
		case w.Form == query.Inflected && alone && engine.InCompounds(word, language):
			all = append(all, keys.AnyOf(keys.Inflected(language, word), keys.Within(language, word)))
		case w.Form == query.Inflected:
			all = append(all, keys.Inflected(language, word))
		case i == len(folded)-1:
			all = append(all, keys.Beginning(word))
		default:
			all = append(all, keys.Phrase([]string{word}))
		}
	}
	return all
}

// wild returns the sieve of a pattern: what stands before its first wildcard.
func wild(pattern string) keys.Sieve {
	before := text.Words(pattern[:strings.IndexAny(pattern, "*?")])
	if len(before) != 1 || utf8.RuneCountInString(before[0]) < 2 {
		return keys.Sieve{} // half of all words begin so
	}
	return keys.Beginning(before[0])
}

// entity returns the sieve of all that @name means.
func (s siever) entity(name string) keys.Sieve {
	entities, countries := meant(s.spec, name)
	var all []keys.Sieve
	for _, c := range countries {
		all = append(all, keys.Of(keys.Country(c)))
	}
	for _, e := range entities {
		all = append(all, spelled(e))
	}
	return keys.AnyOf(all...)
}

// spelled returns the sieve of an entity by its spellings: those of one word, and of
// each other the longest two.
func spelled(e *spec.Entity) keys.Sieve {
	forms := names.Forms(names.Name{Latin: e.Name, Native: e.Native, Kind: e.Kind, Aliases: e.Aliases, Exclude: e.Exclude})
	var all []keys.Sieve
	alone := map[string]bool{}
	for _, f := range forms {
		if len(f.Words) == 1 && !alone[f.Words[0]] {
			alone[f.Words[0]] = true
			all = append(all, keys.Declined(f.Words[0]))
		}
	}
	told := map[string]bool{}
	for _, f := range forms {
		if slices.ContainsFunc(f.Words, func(w string) bool { return alone[w] }) {
			continue
		}
		longest := slices.Clone(f.Words)
		slices.SortStableFunc(longest, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		longest = longest[:min(2, len(longest))]
		if key := strings.Join(longest, " "); !told[key] {
			told[key] = true
			var both []keys.Sieve
			for _, w := range longest {
				both = append(both, keys.Declined(w))
			}
			all = append(all, keys.AllOf(both...))
		}
	}
	return keys.AnyOf(all...)
}
