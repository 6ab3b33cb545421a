package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// Windows, in words.
const (
	beside    = 8  // between a denial and what is denied
	judgement = 10 // between a verb and what it calls something
	far       = 30 // what is all of a sentence
)

// denial returns the sentence that says that it is not so, and who says that;
// ok is false if none does, or nobody who could know.
func (p passage) denial() (i int, v voice, side, ok bool) {
	for i, s := range p {
		if !s.title && !(s.lead && (s.near || s.has(talk|event, 0, far)) && p.isOfDenial()) {
			continue
		}
		for j := range s.words {
			answer := j == 0 && p.isAnswer(i) && s.hasVoice(power)
			if !answer && (!s.title && !s.words[j].isPlainDenial() || !s.denies(j, p)) {
				continue
			}
			if v, side, found := p.denier(i, j); found {
				return i, v, side, true
			}
		}
	}
	return 0, voice{}, false, false
}

// isPlainDenial reports whether w denies by its own meaning: below a title,
// where much else is told, nothing less is heard.
func (w word) isPlainDenial() bool { return w.is&(denies|rejects|untrue|none|neither|replies) != 0 }

// isOfDenial reports whether the title of p leads one to expect a denial below
// it: it tells of talk, calls something false, or asks.
func (p passage) isOfDenial() bool {
	for _, s := range p {
		if s.title && (s.has(talk|untrue|denies|rejects|hedge, 0, far) || strings.Contains(s.text, "?")) {
			return true
		}
	}
	return false
}

// denies reports whether word j of s says that it is not so: a verb that denies
// or turns away, a judgement that it is false, or a negation of the event.
func (s sentence) denies(j int, p passage) bool {
	w := s.words[j]
	switch {
	case w.is&inner != 0:
		return false
	case w.is&denies != 0:
		return !s.undone(j) && (s.deniable(j) || s.headsDenial(j) || s.title && p.asks())
	case w.is&(replies|hedge) != 0 && s.answersTalk(j, p):
		return true
	case w.is&only != 0 && s.isOnlyTalk(j):
		return true
	case w.is&rejects != 0 && s.rejectsTalk(j):
		return !s.undone(j)
	case w.is&untrue != 0:
		return s.judges(j, p)
	case w.is&sign != 0 && s.isSubject(j):
		return s.explains(j)
	case w.is&harmless != 0:
		return p.tells(event|talk) && !s.has(amid, 0, j) && s.hasVoice(power)
	case w.is&(none|neither) != 0 && (s.negatesNoun(j) || s.negatesAll(j) && (s.blind || p.tells(event|talk|rebel))):
		return true
	case w.is&talk != 0 && (s.isTalkOf(j) || s.isTalkAbout(j)):
		return s.scornsTalk(j)
	case w.is&part != 0:
		return w.text == "nothing" || s.has(never, j-3, j)
	case w.is&never != 0 && j == 0 && w.comma: // "No, there was …"
		return true
	case w.quoted && w.is&(never|none) != 0 && s.isRetortOn(j): // "“Never happened”: the army on the coup"
		return true
	case w.is&never != 0:
		return s.negatesVerb(j) || p.asks() && s.hasVoice(power) && !s.has(wont, j+1, j+3)
	}
	return false
}

// isRetortOn reports whether the quotation with word j is what an office named
// after a colon says on the event.
func (s sentence) isRetortOn(j int) bool {
	for _, v := range s.heard {
		if v.at < 0 && v.rank == power && v.from > j && s.isRetort(0, v.from) && s.has(about, v.to, v.to+1) && s.hasEvent(v.to, far) && !s.has(modal|wont, 0, v.from) {
			return true
		}
	}
	return false
}

// undone reports whether the denial at i is itself denied, or an aside: "does
// not deny", "refused to deny", "despite denials".
func (s sentence) undone(i int) bool { return s.has(never|fails|despite, i-3, i) }

// deniable reports whether what is denied at i is what is told, or talk of it,
// and not asylum to somebody.
func (s sentence) deniable(i int) bool {
	if s.has(withheld, i+1, i+beside) {
		return false
	}
	from := i - far
	if s.isActive(i) {
		from = i + 1
	}
	to := i + 2
	for to < len(s.words) && to < i+beside && s.words[to-1].text != "for" && s.words[to-1].text != "who" { // "amnesty for rebels"
		to++
	}
	return s.hasEvent(from, to) || s.has(rebel, i+1, i+beside) || s.has(talk, i-far, i+beside) || s.title && s.blind
}

