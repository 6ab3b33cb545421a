// Package inflect takes the inflection off folded words, so that the forms of a
// word find each other: [Stem] by the stemmer of its language, where there is
// one; [Bases] by the endings that listed words and names have in the others. It
// also knows what compounds are made of.
package inflect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"

	"github.com/coupwatch/coupwatch/text"
)

// Stem returns the stem of a folded word in a language, such as "en": what its
// inflected forms have in common. It is the word itself if the language has no
// stemmer here, or the word has digits or is too long to be one. The stem need not be a word. Stem is
// safe for concurrent use.
func Stem(lang, folded string) string {
	if !isStemmable(folded) {
		return folded
	}
	switch lang {
	case "en":
		return stemEnglish(folded)
	case "ru":
		return stemRussian(folded)
	case "uk":
		return stemUkrainian(folded)
	case "be":
		return stemBelarusian(folded)
	case "sr", "hr", "bs":
		return Latinise(folded) // its endings are told by Bases
	}
	stem := snowball(lang)
	if stem == nil {
		return folded
	}
	if known := exceptions[lang][folded]; known != "" {
		return known
	}
	env := snowballstem.NewEnv(withAccents(lang, folded))
	stem(env)
	return foldStem(env.Current())
}

// exceptions lists, by language, forms that Snowball's stemmer takes for forms of
// another word, with the stem that their other forms have. It is never changed.
var exceptions = map[string]map[string]string{
	"es": {"militar": "militar"},
	"hu": {"tabornokok": "taborn"},
	"pt": {"coroneis": "coronel", "generais": "general"},
	"sv": {"soldat": "soldat"},
	"tr": {"darbesi": "darbe"},
}

// isStemmable reports whether a word is of letters only and has three of them
// or more, but no more than words have.
func isStemmable(folded string) bool {
	const longest = 120 // in bytes
	for i := 0; i < len(folded); i++ {
		if folded[i] >= '0' && folded[i] <= '9' || folded[i] == ' ' {
			return false
		}
	}
	return len(folded) <= longest && utf8.RuneCountInString(folded) > 2
}

// snowball returns the Snowball stemmer of a language, or nil. See
// https://snowballstem.org for the methods.
func snowball(lang string) func(*snowballstem.Env) bool {
	switch lang {
	case "ar":
		return arabic.Stem
	case "da":
		return danish.Stem
	case "de":
		return german.Stem
	case "es":
		return spanish.Stem
	case "fi":
		return finnish.Stem
	case "fr":
		return french.Stem
	case "ga":
		return irish.Stem
	case "hu":
		return hungarian.Stem
	case "it":
		return italian.Stem
	case "nl":
		return dutch.Stem
	case "no":
		return norwegian.Stem
	case "pt":
		return portuguese.Stem
	case "ro":
		return romanian.Stem
	case "sv":
		return swedish.Stem
	case "ta":
		return tamil.Stem
	case "tr":
		return turkish.Stem
	}
	return nil
}

// StemLanguages returns the languages whose stemmers could apply to a folded
// word, by its script; none if there is no such language.
func StemLanguages(folded string) []string {
	r, _ := utf8.DecodeRuneInString(folded)
	switch {
	case unicode.Is(unicode.Latin, r):
		return []string{"en", "fr", "es", "de", "it", "pt", "nl", "sv", "da", "no", "fi", "hu", "ro", "tr", "ga"}
	case unicode.Is(unicode.Cyrillic, r):
		return []string{"ru", "uk", "be", "sr", "hr", "bs"}
	case r >= 0x600 && r <= 0x6ff:
		return []string{"ar"}
	case r >= 0xb80 && r <= 0xbff:
		return []string{"ta"}
	}
	return nil
}

// withAccents gives a folded word the accents back without which the stemmer
// of its language does not know its ending.
func withAccents(lang, folded string) string {
	for _, e := range accentedEndings(lang) {
		if base, ok := strings.CutSuffix(folded, e[0]); ok && len(base) > 2 {
			return base + e[1]
		}
	}
	return folded
}

// accentedEndings lists endings without their accents and with them, the
// longer first.
func accentedEndings(lang string) [][2]string {
	switch lang {
	case "es":
		return [][2]string{{"cion", "ción"}, {"sion", "sión"}, {"logia", "logía"}}
	case "pt":
		return [][2]string{{"coes", "ção"}, {"cao", "ção"}, {"oes", "ao"}}
	case "fr":
		return [][2]string{{"ites", "ités"}, {"ite", "ité"}, {"ees", "ées"}, {"ee", "ée"}}
	case "it":
		return [][2]string{{"ita", "ità"}}
	}
	return nil
}

// foldStem folds the accents of a stem of Latin letters.
func foldStem(stem string) string {
	at := strings.IndexFunc(stem, func(r rune) bool { return r >= utf8.RuneSelf })
	if at < 0 {
		return stem
	}
	if r, _ := utf8.DecodeRuneInString(stem[at:]); !unicode.Is(unicode.Latin, r) {
		return stem
	}
	out := []byte(stem[:at])
	for _, r := range stem[at:] {
		out = text.AppendFolded(out, r)
	}
	return string(out)
}
