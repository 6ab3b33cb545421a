package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/story/wordform"
)

// subject returns who does what the verb at i says.
func (s *sentence) subject(i int) (voice, bool) {
	if v, ok := s.agent(i); ok {
		return v, true
	}
	if s.isPassive(i) || s.isDone(i) || s.isImpersonal(i) || strings.HasPrefix(s.words[i].text, "указ") && i+1 < len(s.words) && wordform.IsOfWhatIsSaid(s.words[i+1].text) {
		return voice{}, false
	}
	if v, ok := s.shared(i); ok {
		return v, v.rank != nobody
	}
	if k := s.auxiliary(i); k > 0 {
		return s.after(k + 1)
	}
	if v, ok := s.before(i); ok {
		if u := s.words[max(0, v.noun)]; s.lang != "en" && v.rank == one && (u.is == 0 && !u.capital || wordform.IsThus(u.text)) {
			if w, ok := s.power(s.after(i + 1)); ok && !w.place && s.maySpeakAfter(w, i) { // "así respondió el portavoz"
				return w, true
			}
		}
		return v, v.rank != nobody
	}
	if s.parted(i) {
		return s.apart(i)
	}
	if s.lang != "en" && s.words[i].is&(acts|urges) == 0 || s.words[i].is&(says|states|accuses) != 0 && (i == 0 || s.parted(i-1) || s.words[i-1].quoted && !s.words[i].quoted) {
		if v, ok := s.after(i + 1); ok && s.maySpeakAfter(v, i) && (!v.place || s.words[v.noun-1].is&of == 0 || s.isWithin(v.noun-1, i)) {
			return v, true
		}
	}
	return s.apart(i)
}

// isImpersonal reports whether the Russian or Ukrainian verb at i begins a clause
// and has no subject: «сообщается о мятеже», «повідомляють про заколот».
func (s *sentence) isImpersonal(i int) bool {
	if s.lang != "ru" && s.lang != "uk" || s.clauseFrom(i) != i || s.parted(i) || i+1 >= len(s.words) || s.words[i].is&says == 0 {
		return false
	}
	return wordform.IsOfWhatIsSaid(s.words[i+1].text)
}

// shared returns who does what the verb at i says, if that goes on with an
// earlier one: "did not confirm it and called it nonsense", "says the army,
// denying a coup". It is nobody if nobody was heard by the earlier one.
func (s *sentence) shared(i int) (voice, bool) {
	if i < 2 {
		return voice{}, false
	}
	goesOn := s.lang == "en" && s.parted(i-1) && strings.HasSuffix(s.words[i].text, "ing") && len(s.heard) > 0
	if !goesOn && !wordform.IsAnd(s.words[i-1].text) {
		return voice{}, false
	}
	for _, v := range slices.Backward(s.heard) {
		if v.at < i && (goesOn || v.at >= s.clauseFrom(i)) && s.words[v.at].is&via == 0 {
			return v, true
		}
	}
	return voice{}, true
}

// auxiliary returns the German "hat" or "haben" that parts the object at the
// beginning of a clause from the subject of the verb at i: "den Sturz haben
// Offiziere bekannt gegeben"; 0 if there is none.
func (s *sentence) auxiliary(i int) int {
	from := s.clauseFrom(i)
	if s.lang != "de" || !s.isOblique(from, i) {
		return 0
	}
	for k := from + 1; k < i; k++ {
		if wordform.IsHat(s.words[k].text) {
			return k
		}
	}
	return 0
}

// isPassive reports whether the verb at i is what is done to its subject.
func (s *sentence) isPassive(i int) bool {
	w := s.words[i]
	if s.lang == "ru" || s.lang == "uk" {
		return wordform.IsShortParticiple(w.text)
	}
	if s.lang == "en" && w.is&hedge != 0 && w.is&says != 0 { // "said to be"
		return true
	}
	if s.lang == "en" && wordform.IsDoneTo(w.text) && i+1 < len(s.words) && s.words[i+1].is&(of|by|adverb) != 0 && s.words[i].is&inner == 0 {
		return true
	}
	from := i
	for from > max(0, i-3) && !s.parted(from-1) {
		from--
	}
	return s.has(being, from, i) && w.is&(says|states) == 0 || s.has(being, max(from, i-2), i) && wordform.IsParticiple(w.text)
}

// agent returns by whom what the verb at i says is done: "denied by the army".
func (s *sentence) agent(i int) (voice, bool) {
	w := s.words[i]
	if v, ok := s.publisher(i); ok {
		return v, true
	}
	if (s.lang == "ru" || s.lang == "uk") && wordform.IsShortParticiple(w.text) {
		return s.power(s.after(i + 1))
	}
	if w.is&(denies|rejects|names|declares|accuses) == 0 || !wordform.IsParticiple(w.text) || s.lang == "en" && (strings.HasSuffix(w.text, "s") || strings.HasSuffix(w.text, "e")) {
		return voice{}, false
	}
	if v, ok := s.before(i); ok && v.rank == power && s.lang != "en" && v.to == i { // "l'armée dément la prise de la radio par des mutins"
		return voice{}, false
	}
	for j := i + 1; j < min(len(s.words), i+agentReach); j++ {
		if s.words[j].is&by != 0 {
			v, ok := s.after(j + 1)
			return v, ok && (v.rank == power || s.isParty(v))
		}
	}
	for j := i - 1; s.lang == "de" && j > i-agentReach && j >= 0; j-- {
		if s.words[j].is&by != 0 && (i == len(s.words)-1 || s.parted(i) || s.has(being, i-agentReach, i)) {
			return s.power(s.after(j + 1))
		}
	}
	return voice{}, false
}

// publisher returns on whose site stands what the participle at i says was made
// public: "published on the site of the presidency".
func (s *sentence) publisher(i int) (voice, bool) {
	if w := s.words[i]; !wordform.IsShortParticiple(w.text) && !wordform.IsParticiple(w.text) && !(w.is&declares != 0 && strings.HasSuffix(w.text, "ен")) {
		return voice{}, false
	}
	for j := i + 1; j < min(len(s.words), i+agentReach) && !s.parted(j-1); j++ {
		if s.words[j].has&site == 0 {
			continue
		}
		if v, ok := s.power(s.after(j + 1)); ok && !s.parted(j) {
			return v, true
		}
		return s.power(s.after(i + 1))
	}
	return voice{}, false
}

// power returns v if it is that of a state.
func (s *sentence) power(v voice, ok bool) (voice, bool) { return v, ok && v.rank == power }

// parted reports whether a mark parts word i from the next.
func (s *sentence) parted(i int) bool { return s.words[i].comma || s.words[i].colon }
