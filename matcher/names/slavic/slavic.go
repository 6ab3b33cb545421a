// Package slavic declines names, nouns and adjectives of Russian, Ukrainian and
// Belarusian, and says how a name of one of them is written in the others.
//
// It knows classes of endings, not words: "Пригожин" is declined because it
// ends in -ин. Where an ending leaves a choice ("Пригожину" or "Пригожинові")
// all choices are given. Functions are pure and safe for concurrent use.
package slavic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Lang is a language whose words can be declined.
type Lang int

// The languages.
const (
	Russian Lang = iota
	Ukrainian
	Belarusian
	NumLangs = iota // how many there are
)

// String returns "Russian", "Ukrainian" or "Belarusian".
func (l Lang) String() string { return [...]string{"Russian", "Ukrainian", "Belarusian"}[l] }

// A Class says which endings a word takes.
type Class int

// The classes.
const (
	MaleGiven Class = iota
	FemaleGiven
	MaleSurname
	FemaleSurname
	Noun
	Adjective
)

// A Case is a grammatical case.
type Case int

// The cases, in the order of schoolbooks.
const (
	Nominative Case = iota
	Genitive
	Dative
	Accusative
	Instrumental
	Locative
	Vocative // Ukrainian only
	NumCases = iota
)

// String returns the name of the case: "genitive".
func (c Case) String() string {
	return [...]string{"nominative", "genitive", "dative", "accusative", "instrumental", "locative", "vocative"}[c]
}

// A Paradigm is the forms of a word by case. The nominative is there always; a
// case that the language lacks has none.
type Paradigm [NumCases][]string

// Decline returns the forms of word, which is in the nominative and in the
// letters of l. A word of several parts joined by hyphens changes in the last
// part only, as "Касым-Жомарта" does. A word in capitals does not change.
func Decline(word string, l Lang, c Class) Paradigm {
	var p Paradigm
	p[Nominative] = []string{word}
	head, last := "", word
	if i := strings.LastIndexByte(word, '-'); i >= 0 {
		head, last = word[:i+1], word[i+1:]
	}
	if c == Noun && strings.Contains(word, "-на-") {
		return declineBefore(word, l)
	}
	r, ok := find(strings.ToLower(last), l, c)
	if !ok || Acronym(word) {
		return unchanging(word, l)
	}
	stem := head + cut(last, r.cut)
	for i, endings := range strings.Fields(r.cases) {
		for ending := range strings.SplitSeq(endings, "/") {
			p[Case(i)+Genitive] = append(p[Case(i)+Genitive], join(stem, ending))
		}
	}
	return p
}

// declineBefore declines the part before "-на-", as in Ростова-на-Дону.
func declineBefore(word string, l Lang) Paradigm {
	town, river, _ := strings.Cut(word, "-на-")
	p := Decline(town, l, Noun)
	for c := range p {
		for i := range p[c] {
			p[c][i] += "-на-" + river
		}
	}
	return p
}

// join puts an ending on a stem. An ending may begin with digits, the number
// of letters that it takes off the stem, or be "0", the empty ending.
func join(stem, ending string) string {
	if ending == "0" {
		return stem
	}
	if n := ending[0]; n >= '1' && n <= '9' {
		stem, ending = cut(stem, int(n-'0')), ending[1:]
	}
	return stem + ending
}

// unchanging returns the paradigm of a word that is the same in all cases.
func unchanging(word string, l Lang) Paradigm {
	var p Paradigm
	for c := range p {
		if Case(c) != Vocative || l == Ukrainian {
			p[c] = []string{word}
		}
	}
	return p
}

// find returns the rule for a word in lower case, or ok = false if the word
// does not change.
func find(word string, l Lang, c Class) (r rule, ok bool) {
	for _, r := range rules[l][c] {
		for ending := range strings.FieldsSeq(r.endings) {
			if fits(word, ending) {
				return r, r.cases != ""
			}
		}
	}
	return rule{}, false
}

// fits reports whether word ends in ending and has something before it. The
// ending "C" is any consonant.
func fits(word, ending string) bool {
	if ending == "C" {
		last, _ := utf8.DecodeLastRuneInString(word)
		return unicode.Is(unicode.Cyrillic, last) && !strings.ContainsRune("аеёиоуыэюяіїєйьў'", last)
	}
	return strings.HasSuffix(word, ending)
}

// cut returns s without its last n letters.
func cut(s string, n int) string {
	for ; n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

// Acronym reports whether s has two or more letters and only capitals.
func Acronym(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1
}
