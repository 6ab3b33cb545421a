package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// official returns the sentence in which a state says what it knows or did, and
// who speaks for it. Side is true if that is beside the event: what another
// state does because of it, a case against a bystander.
func (p passage) official(is func(sentence) bool) (i int, v voice, side, ok bool) {
	if p.isRejected() {
		return 0, voice{}, false, false
	}
	for i, s := range p {
		if !is(s) || !s.title && p.isDoubted() || s.isTalk() || p.isAnswer(i) {
			continue
		}
		for _, v := range s.heard {
			if v.rank != power || s.isAside(v) || s.isBidden(v) || s.isHearsay(v) || !s.commits(v) || p.hasGone(s.words[v.noun].text) {
				continue
			}
			foreign := p.foreign(s, v)
			ofItself := foreign && s.saysOfItself(v)
			if (foreign || s.words[v.noun].is&spy != 0) && !s.isAct(v.at) && !ofItself && !s.flees() || foreign && !ofItself && s.announcesEvent(v) {
				continue
			}
			return i, v, foreign || s.isBeside(v), true
		}
	}
	return 0, voice{}, false, false
}

// isAside reports whether v speaks in a clause that is not what s is about:
// "… as the junta pledges elections", "When the king called them traitors, …".
func (s sentence) isAside(v voice) bool {
	first := s.words[0].text
	before := wordform.Subordinates(first) || wordform.TellsBefore(first) && v.at > 0 && s.words[v.at].is&(says|states) == 0 && s.clauseFrom(v.at) == 0
	if v.from > 0 && v.from <= 3 && v.from < v.at && before && s.clauseTo(v.at) < len(s.words) {
		return true
	}
	return v.at >= 0 && s.words[v.at].is&via == 0 && v.from > 1 && v.from < v.at && s.has(aside, max(1, v.from-2), v.from)
}

// isBidden reports whether v speaks only in somebody's demand: "wants the army
// to say", "demands the ministry tell".
func (s sentence) isBidden(v voice) bool {
	if v.at < 1 || s.lang != "en" || v.from > v.at {
		return false
	}
	from := v.from
	for from > 0 && !s.parted(from-1) && (s.words[from-1].is&article != 0 || s.words[from-1].text == "that") {
		from--
	}
	if from == 0 || s.parted(from-1) || !wordform.IsBidding(s.words[from-1].text) {
		return false
	}
	return s.words[v.at-1].text == "to" || !strings.HasSuffix(s.words[v.at].text, "s") && !strings.HasSuffix(s.words[v.at].text, "ed")
}

// isTalk reports whether s tells of talk of the event that nobody confirms.
func (s sentence) isTalk() bool {
	if s.has(confirms, 0, len(s.words)) {
		return false
	}
	for i, w := range s.words {
		if w.is&talk != 0 && (s.isTalkOf(i) || s.title && w.is&hedge != 0) {
			return true
		}
	}
	return false
}

// commits reports whether v says so as a state does: it does not merely think,
// nor is it told what v would do, and it accuses its own.
func (s sentence) commits(v voice) bool {
	if s.words[v.noun].is&officer != 0 && !v.junta && (v.at < 0 || s.words[v.at].is&declares == 0) {
		return false // a man, whoever sent him
	}
	if s.isNegative() && !v.junta && !s.has(withheld, 0, len(s.words)) && (!s.has(wont, 0, len(s.words)) || s.has(denies, 0, len(s.words))) {
		return false // when in doubt, it is no confirmation
	}
	if s.remarks(v) || s.isOfAlleged() || s.has(unaware, 0, len(s.words)) || (v.at < 0 || s.words[v.at].is&(declares|acts|urges) == 0) && s.saysWhatItIs() {
		return false
	}
	if v.at < 0 {
		return true
	}
	w := s.words[v.at]
	switch {
	case w.is&(denies|rejects) != 0 && s.has(withheld, v.at+1, v.at+beside) && v.isBody: // a court's ruling
		return true
	case s.has(modal|never|fails, v.at-2, v.at), s.has(only, v.at-2, v.at+3), w.is&(thinks|guesses) != 0, s.isDismissal(v):
		return false
	case v.place && s.words[v.noun].sense != news.Capital && w.is&acts != 0 && w.is&(urges|declares|states) == 0: // told as a fact
		return false
	case w.is&accuses != 0 && w.is&(acts|urges) == 0:
		return v.rank == power && s.accusesOwn(v)
	case w.is&via != 0:
		return true
	}
	return w.is&(states|declares|acts|urges) != 0 || w.is&says != 0 && w.is&names == 0 || w.is&names != 0 && s.callsIt(v.at)
}

