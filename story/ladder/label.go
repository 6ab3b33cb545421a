package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/decline"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// listenToActs hears the court or the junta that a title, or what follows a
// place and a colon in it, begins with: whatever it does, it does by its word.
func (s *sentence) listenToActs() {
	from := 0
	if len(s.words) > 2 && s.words[0].colon {
		from = 1
	}
	for _, v := range s.heard {
		if v.from < from+4 {
			return
		}
	}
	v, ok := s.phrase(from, min(len(s.words), from+6))
	if !ok || v.rank != power || v.from > from+1 || s.words[v.noun].is&(court|junta) == 0 || v.to >= len(s.words) || s.parted(v.to-1) {
		return
	}
	w := &s.words[v.to]
	if w.is&^(says|happened|adverb|wont|neutral|acts|names|fails) != 0 || w.capital || s.lang == "en" && !s.isPresent(v) || wordform.IsShortParticiple(w.text) || strings.HasSuffix(w.text, "ся") {
		return
	}
	w.is |= declares
	s.hear(v, v.to)
}

// isPresent reports whether the English word after v is a verb that goes with it:
// "the junta scraps", "the coup leaders scrap".
func (s *sentence) isPresent(v voice) bool {
	w, noun := s.words[v.to], s.words[v.to-1].text
	if !strings.HasSuffix(noun, "s") {
		return strings.HasSuffix(w.text, "s")
	}
	if slices.ContainsFunc([]string{"s", "ed", "ing", "en"}, func(end string) bool { return strings.HasSuffix(w.text, end) }) {
		return false
	}
	return v.junta && w.text != "to" && w.is&(of|clause|about|being|dated) == 0
}

// listenToColon hears who is named before the first colon or after the last:
// "Army: no coup", "No coup: army".
func (s *sentence) listenToColon() {
	first := slices.IndexFunc(s.words, func(w word) bool { return w.colon })
	if first < 0 || first == len(s.words)-1 {
		return
	}
	if v, ok := s.capital(); ok && s.isAbroad(v) && len(s.heard) == 0 {
		s.hear(v, -1)
		return
	}
	if first < colonReach && !s.speaksIn(0, first+1) {
		if v, ok := s.label(0, first+1); ok {
			s.hear(v, -1)
			return
		}
	}
	if s.isQuoted(0, first+1) {
		if v, ok := s.after(first + 1); ok && v.rank > anon && !v.place && !s.words[v.noun].quoted {
			s.hear(v, -1)
			return
		}
	}
	last := len(s.words) - 2
	for last > 0 && !s.words[last].colon {
		last--
	}
	if len(s.words)-1-last <= colonReach && !s.speaksIn(last+1, len(s.words)) {
		if v, ok := s.label(last+1, len(s.words)); ok && (!v.place || s.has(about, v.to, v.to+1) && (s.has(talk, v.to, len(s.words)) || s.isRetort(0, last+1))) {
			s.hear(v, -1)
		}
	}
}

// speaksOfSelf reports whether the words from to before to, all of them unknown
// and with capitals, are followed by somebody's words of himself: "Imran Khan:
// generals toppled me". What an outlet puts before a colon speaks of nobody.
func (s *sentence) speaksOfSelf(from, to int) bool {
	for _, w := range s.words[from:to] {
		if !w.capital || w.is != 0 || w.has != 0 || w.topic || w.place {
			return false
		}
	}
	for j := to; j < len(s.words); j++ {
		if s.words[j].has&self != 0 {
			return j == to || !wordform.IsWhat(s.words[j-1].text)
		}
	}
	return false
}

// isRetort reports whether the words from to before to are a quotation that says
// that something is not so.
func (s *sentence) isRetort(from, to int) bool {
	return s.isQuoted(from, to) && s.has(never|none|neither|untrue, from, to)
}

// capital returns the capital, for its state, that stands alone before the first
// colon: "Accra: …", "New Delhi: …".
func (s sentence) capital() (voice, bool) {
	to := 1 + slices.IndexFunc(s.words, func(w word) bool { return w.colon })
	if to == 0 || to > 2 || slices.ContainsFunc(s.words[:to], func(w word) bool { return w.sense != news.Capital }) {
		return voice{}, false
	}
	return voice{rank: power, to: to, noun: to - 1, at: -1, country: s.words[0].country, place: true}, true
}

// isAbroad reports whether s names countries after v, which it begins with, and
// not theirs: "Baku: Armenian generals plan a coup".
func (s sentence) isAbroad(v voice) bool {
	others := false
	for _, w := range s.words[v.to:] {
		if w.country == v.country {
			return false
		}
		others = others || w.country != "" && w.place
	}
	return others
}

// speaksIn reports whether somebody was heard by a verb in from to before to.
func (s *sentence) speaksIn(from, to int) bool {
	return slices.ContainsFunc(s.heard, func(v voice) bool { return from <= v.at && v.at < to })
}

// isQuoted reports whether most of the words from to before to are quoted.
func (s *sentence) isQuoted(from, to int) bool {
	n := 0
	for j := from; j < to; j++ {
		if s.words[j].quoted {
			n++
		}
	}
	return 2*n > to-from
}

// label returns who the words from to before to name, if they do no more than
// that: "Army spokesman", "Peskov on the “plot”".
func (s *sentence) label(from, to int) (voice, bool) {
	end := to
	for j := from + 1; j < to; j++ {
		if s.words[j].is&about != 0 && s.words[j].is&(body|head) == 0 || s.words[j-1].comma || s.words[j].is&dock != 0 {
			end = j
			break
		}
	}
	at, r := s.noun(from, end)
	if at < 0 || r == nobody || s.has(none|neither|unnamed, from, end) {
		return voice{}, false
	}
	v, _ := s.phrase(from, end)
	if r == one && s.words[from].is&of != 0 && s.words[from].is&article == 0 {
		return voice{}, false
	}
	for j := from; j < end; j++ {
		w := s.words[j]
		if w.is&event != 0 && w.is&(party|rebel|junta) == 0 || w.quoted || w.is&clause&^of != 0 && w.is&(body|head|inner) == 0 {
			return voice{}, false
		}
		if j > from && s.words[j-1].is&(rebel|past) != 0 && w.is == 0 { // "rebel sailors"
			continue
		}
		if s.lang == "fr" && w.is&acts != 0 && j == end-1 && j > at { // "colonel limogé"
			continue
		}
		if known := w.capital || w.place || w.is&(ofNames|says) != 0 || wordform.IsOffice(w.text) || s.isAdjunct(j); !known && j != at && (j < at || s.words[j-1].is&of == 0 && !wordform.IsGenitive(s.lang, w.text) || wordform.IsWhere(s.words[j-1].text)) {
			return voice{}, false
		}
	}
	if v.place && end == to || s.has(sign, v.from, v.to) || r == one && s.words[at].is&chief == 0 && !s.isParty(v) && !s.namesPerson(from, to) {
		return voice{}, false
	}
	return v, true
}

// namesPerson reports whether the words from to before to, which no list has,
// name somebody: by a surname, or by their words in quotation marks after it.
func (s *sentence) namesPerson(from, to int) bool {
	if (s.lang == "ru" || s.lang == "uk") && s.words[from].capital && s.words[from].is&event == 0 && decline.IsSurname(s.words[from].text) {
		return true
	}
	if s.words[from].capital && to < len(s.words) && to-from <= 3 && s.speaksOfSelf(from, to) {
		return true
	}
	return s.words[from].capital && to < len(s.words) && (s.words[to].quoted || s.words[min(to+1, len(s.words)-1)].quoted)
}
