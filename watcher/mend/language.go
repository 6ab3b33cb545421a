package mend

import "strings"

// LanguageCode returns the language of a tag such as "en-GB" or "ru_RU", or ""
// if it names none.
func LanguageCode(tag string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(tag)), "_", "-"), "-")
	switch code {
	case "und", "mul", "zxx", "mis", "xx":
		return ""
	case "ua": // the country, but often meant
		return "uk"
	case "rus":
		return "ru"
	case "ukr":
		return "uk"
	case "eng":
		return "en"
	}
	if len(code) < 2 || len(code) > 3 || strings.Trim(code, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return code
}