// isDismissal reports whether v, a person, dismisses somebody, and that is all
// that is told: no decree is named, and nothing for which it is the penalty. So
// an outlet tells as a fact what it has from whomever. An army or a junta has
// nothing but its word to do it by.
func (s sentence) isDismissal(v voice) bool {
	if v.at < 0 || v.isBody || s.words[v.at].has&dismisses == 0 || s.has(junta, v.from, v.to) {
		return false
	}
	return !slices.ContainsFunc(s.words, func(w word) bool { return w.has&decree != 0 || w.is&(event|accuses) != 0 })
}

// isOfAlleged reports whether s is on something that is only alleged: "… : the
// air force on the alleged flight". Who speaks of it so confirms nothing.
func (s sentence) isOfAlleged() bool {
	for i := range max(0, len(s.words)-2) {
		if s.words[i].is&about != 0 && s.words[i+1].is&hedge != 0 && s.hasEvent(i+2, i+4) && !s.has(acts|accuses, 0, i) {
			return true
		}
	}
	return false
}

// callsIt reports whether the verb at i calls something by the name of the event
// or of a crime: "calls it a coup". What else one may call it is no confirmation.
func (s sentence) callsIt(i int) bool {
	for k := i + 1; k < len(s.words); k++ {
		if !s.isEvent(k) {
			continue
		}
		bare := s.lang == "ru" || s.lang == "uk" || s.lang == "de" // no article there
		if s.words[k].quoted && !s.words[i].quoted || k >= i+2 && (bare || s.words[k-1].is&article != 0) && k+3 >= len(s.words) && !s.has(about, i, k) {
			return true
		}
	}
	return false
}

// saysWhatItIs reports whether s says what the event is, as in "the coup is a
// hoax": that may be a denial, whatever the word.
func (s sentence) saysWhatItIs() bool {
	for i, w := range s.words {
		if w.text == "c'est" && i+1 < len(s.words) && (s.words[i+1].quoted || s.words[i+1].is&(article|of) != 0) {
			return true
		}
		if !s.isEvent(i) && !wordform.IsIt(w.text) || s.parted(i) && !(w.colon && wordform.IsIt(w.text)) {
			continue
		}
		for k := i + 1; k < min(i+3, len(s.words)-1) && !s.parted(k); k++ {
			if s.words[k].is&being != 0 && (s.words[k+1].is&(article|harmless) != 0 || s.words[k+1].quoted) {
				return true
			}
		}
	}
	return false
}

// remarks reports whether v, who stands after a colon, is only quoted on the
// event, with words that do not name it: "“Moonshine”: the army on the coup".
func (s sentence) remarks(v voice) bool {
	if v.at >= 0 || !s.has(about, v.to, v.to+3) || !s.hasEvent(v.to, far) {
		return false
	}
	return s.words[0].quoted && !s.hasEvent(0, v.from)
}

// isNegative reports whether s says that something is not so, or false.
func (s sentence) isNegative() bool {
	for i, w := range s.words {
		if w.is&(none|neither|denies|untrue) != 0 || w.is&never != 0 && !(i > 0 && (s.words[i-1].text == "will" || s.words[i-1].text == "would")) {
			return true
		}
	}
	return false
}

// accusesOwn reports whether v accuses somebody of its own country before a
// court, or by name.
func (s sentence) accusesOwn(v voice) bool {
	if s.words[v.noun].is&court != 0 {
		return true
	}
	for j := v.at; j < len(s.words) && v.country != ""; j++ {
		w := s.words[j]
		if w.place && w.country != v.country {
			return false
		}
		if w.entity != "" && w.country == v.country {
			return true
		}
	}
	return false
}

