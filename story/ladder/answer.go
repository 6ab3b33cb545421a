package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/story/wordform"
)

// answersTalk reports whether an office answers talk of the event at j with
// words in the title of p that have nothing of it: "“I am at my desk”: the
// president replies to those who had him toppled", "“All planes are here”: the
// ministry on the alleged flight".
func (s sentence) answersTalk(j int, p passage) bool {
	w := s.words[j]
	if w.is&replies == 0 && !(j > 0 && s.title && s.words[j-1].is&about != 0 && s.hasEvent(j+1, far)) {
		return false
	}
	those := !s.has(amid, j+1, j+beside) // who say so, and not what was before
	if w.quoted || !s.has(talk|hedge, j+1, far) && !(those && s.hasEvent(j+1, far)) || s.has(confirms, 0, far) {
		return false
	}
	return slices.ContainsFunc(p, func(t sentence) bool { return t.title && t.quotesOtherThings() })
}

// quotesOtherThings reports whether something is quoted in s, and neither the
// event nor that somebody looks into it.
func (s sentence) quotesOtherThings() bool {
	n := 0
	for i, w := range s.words {
		if !w.quoted {
			continue
		}
		if n++; s.isEvent(i) || w.is&(neutral|confirms|modal) != 0 {
			return false
		}
	}
	const few = 3 // fewer may be a mere name
	return n >= few
}

// isAnswer reports whether the title sentence i of p is the answer, in a few words
// in quotation marks, to the question whether the event is so, or what one sees
// of it: hardly ever a yes.
func (p passage) isAnswer(i int) bool {
	s := p[i]
	if !s.title || s.has(confirms|neutral, 0, len(s.words)) {
		return false
	}
	from := 1 + slices.IndexFunc(s.words, func(w word) bool { return w.colon && strings.Contains(s.all[w.end:min(len(s.all), w.end+4)], "?") })
	asked := from > 0 && (s.hasEvent(0, from) || s.has(sign, 0, from))
	if before := max(0, i-1); from == 0 && before < i {
		asked = p[before].title && p[before].asks && (p[before].hasEvent(0, far) || p[before].has(sign, 0, far))
	}
	const few = 5
	n := 0
	for j := from; j < len(s.words); j++ {
		if s.words[j].quoted {
			n++
		}
		if s.words[j].quoted && s.isEvent(j) {
			return false
		}
	}
	return asked && n > 0 && n <= few
}

// isOnlyTalk reports whether "only" at j says that the event is found nowhere
// but where people talk: "the plot exists only on Facebook".
func (s sentence) isOnlyTalk(j int) bool {
	return s.has(medium, j+1, j+5) && (s.hasEvent(0, j) || s.has(talk, 0, j) || s.blind)
}

// headsDenial reports whether the noun of denial at j heads a title that goes on
// with what is not so: "Denial from Minsk: …".
func (s sentence) headsDenial(j int) bool {
	if !s.title || j > 1 || !s.isNounOfDenial(j) {
		return false
	}
	const reach = 6
	return slices.ContainsFunc(s.words[j:min(len(s.words), j+reach)], func(w word) bool { return w.colon })
}

// isWish reports whether "will" or "soll" at i stands with a perfect infinitive
// at the end of its German clause: "will davon nichts gewusst haben" says that
// somebody says so, "soll geputscht haben" that others do.
func (s sentence) isWish(i int) bool {
	if s.lang != "de" || !wordform.IsWillOrSoll(s.words[i].text) {
		return false
	}
	to := s.clauseTo(i)
	last := s.words[to-1].text
	if s.words[i].text[0] == 's' && to-i >= 3 && (wordform.IsState(last) || last == "sein" && s.words[to-2].capital) { // "soll in Haft sein"
		return true
	}
	return to-i >= 3 && (last == "haben" || last == "sein") && (wordform.IsGermanParticiple(s.words[to-2].text) || wordform.IsGermanParticiple(s.words[max(i, to-3)].text))
}
