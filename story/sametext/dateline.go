package sametext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// far is how many bytes a dateline may take.
const far = 120

// Dateline parts the beginning of a report that says where it was written and
// by which agency from the rest: "KYIV, March 3 (Reuters) — ", "(AP) ",
// "МОСКВА, 3 мар — РИА Новости. ", "КИЇВ. 3 березня. /Укрінформ/. ". What is not
// said is "". A byline before it ("By Jane Roe") is dropped with it. A text
// without a dateline is returned as it is.
func Dateline(text string) (place, agency, rest string) {
	text = strings.TrimSpace(text)
	from := byline(text)
	for _, read := range []func(string) (string, string, string, bool){bracketed, dashed} {
		if place, agency, rest, ok := read(strings.TrimSpace(text[from:])); ok {
			return place, agency, rest
		}
	}
	if from > 0 && text[from-1] == '\n' {
		return "", "", strings.TrimSpace(text[from:])
	}
	return "", "", text
}

// byline returns where a line "By Jane Roe" at the beginning of text ends, or
// the words "By Jane Roe" before a place in capitals; 0 if there is none.
func byline(text string) int {
	if !strings.HasPrefix(text, "By ") {
		return 0
	}
	head := cut(text, far)
	if end := strings.IndexByte(head, '\n'); end > 0 && isNames(head[len("By "):end]) {
		return end + 1
	}
	at := len("By ")
	for i, word := range strings.Fields(head[at:]) {
		if i > 0 && isPlace(word) && utf8.RuneCountInString(word) > 2 {
			return at + strings.Index(head[at:], word)
		}
		if !isNames(word) {
			break
		}
	}
	return 0
}

// isNames reports whether s has nothing but capitalised words, and "and".
func isNames(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) && word != "and" {
			return false
		}
	}
	return s != ""
}

// bracketed reads "PLACE, date (Agency) - " and "PLACE. date. /AGENCY/. ".
func bracketed(text string) (place, agency, rest string, ok bool) {
	head := cut(text, far)
	for _, marks := range [...]string{"()", "//"} {
		open := strings.IndexByte(head, marks[0])
		if open < 0 {
			continue
		}
		size := strings.IndexByte(head[open+1:], marks[1])
		if size < 1 {
			continue
		}
		place, agency = head[:open], head[open+1:open+1+size]
		rest, dash := afterDash(text[open+size+2:])
		if isAgency(agency) && (strings.TrimSpace(place) == "" || (dash || marks[0] == '/') && isWhere(place)) {
			return where(place), agency, rest, true
		}
	}
	return "", "", text, false
}

// dashed reads "PLACE, date — Agency. " and "PLACE, Country — ", where the place
// is in capitals.
func dashed(text string) (place, agency, rest string, ok bool) {
	head := cut(text, far)
	for _, dash := range [...]string{" — ", " – ", " -- ", " - "} {
		before, after, found := strings.Cut(head, dash)
		if !found || !isWhere(before) || !isPlace(strings.FieldsFunc(before, notWord)[0]) {
			continue
		}
		rest = text[len(before)+len(dash):]
		name, _, stopped := strings.Cut(after, ". ")
		if stopped && isAgency(name) && strings.ContainsFunc(before, unicode.IsDigit) {
			return where(before), name, rest[len(name)+len(". "):], true
		}
		return where(before), "", rest, true
	}
	return "", "", text, false
}

// cut returns the first n bytes of text or less, no character cut in two.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// afterDash returns text after a dash or full stop that it begins with.
func afterDash(text string) (rest string, dash bool) {
	trimmed := strings.TrimLeft(text, " .")
	rest = strings.TrimLeft(trimmed, "-–—")
	return strings.TrimSpace(rest), len(rest) < len(trimmed)
}

// isAgency reports whether s may be the name of an agency: up to four words
// that begin with a capital, or one in small letters such as "dpa".
func isAgency(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 4 || strings.ContainsFunc(s, unicode.IsDigit) {
		return false
	}
	switch words[0] {
	case "dpa", "dts", "sda", "apa", "efe", "ansa", "pap":
		return true
	}
	r, _ := utf8.DecodeRuneInString(words[0])
	return unicode.IsUpper(r)
}

// isWhere reports whether s may be a place and a date: "KYIV, Ukraine, March
// 3", "Rio de Janeiro", "Kiew/Moskau".
func isWhere(s string) bool {
	const most = 7
	words := strings.FieldsFunc(s, notWord)
	if len(words) == 0 || len(words) > most || strings.ContainsAny(s, "\n:;?!\"“«") {
		return false
	}
	dated := strings.ContainsFunc(s, unicode.IsDigit)
	for i, word := range words {
		r, _ := utf8.DecodeRuneInString(word)
		switch {
		case unicode.IsUpper(r), i > 0 && unicode.IsDigit(r):
		case i > 0 && (dated || word == "de" || word == "al" || word == "and" || word == "y" || word == "et" || word == "und"):
		default:
			return false
		}
	}
	return true
}

// isPlace reports whether all letters of s are capitals.
func isPlace(s string) bool {
	return strings.ContainsFunc(s, unicode.IsUpper) && !strings.ContainsFunc(s, unicode.IsLower)
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }

// where returns the place of a dateline without its date.
func where(s string) string {
	var parts []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '.' }) {
		if part = strings.TrimSpace(part); part != "" && !strings.ContainsFunc(part, unicode.IsDigit) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