// isActive reports whether what the verb at i denies comes after it, as it does
// in English: "denies the plot", but not "the plot was denied".
func (s sentence) isActive(i int) bool {
	if s.lang != "en" || s.has(being, i-2, i) || s.has(by, i, i+beside) || i+2 >= len(s.words) {
		return false
	}
	w := s.words[i].text
	return w != "denial" && w != "denials"
}

// rejectsTalk reports whether what is turned away at i is talk of it, or is
// called false.
func (s sentence) rejectsTalk(i int) bool {
	reach := i + beside
	return s.has(talk|untrue|denies|part, i+1, reach) || i+1 < len(s.words) && wordform.IsThat(s.words[i+1].text) && s.hasEvent(i+1, far) ||
		s.title && !s.words[i].quoted && s.quotesEvent(i+1, reach) || (s.has(by, i, reach) || s.lang != "en" || s.has(being, i-3, i)) && s.has(talk|untrue, i-far, i) ||
		s.has(by, i, reach) && s.hasEvent(0, i) || s.has(modal, i+1, i+3) && s.hasEvent(i+1, reach)
}

// quotesEvent reports whether an event is named in quotation marks in from to
// before to: "the “coup”".
func (s sentence) quotesEvent(from, to int) bool {
	for j := from; j < min(len(s.words), to); j++ {
		if s.words[j].quoted && s.words[j].is&event != 0 {
			return true
		}
	}
	return false
}

// judges reports whether the word at j says that what is told is false, and
// does so of the report or of the event: not of a war, not of the charge of
// spreading falsehoods.
func (s sentence) judges(j int, p passage) bool {
	w := s.words[j]
	if s.has(about|accuses, j-1, j) && !w.quoted || s.has(never, j-2, j) && !s.has(none|never, j, j+1) && w.is&(none|never) == 0 {
		return false
	}
	if s.isAlleged(j) {
		return false
	}
	return s.hasEvent(0, far) || s.has(talk, 0, far) || s.title && (s.blind || p.tells(event|talk))
}

// isAlleged reports whether the falsehood at j is an offence: "jailed for
// spreading false news".
func (s sentence) isAlleged(j int) bool {
	for k := max(0, j-4); k < j; k++ {
		switch s.words[k].text {
		case "spreading", "spread", "law", "laws", "case", "arrested", "jailed", "charged", "fined", "tsunami", "дело", "делу", "статье", "закон", "закона", "справу", "закону", "verbreitung", "diffusion", "difundir":
			return true
		}
	}
	return false
}

// has reports whether a word of s from to before to is of one of the classes.
func (s sentence) has(is class, from, to int) bool {
	for j := max(0, from); j < min(len(s.words), to); j++ {
		if s.words[j].is&is != 0 {
			return true
		}
	}
	return false
}

// isEvent reports whether word i names what is told.
func (s sentence) isEvent(i int) bool {
	w := s.words[i]
	const others = body | head | chief | junta | man | officer | spy | court | party | says | declares | states | acts | being | hedge | talk | modal | names | past | of
	return w.is&event != 0 || w.topic && w.country == "" && w.is&others == 0
}

// hasEvent reports whether a word of s from to before to names what is told.
func (s sentence) hasEvent(from, to int) bool {
	for j := max(0, from); j < min(len(s.words), to); j++ {
		if s.isEvent(j) {
			return true
		}
	}
	return false
}

// hasVoice reports whether somebody of the rank r is heard in s.
func (s sentence) hasVoice(r rank) bool {
	return slices.ContainsFunc(s.heard, func(v voice) bool { return v.rank == r })
}

// tells reports whether the title or the lead of p has a word of a class.
func (p passage) tells(is class) bool {
	for _, s := range p {
		if (s.title || s.lead) && (s.has(is, 0, far) || is&event != 0 && s.hasEvent(0, far)) {
			return true
		}
	}
	return false
}

// asks reports whether the title of p asks whether the event is so.
func (p passage) asks() bool {
	return slices.ContainsFunc(p, func(s sentence) bool { return s.title && strings.Contains(s.text, "?") && s.hasEvent(0, far) })
}

// denier returns who says in sentence i of p, by its word j, that it is not so.
// Side is true if they deny only that they have a part in it, or speak for
// another country.
func (p passage) denier(i, j int) (v voice, side, ok bool) {
	s := p[i]
	w := s.words[j]
	if w.is&(denies|rejects) != 0 {
		if v, ok := s.denierBy(j); ok && !(v.rank == nobody && !s.has(accuses|part, 0, len(s.words)) && s.hasVoice(power)) {
			foreign, part := p.foreign(s, v), s.has(part, j+1, j+beside)
			return v, foreign || part, v.rank == power && (foreign || v.isBody || v.place || !part)
		}
	}
	if !s.title && w.is&(denies|rejects) != 0 {
		return voice{}, false, false
	}
	for _, v := range p.voicesOn(s, j) {
		if v.rank != power || w.is&part == 0 && p.foreign(s, v) {
			continue
		}
		if v.at < 0 || v.said != "" || s.words[v.at].is&(via|says|states|declares|names|denies|rejects|acts|urges|replies) != 0 {
			return v, w.is&part != 0, true
		}
	}
	v, ok = p.answerer(s, j)
	return v, false, ok
}

