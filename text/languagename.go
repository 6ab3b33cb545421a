package text

import (
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
