package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// phrase returns who the words from to before to name.
func (s *sentence) phrase(from, to int) (voice, bool) {
	at, r := s.noun(from, to)
	if at < 0 {
		return voice{}, false
	}
	v := voice{rank: r, from: at, to: at + 1, noun: at, at: -1}
	for v.from > from && s.belongs(v.from-1) {
		v.from--
	}
	for v.to < to && s.goesOn(v.to, to) {
		v.to++
	}
	for v.from < at && s.words[v.from].is&(article|of) != 0 && s.words[v.from].is&(body|head|chief|party) == 0 && !s.words[v.from].place {
		v.from++
	}
	for v.to > at+1 && s.words[v.to-1].is&(of|article) != 0 && s.words[v.to-1].is&(body|head) == 0 && !s.words[v.to-1].capital {
		v.to--
	}
	w := s.words[at]
	v.junta, v.union, v.isBody = w.is&junta != 0, s.has(union, v.from, v.to), w.is&body != 0
	if v.rank == one && w.is&man != 0 && s.has(took, 0, len(s.words)) && !s.has(rebel|past, v.from, v.to) {
		v.rank, v.junta = power, true
	}
	if v.rank == power && w.is&(body|junta) == 0 && s.has(dock, 0, len(s.words)) {
		v.rank = one
	}
	v.place = r == power && w.place && w.is&(body|head|chief|junta|union) == 0 && !w.firm
	v.country, v.entity = s.countryOf(v, at), w.entity
	if v.place {
		v.entity = ""
	}
	return v, true
}

// noun returns the word in from to before to that says who somebody is, and
// their rank; -1 for none.
func (s *sentence) noun(from, to int) (int, rank) {
	cut := to
	for j := from + 1; j < to; j++ {
		if w := s.words[j]; w.is&of != 0 && w.is&(body|head|chief|article) == 0 && s.words[j-1].is&of == 0 {
			cut = j
			break
		}
	}
	at, r := s.nounWithin(from, cut, to)
	if at < 0 && cut < to && s.words[from].is&of != 0 {
		at, r = s.nounWithin(cut, to, to)
	}
	if at < 0 && cut > from && s.maySpeak(cut-1) {
		if s.owner(from, cut) >= 0 && !s.words[cut-1].capital && !wordform.IsKin(s.words[cut-1].text) && !strings.HasSuffix(s.words[s.owner(from, cut)].text, "s") {
			return -1, nobody // "the general's war"
		}
		return cut - 1, one
	}
	return at, r
}

// maySpeak reports whether word i, of which no list says that it is somebody,
// may be: it is no verb, adverb or thing that is told.
func (s *sentence) maySpeak(i int) bool {
	w := s.words[i]
	if w.is&(event|talk|declares|confirms|denies|rejects|adverb|modal|being|dated|never|none|hedge|amid|article|clause|pronoun) != 0 || wordform.IsWhen(w.text) || s.lang == "en" && wordform.IsSomeOf(w.text) {
		return false
	}
	for _, end := range []string{"ed", "ing", "ly"} {
		if s.lang == "en" && !w.capital && strings.HasSuffix(w.text, end) {
			return false
		}
	}
	return true
}

// ofNames are the classes of words that may stand in what somebody is called.
const ofNames = unnamed | media | party | past | rebel | junta | body | head | chief | man | outside | union | of | article | adverb | inner | spy | court

// hasPlain reports whether a word of which nothing is known stands in from to
// before to.
func (s *sentence) hasPlain(from, to int) bool {
	for j := from; j < to; j++ {
		if w := s.words[j]; w.is&ofNames == 0 && !w.capital && !w.place && !wordform.IsOffice(w.text) {
			return true
		}
	}
	return false
}

