package slavic

import "strings"

// Phrase declines the name of a body or a place, which is in the nominative:
// "Федеральная служба безопасности" becomes "Федеральной службы безопасности".
// Adjectives at its beginning and the first noun change; what follows them is
// in the genitive already, or a name, and stays. An abbreviation stays, too, and
// the noun after it changes: "ЧВК Вагнер" becomes "ЧВК Вагнера".
//
// The result has every form once, with the nominative first, and the case that
// each is in.
func Phrase(words []string, l Lang) []Declined {
	declined := make([]Paradigm, len(words))
	head := true
	for i, w := range words {
		switch {
		case !head:
			declined[i] = unchanging(w, l)
		case i+1 < len(words) && Acronym(w):
			declined[i] = unchanging(w, l)
		case i+1 < len(words) && IsAdjective(w, l):
			declined[i] = Decline(w, l, Adjective)
		default:
			declined[i] = Decline(w, l, Noun)
			head = false
		}
	}
	var all []Declined
	seen := map[string]bool{}
	for c := range NumCases {
		for _, phrase := range product(declined, Case(c)) {
			if k := strings.Join(phrase, " "); !seen[k] {
				seen[k] = true
				all = append(all, Declined{phrase, Case(c)})
			}
		}
	}
	return all
}

// A Declined is a phrase in one of its cases.
type Declined struct {
	Words []string
	Case  Case
}

// product returns all ways to put the words together in the case c. Words that
// lack the case stand in the nominative.
func product(words []Paradigm, c Case) [][]string {
	all := [][]string{nil}
	for _, p := range words {
		forms := p[c]
		if len(forms) == 0 {
			forms = p[Nominative]
		}
		var next [][]string
		for _, head := range all {
			for _, f := range forms {
				next = append(next, append(head[:len(head):len(head)], f))
			}
		}
		all = next
	}
	return all
}

// adjectives are the endings of adjectives in the nominative that nouns of
// names hardly have, by language.
var adjectives = [NumLangs]string{
	Russian:    "ый ский цкий ной вой ний чий ший щий ая яя ное ское цкое вое тое лое мое ее ные ские цкие овы",
	Ukrainian:  "ний ський цький вий тий лий ній на ська цька ова ева не ське цьке ове ні ські цькі ові ні лика",
	Belarusian: "скі цкі ны вы ая ае ія ыя",
}

// IsAdjective reports whether word, in the nominative, looks like an adjective.
func IsAdjective(word string, l Lang) bool {
	word = strings.ToLower(word)
	for ending := range strings.FieldsSeq(adjectives[l]) {
		if fits(word, ending) {
			return true
		}
	}
	return false
}
