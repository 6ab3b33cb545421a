package ladder

import "github.com/coupwatch/coupwatch/story/wordform"

// negatesNoun reports whether "no" at i is about the event: "no coup", "aucun
// coup d'État", «никакого переворота», "neither mutiny nor …". That there are
// no coup leaders is not.
func (s sentence) negatesNoun(i int) bool {
	ends := i == len(s.words)-1 || s.parted(i)
	if ends && s.lang == "de" && i > 0 && s.isEvent(i-1) {
		return true // "hier meutert niemand"
	}
	if ends && (s.has(happened, i-2, i) || s.words[i].is&happened != 0 && s.hasEvent(s.clauseFrom(i), i)) {
		return true // "there was none", «мятежа в войсках нет»
	}
	for k := i + 1; k < min(len(s.words), i+4); k++ {
		w := s.words[k]
		if s.isEvent(k) {
			return !s.has(talk|body|head|chief|man, k+1, k+2) || s.lang != "en"
		}
		if s.parted(k) || w.is&(says|clause|declares|body|talk)&^(of|article) != 0 {
			return false
		}
	}
	return false
}

// negatesAll reports whether a clause begins with the word i, "nobody" or the
// like, and does not only say that nobody was hurt.
func (s sentence) negatesAll(i int) bool {
	to, from := s.clauseTo(i), s.clauseFrom(i)
	begins := from == i || i-from <= 3 && s.has(happened, from, i+1) // "there is no"
	background := s.has(amid, i, to) && !s.has(talk, i, to)          // "no heroes after the mutiny"
	return begins && s.hasVoice(power) && !s.has(wont, i, to) && !background
}

// clauseFrom returns the first word of the clause of word i.
func (s sentence) clauseFrom(i int) int {
	for i > 0 && !s.parted(i-1) {
		i--
	}
	return i
}

// clauseTo returns the word after the clause of word i.
func (s sentence) clauseTo(i int) int {
	for i < len(s.words)-1 && !s.parted(i) {
		i++
	}
	return i + 1
}

// isTalkOf reports whether the talk at i is talk of the event: "reports of a
// coup", "coup rumours", «сообщения о мятеже».
func (s sentence) isTalkOf(i int) bool {
	if s.words[i].is&event != 0 || i > 0 && s.isEvent(i-1) && !s.parted(i-1) {
		return true
	}
	return i+1 < len(s.words) && !s.parted(i) && (wordform.IsOfWhat(s.words[i+1].text) || s.words[i+1].text == "that") && s.hasEvent(i+1, i+7)
}

// isSubject reports whether word j begins a clause but for an article or two.
func (s sentence) isSubject(j int) bool { return s.title && j-s.clauseFrom(j) <= 2 }

// explains reports whether an office says what the sign at j was, in a clause
// that has no event: "the shots were celebratory fire".
func (s sentence) explains(j int) bool {
	to := s.clauseTo(j)
	if !s.has(being|only|happened, j+1, to) || s.hasEvent(j+1, to) || s.has(confirms|neutral, 0, len(s.words)) {
		return false
	}
	for _, v := range s.heard {
		if v.rank == power && v.at >= to && s.words[v.at].is&says != 0 {
			return true
		}
	}
	return false
}

// isTalkAbout reports whether the talk at i is about anything: "reports of".
func (s sentence) isTalkAbout(i int) bool {
	return i+1 < len(s.words) && !s.parted(i) && wordform.IsOfWhat(s.words[i+1].text) && s.title
}

// scornsTalk reports whether an office does something with the talk at i that
// leaves no doubt what it thinks of it, whatever the word: it calls it names,
// turns on it, or says of it that something is not. Who confirms or examines
// talk does not.
func (s sentence) scornsTalk(i int) bool {
	if s.has(confirms|neutral, 0, len(s.words)) {
		return false
	}
	from, to := s.clauseFrom(i), s.clauseTo(i)
	if s.isQuotedAway(i) && s.hasVoice(power) {
		return true
	}
	for _, v := range s.heard {
		switch {
		case v.rank != power:
		case v.at < 0 && (i-from < 3 || i-v.to < 3), v.at >= 0 && v.at < i && i-v.at <= 3 && s.words[v.at].is&says != 0 && s.words[i].is&sign == 0:
			return true // talk is what is spoken of, and not a recording that the office shows
		case v.at >= 0 && v.at < i && s.words[v.at].is&(names|rejects|urges) != 0 && !s.has(clause&^of, v.at+1, i):
			return true
		case s.has(never|only, i, to), i <= from+2 && v.at >= to && s.words[v.at].is&says != 0 && s.title:
			return true
		}
	}
	v, ok := s.phrase(from, i)
	return ok && v.rank == power && s.title && v.from <= from+2 && v.to < i && i-v.to <= 4 && !v.place && s.scorner(v, i)
}

// isQuotedAway reports whether few words in quotation marks, which are none of the
// event, follow the talk at i: what an office calls it ("rumours “of bad
// faith”").
func (s sentence) isQuotedAway(i int) bool {
	const few, reach = 4, 8
	n := 0
	for k := i + 1; k < min(len(s.words), i+reach); k++ {
		if w := s.words[k]; w.quoted && !s.words[i].quoted {
			if s.isEvent(k) || w.is&(modal|says) != 0 {
				return false
			}
			n++
		} else if n > 0 {
			break
		}
	}
	return s.title && n > 0 && n <= few
}

// scorner reports whether v, whose name stands before the talk at i, does
// something with it.
func (s sentence) scorner(v voice, i int) bool {
	for j := v.to; j < i; j++ {
		if wordform.StirsTalk(s.words[j].text) || s.words[j].is&(clause|by|amid|being|says|hedge)&^of != 0 || s.isEvent(j) && (j != i-1 || i-v.to < 2) {
			return false
		}
	}
	return true
}

// negatesVerb reports whether "not" at i says that the event did not happen:
// "was not a coup", "has not seized power", "never took place", «не было».
func (s sentence) negatesVerb(i int) bool {
	if s.has(modal, i-2, i) || s.has(confirms, 0, i) {
		return false
	}
	if s.has(happened, i+1, i+4) && !s.has(wont, i+1, i+5) && s.hasEvent(0, i) && !s.hasPerson(i) {
		return true
	}
	steps := 0
	for k := i + 1; k < len(s.words) && steps < 5; k++ {
		w := s.words[k]
		if w.is&wont != 0 || s.parted(k-1) && k > i+1 || w.is&(says|talk|withheld|denies)&^happened != 0 {
			return false
		}
		if s.isEvent(k) {
			return s.words[i].is&none == 0
		}
		if w.is&(article|being|happened|of) == 0 {
			steps += 2
		} else {
			steps++
		}
	}
	return s.has(happened|being, i-1, i) && s.words[i].is&never != 0 && s.hasEvent(0, i-1) && i >= len(s.words)-2
}

// hasPerson reports whether the subject of the verb that is negated at i is
// somebody: "the coup leader was not".
func (s sentence) hasPerson(i int) bool { return s.has(chief|head|man, i-3, i) }
