package text

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// LanguageName returns what English calls the language of a code, such as
// "Russian" for "ru"; the code itself if it has no name, "" if that is "".
func LanguageName(tag string) string {
	if tag == "" {
		return ""
	}
	parsed, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if name := display.English.Languages().Name(parsed); name != "" {
		return name
	}
	return tag
}

// LanguageCode returns the code of two letters of the language that English calls so,
// in whatever case, such as "ru" for "Russian"; "" if there is none.
func LanguageCode(name string) string { return codesByName()[strings.ToLower(strings.TrimSpace(name))] }

// codesByName are the codes of two letters by what English calls their languages, in
// small letters.
var codesByName = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			code := string([]rune{a, b})
			base, err := language.ParseBase(code)
			if err != nil || base.String() != code { // an old code for another
				continue
			}
			if name := display.English.Languages().Name(base); name != "" {
				all[strings.ToLower(name)] = code
			}
		}
	}
	return all
})