// nounWithin is [sentence.noun] for the words before cut; those after it, up to
// to, say more of it.
func (s *sentence) nounWithin(from, cut, to int) (int, rank) {
	best, r := -1, nobody
	first := from
	if k := s.owner(from, cut); k >= 0 {
		first = k + 1
	}
	for j := first; j < cut; j++ {
		w := s.words[j]
		k := s.rankOf(j, from, cut, to)
		if k == nobody {
			continue
		}
		if w.is&(past|rebel) != 0 && w.is&junta == 0 {
			if best >= 0 && s.words[best].is&(man|party|head|chief) != 0 && s.lang != "en" { // "un officier en fuite"
				return best, one
			}
			return s.lastNoun(j, cut), one
		}
		switch {
		case best < 0:
			best, r = j, k
		case w.is&chief != 0 && s.words[best].is&party != 0:
			best, r = j, one
		case r == anon && s.words[best].is&outside != 0: // "Western officials"
		case s.lang == "en" && !s.hasPlain(best+1, j) || s.words[best].place || k == one && w.is&(party|past) != 0:
			best, r = j, k
		case r == one && k > one && s.words[best].is&(party|man) == 0:
			best, r = j, k
		}
	}
	return best, r
}

// lastNoun returns the last word from j to before cut that names somebody.
func (s *sentence) lastNoun(j, cut int) int {
	at := j
	for k := j + 1; k < cut && !s.parted(k-1); k++ {
		if s.words[k].is&(body|head|chief|man|party|rebel) != 0 {
			at = k
		}
	}
	if s.lang == "en" && at == j && cut-1 > j && s.maySpeak(cut-1) && !s.parted(cut-2) && s.words[cut-1].is == 0 {
		return cut - 1 // "ex-bank clerks"
	}
	if cyrillic := s.lang == "ru" || s.lang == "uk"; cyrillic && s.words[j].is&past != 0 && j+1 < cut && s.words[j+1].is == 0 && !s.words[j+1].capital && !wordform.IsAdjective(s.lang, s.words[j+1].text) {
		return j + 1 // «бывшая жена министра»
	}
	return at
}

// rankOf returns whose word it is that word j names; nobody if it names none.
func (s *sentence) rankOf(j, from, cut, to int) rank {
	w := s.words[j]
	next := word{}
	if j+1 < len(s.words) && !s.parted(j) {
		next = s.words[j+1]
	}
	switch {
	case s.isPaper(j), s.isFollowers(j):
		return nobody
	case s.isOfFaction(j), w.is&(body|head) != 0 && s.isOfPrivate(j, len(s.words)):
		return one
	case w.is&inner != 0, j > 0 && wordform.IsStance(s.words[j-1].text) && !s.parted(j-1), w.text == "pm" && !w.caps:
		return nobody
	case w.is&(outside|unnamed|media) != 0 && (w.is&body == 0 || w.is&unnamed != 0 && s.lang == "de"): // "Regierungskreise"
		return anon
	case w.is&(past|rebel) != 0 && w.is&junta == 0, w.is&party != 0:
		return one
	case w.is&event != 0 && w.is&(junta|body|chief) != 0 && s.lang == "de": // "Militärputsch"
		return nobody
	case w.is&(body|junta) != 0 && (next.is&event != 0 && next.is&man == 0 || next.is&(man|event) != 0 && s.lang == "en" && w.is&junta == 0):
		return nobody
	case w.is&man != 0, w.is&(body|head) != 0 && next.text == "who": // "police who fled"
		return one
	case w.is&(body|junta|union) != 0, w.firm:
		return power
	case w.is&head != 0:
		return power
	case w.is&chief != 0:
		if s.heads(j, from, to) {
			return power
		}
		return one
	case w.place:
		if !w.capital || w.sense == news.Nationality {
			return nobody
		}
		return power
	case w.caps && j > 0 && (s.words[j-1].text == "в" || s.words[j-1].text == "у"):
		return power // «в ОП заявили»
	case w.entity != "":
		return one
	}
	return nobody
}

// heads reports whether the chief at j heads an office or a state.
func (s *sentence) heads(j, from, to int) bool {
	if w := s.words[j]; w.entity != "" && !w.place && !w.firm {
		return false // "Wagner chief"
	}
	if s.isOfPrivate(j, to) || slices.ContainsFunc(s.words[max(0, j-2):min(to, j+4)], func(w word) bool { return wordform.IsOfHouse(w.text) }) {
		return false
	}
	for k := max(from, j-3); k < min(to, j+6); k++ {
		w := s.words[k]
		if w.entity != "" && !w.place && !w.firm && w.is&body == 0 {
			return false
		}
		if w.is&body != 0 || w.place || w.firm || wordform.IsOffice(w.text) {
			return true
		}
	}
	return false
}