// isAct reports whether the verb at i is what a state does, and not only says.
func (s sentence) isAct(i int) bool {
	if i < 0 || s.words[i].is&(acts|declares|urges) == 0 || s.words[i].is&accuses != 0 {
		return false
	}
	if s.words[i].is&urges != 0 && s.words[i].is&says == 0 {
		return s.words[i].is&names == 0 || !slices.ContainsFunc(s.words[i:], func(w word) bool { return w.text == "as" }) // "denounces it as a coup"
	}
	return s.words[i].is&(says|names) == 0
}

// saysOfItself reports whether what v says is of its own country, or of itself:
// "Paris says it will stay", "the US will pause aid, Blinken says".
func (s sentence) saysOfItself(v voice) bool {
	if v.at < 0 || s.words[v.at].is&(says|states|declares) == 0 || v.country == "" {
		return false
	}
	for j, w := range s.words {
		if v.from <= j && j < v.to || w.quoted || s.isEvent(j) {
			continue
		}
		its := (w.text == "its" || w.text == "their") && j == v.at+1
		if its || w.has&self != 0 || w.text == "it" && j > v.at && v.from < v.at || w.place && w.country == v.country {
			return true
		}
	}
	return false
}

// isRejected reports whether the first sentence below the title of p says that an
// office turns away what the title tells: then two offices are at odds.
func (p passage) isRejected() bool {
	return slices.ContainsFunc(p, func(s sentence) bool {
		return s.lead && slices.ContainsFunc(s.heard, func(v voice) bool {
			return v.rank == power && v.at >= 0 && s.words[v.at].is&(denies|rejects) != 0 && s.has(talk|part, v.at+1, v.at+6) && !p.foreign(s, v)
		})
	})
}

// isDoubted reports whether the title of p says that something is not so: then
// nothing below it confirms it.
func (p passage) isDoubted() bool {
	return slices.ContainsFunc(p, func(s sentence) bool {
		return s.title && s.has(untrue|denies, 0, len(s.words)) && !s.has(withheld|part|confirms|wont, 0, len(s.words))
	})
}

// announcesEvent reports whether v says that the event is so, rather than what
// they will do because of it.
func (s sentence) announcesEvent(v voice) bool {
	i := v.at
	if i < 0 || s.flees() {
		return false // who comes to a country is known there
	}
	w := s.words[i]
	if w.is&confirms != 0 {
		return true
	}
	for k := i + 1; w.is&(acts|urges) == 0 && k < min(len(s.words), i+6); k++ {
		if s.words[k].is&event != 0 || wordform.IsThat(s.words[k].text) {
			return true
		}
		if s.words[k].is&(amid|aside|about) != 0 && !wordform.IsOfWhatIsSaid(s.words[k].text) {
			return false
		}
	}
	inverted := w.is&(acts|urges) == 0 && (v.from > i || s.lang == "de")
	for k := 0; k < i && inverted; k++ {
		if s.words[k].is&event != 0 && !s.has(amid|aside, k-6, k) {
			return true // "coup in Chad, announces Paris"
		}
	}
	return false
}

// isHearsay reports whether v is only told of by somebody who is not named:
// "sources say the army foiled a coup", "selon une source, le ministère a …".
func (s sentence) isHearsay(v voice) bool {
	for _, u := range s.heard {
		if u.rank != anon || u.at < 0 || s.words[u.noun].is&unnamed == 0 || v.at < 0 || u.at == v.at {
			continue
		}
		before, after := min(u.at, u.from), max(u.at, u.to-1)
		switch {
		case s.words[u.at].is&via != 0 && s.words[v.at].is&confirms == 0:
			return true
		case after < v.from && !s.isBroken(after, v.from), before > v.at && s.parted(before-1) && s.words[v.at].is&confirms == 0:
			return true
		}
	}
	return false
}

// isBroken reports whether another clause begins from word i to before to.
func (s sentence) isBroken(i, to int) bool {
	for ; i < to-1; i++ {
		if s.parted(i) && !wordform.IsThat(s.words[i+1].text) || s.words[i].text == "and" || s.words[i].text == "but" {
			return true
		}
	}
	return false
}

// isBeside reports whether the event is only the background of what v says:
// "decrees a curfew after the coup". Those who took power are the event.
func (s sentence) isBeside(v voice) bool {
	if v.junta {
		return false
	}
	for j := range s.words {
		if s.isEvent(j) && !s.has(amid, j-6, j) {
			return false
		}
	}
	return s.hasEvent(0, far)
}