// answerer returns who the first sentence below the title s names, if s says at
// its word j that talk was denied, rejected or is false, and not by whom:
// "Reports of coup rejected as fabrication".
func (p passage) answerer(s sentence, j int) (voice, bool) {
	_, seat := s.capital()
	negated := s.words[j].is&(none|neither) != 0 && seat
	if !s.title || s.words[j].is&(denies|rejects|untrue) == 0 && !negated || slices.ContainsFunc(s.heard, func(v voice) bool { return v.rank >= one }) {
		return voice{}, false
	}
	for _, t := range p {
		for _, v := range t.heard {
			if t.lead && v.rank == power && v.at >= 0 && !p.foreign(t, v) && t.words[v.at].is&(says|states|names|denies|rejects|declares) != 0 {
				v.said = t.nameOf(v)
				return v, true
			}
		}
	}
	return s.capital() // "Accra: coup story is invented"
}

// voicesOn returns those in s who may be the ones that say what its word j
// says: who calls it so, else whoever speaks, in a title whatever the verb; and
// if nobody does, whoever another sentence of the title names.
func (p passage) voicesOn(s sentence, j int) []voice {
	from := s.clauseFrom(j)
	for _, v := range s.heard {
		if v.at >= from && v.at < j && s.words[v.at].is&names != 0 {
			return []voice{v}
		}
	}
	if !s.title {
		return s.heard
	}
	voices := slices.Clone(s.heard)
	if v, ok := s.tail(j); ok {
		voices = append(voices, v)
	}
	if v, ok := s.phrase(from, j); ok && s.words[j].is&talk != 0 && !s.has(about, from, v.from) {
		voices = append(voices, v)
	}
	for _, t := range p {
		if s.hasVoice(power) || !t.title || t.text == s.text {
			continue
		}
		for _, v := range t.heard {
			if v.at < 0 && v.rank == power && !p.foreign(t, v) {
				v.said = t.nameOf(v)
				voices = append(voices, v)
			}
		}
	}
	return voices
}

// denierBy returns who denies by the verb or the noun at j.
func (s sentence) denierBy(j int) (voice, bool) {
	for k := j + 1; s.isNounOfDenial(j) && k < min(len(s.words), j+4); k++ {
		if s.words[k].is&(of|by) != 0 {
			if v, ok := s.power(s.after(k)); ok {
				return v, true
			}
		}
	}
	for _, v := range s.heard {
		if v.at == j {
			return v, true
		}
	}
	if v, ok := s.before(j); ok && !s.isPassive(j) && !s.isUnborneOut(j) {
		return v, true
	}
	return voice{}, false
}

// isUnborneOut reports whether the denial at j says that talk was not borne out,
// which is nobody's doing: «не подтвердилось».
func (s sentence) isUnborneOut(j int) bool {
	return s.words[j].is&denies != 0 && s.words[j].text == "не"
}

// isNounOfDenial reports whether word j is "denial" and not "deny".
func (s sentence) isNounOfDenial(j int) bool {
	return wordform.IsDenial(s.words[j].text)
}

// tail returns who stands in another clause than word j, at its beginning or
// after one word, as in "“Nonsense”, thunders the minister", whatever the verb.
func (s sentence) tail(j int) (voice, bool) {
	for i := 1; i < len(s.words); i++ {
		to := s.clauseTo(i)
		if !s.parted(i-1) || i <= j && j < to {
			continue
		}
		if v, ok := s.phrase(i, to); ok && s.words[v.noun].sense == news.Capital && v.from == i && s.has(about, v.to, v.to+3) && s.has(talk, v.to, to) {
			return v, true // "Nairobi's verdict on the reports"
		}
		if s.hasEvent(i, to) {
			continue
		}
		if v, ok := s.phrase(i, to); ok && v.rank == power && v.from <= i+2 && !v.place {
			return v, true
		}
		for k := i; k < to-1; k++ { // "mise au point de l'armée"
			if s.lang == "en" && k > i+1 {
				break // "take nothing from the army"
			}
			if v, ok := s.power(s.after(k + 1)); ok && s.words[k].is&of != 0 && !v.place {
				return v, true
			}
		}
	}
	return voice{}, false
}