// belongs reports whether word i is of the name that follows it.
func (s *sentence) belongs(i int) bool {
	w := s.words[i]
	return s.isAdjunct(i) || !s.parted(i) && (w.is&(clause|event|says|denies|talk|by|via|being|never)&^of == 0 || w.is&rebel != 0) &&
		(w.capital || w.place || w.is&(body|head|chief|inner|party|past|rebel|unnamed|outside|article) != 0 || wordform.IsOffice(w.text) || w.is == 0 && wordform.IsAdjective(s.lang, w.text))
}

// isAdjunct reports whether word i is an English noun right before an office, and
// nothing but an article or an owner before it: "the information minister".
func (s *sentence) isAdjunct(i int) bool {
	w := s.words[i]
	if s.lang != "en" || w.is&^talk != 0 || s.parted(i) || w.topic || w.quoted || i+1 >= len(s.words) || s.words[i+1].is&(head|body) == 0 || strings.HasSuffix(w.text, "ed") || strings.HasSuffix(w.text, "ing") {
		return false
	}
	return i == 0 || s.parted(i-1) || s.words[i-1].place || s.words[i-1].is&article != 0
}

// goesOn reports whether the name before word i goes on with it; it ends
// before word to.
func (s *sentence) goesOn(i, to int) bool {
	w := s.words[i]
	if s.parted(i-1) || w.is&(event|talk|denies|names)&^of != 0 && w.is&(head|body) == 0 || w.is&says != 0 {
		return false
	}
	if w.is&of != 0 {
		return i+1 < to && (s.words[i+1].capital || s.words[i+1].place || s.words[i+1].is&(of|body|head|article|chief) != 0 || s.words[i+1].is == 0 && s.lang != "en" && w.text != "la" && w.text != "le")
	}
	known := w.capital || w.place || w.is&(body|head|inner|chief) != 0 || s.isAttribute(i, to)
	return known || (s.lang == "ru" || s.lang == "uk") && w.is == 0 && i+1 < to && s.words[i-1].is&(head|chief) != 0 && s.words[i+1].capital
}

// isAttribute reports whether word i says more of the noun before it: a Russian
// or Ukrainian genitive («министр обороны»), a French or Spanish adjective
// before more of the name ("ministre algérien de la Sécurité intérieure").
func (s *sentence) isAttribute(i, to int) bool {
	w, prev := s.words[i], s.words[i-1]
	if w.is != 0 || w.topic {
		return false
	}
	cyrillic := s.lang == "ru" || s.lang == "uk"
	switch {
	case cyrillic && prev.is&(past|rebel) != 0 && wordform.IsAdjective(s.lang, prev.text): // «беглый банкир»
		return wordform.IsGenitive(s.lang, w.text)
	case s.lang == "fr" && prev.capital && wordform.IsFrenchAdjective(w.text):
		return true // "de la Sécurité intérieure"
	case prev.is&(body|head|chief|officer) == 0:
		return false
	}
	return wordform.IsAttribute(s.lang, w.text) && (cyrillic || i+1 < to && s.words[i+1].is&of != 0)
}

// countryOf returns the country of which v is, whose noun is at.
func (s *sentence) countryOf(v voice, at int) string {
	for j := v.from; j < v.to; j++ {
		if w := s.words[j]; w.seat != "" && (j == at || w.is&of == 0) {
			return w.seat
		}
	}
	if s.words[at].firm && s.words[at].country != "" {
		return s.words[at].country
	}
	for j := v.from; j < v.to; j++ {
		if s.words[j].country != "" {
			return s.words[j].country
		}
	}
	for j := v.from - 1; j >= max(0, v.from-2) && !s.parted(j); j-- {
		if s.words[j].country != "" {
			return s.words[j].country
		}
	}
	return ""
}

// nameOf returns v as a speaker is called.
func (s *sentence) nameOf(v voice) string {
	if v.said != "" || v.to <= v.from {
		return v.said
	}
	return s.nominative(v)
}
