package origins

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// An identity is a speaker as far as the report says who that is.
type identity struct {
	name string // as people know it
	key  string // the same for all names of one: "@wagner", "gov:ru"; "" if only the name tells
}

// identify returns who speaks in a, of the report r. All that names an entity
// of the rules is one speaker, whatever it is called and whoever speaks for it
// ("the Wagner chief", "a spokesman of the Kremlin"). A capital, a country and
// the seat of a government stand for that government.
func identify(r news.Report, a news.Attribution) identity {
	who := identity{name: a.Speaker}
	if a.Entity != "" && !strings.HasPrefix(a.Entity, "country:") {
		who.key = "@" + a.Entity
	}
	bare := withoutOffice(text.Words(a.Speaker))
	for _, m := range r.Mentions { // of a capital and its country at one place the country counts
		if !slices.Equal(bare, mentioned(r, m)) && (m.Entity == "" || "@"+m.Entity != who.key) {
			continue
		}
		isCountry := strings.HasPrefix(m.Entity, "country:")
		switch {
		case m.Country != "" && (isCountry && m.Sense != news.Nationality || isGovernment(text.Words(m.Name))): // "Americans" are not their government
			return identity{cmp.Or(m.Name, who.name), "gov:" + m.Country}
		case !isCountry && m.Entity != "":
			who = identity{cmp.Or(m.Name, who.name), "@" + m.Entity}
		}
	}
	if country := governed(r, bare); country != "" {
		who.key = "gov:" + country
	}
	return who
}

// resolved returns says with the name and the key of each speaker in place of
// what the report calls them.
func resolved(r news.Report, says []news.Attribution) []news.Attribution {
	out := slices.Clone(says)
	for i, a := range out {
		if a.Speaker != "" && !a.Hearsay {
			who := identify(r, a)
			out[i].Speaker, out[i].Entity = who.name, who.key
		}
	}
	return out
}

// mentioned returns the words of a mention, as titles and offices have them.
func mentioned(r news.Report, m news.Mention) []string {
	all := r.Text(m.Span.Field)
	if m.Span.Start < 0 || m.Span.End > len(all) || m.Span.Start >= m.Span.End {
		return nil
	}
	return withoutOffice(text.Words(all[m.Span.Start:m.Span.End]))
}

// governed returns the country whose government words name: "Russian
// government", "authorities in Mali".
func governed(r news.Report, words []string) string {
	rest := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return isGovernment([]string{w}) })
	if len(rest) == len(words) || len(rest) == 0 {
		return ""
	}
	for _, m := range r.Mentions {
		if strings.HasPrefix(m.Entity, "country:") && slices.Equal(rest, mentioned(r, m)) {
			return m.Country
		}
	}
	return ""
}

// isGovernment reports whether words, but for those that say nothing, are of a
// government or its seat.
func isGovernment(words []string) bool {
	if len(words) == 0 {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.Contains([]string{"#kremlin", "#government", "#authorities", "#presidency"}, bodies[w])
	})
}

// withoutOffice returns words without those for somebody who speaks for
// another, or is at its head: "chief of the private contractor Wagner" is
// Wagner. They stay if there is nothing else.
func withoutOffice(words []string) []string {
	if rest := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return offices[w] }); len(rest) > 0 {
		return rest
	}
	return words
}

// offices are words for those who speak for a person or body, or lead it, and
// for what kind of body it is.
var offices = lexicon.Set(lines, "office")
