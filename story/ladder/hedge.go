package ladder

import (
	"slices"

	"github.com/coupwatch/coupwatch/story/wordform"
)

// rumoured returns the sentence that says that nobody stands for it.
func (p passage) rumoured(is func(sentence) bool) int {
	return slices.IndexFunc(p, func(s sentence) bool { return is(s) && s.hedges() })
}

// hedges reports whether s says that nobody stands for what it tells.
func (s sentence) hedges() bool {
	const reach = 10 // a sentence of the text may hedge something else
	for i, w := range s.words {
		switch {
		case s.isFromHearsay(i), s.isInPassing(i), s.isConditional(i), i == 0 && s.title && wordform.IsAlleged(w.text) && s.hasEvent(1, 4):
			return true
		case w.is&inner != 0:
		case s.title && w.is&talk != 0 && s.isTalkOf(i) && w.is&(says|states) == 0 && len(s.heard) == 0 && !s.has(confirms|denies|amid, 0, len(s.words)):
			return true
		case s.title && len(s.heard) == 0 && s.isImpersonal(i):
			return true
		case i == 0 && (s.lang == "ru" || s.lang == "uk") && w.is&says != 0 && s.parted(i) && len(s.heard) == 0:
			return true
		case w.is&hedge != 0:
			if s.title || s.hasEvent(i-reach, i+reach) {
				return true
			}
		case w.is&unnamed != 0:
			if s.has(says|via, i-4, i+8) || s.inLabel(i) || s.title && s.lang != "en" {
				return true
			}
		case w.is&media != 0 && s.lang == "en" && wordform.IsOfMedia(s.words[min(i+1, len(s.words)-1)].text):
		case w.is&media != 0:
			if (s.has(says|via, i-3, i+3) || s.inLabel(i)) && !s.hasVoice(one) {
				return true
			}
		}
	}
	return false
}

// isFromHearsay reports whether s has it, by the word at i, from what nobody is
// called by: "d'après des indiscrétions".
func (s sentence) isFromHearsay(i int) bool {
	if !s.title || s.words[i].is&via == 0 {
		return false
	}
	for _, v := range s.heard {
		if w := s.words[v.noun]; v.at == i && v.rank == one && w.is == 0 && w.has == 0 && !w.capital && !w.quoted && w.entity == "" && s.lang != "de" && v.to-v.from == 1 {
			return true
		}
	}
	return false
}

// isInPassing reports whether the Russian or Ukrainian verb at i says between two
// commas that people say so: «командир, кажуть, утік».
func (s sentence) isInPassing(i int) bool {
	if s.lang != "ru" && s.lang != "uk" || i == 0 || !s.words[i-1].comma || !s.words[i].comma {
		return false
	}
	return wordform.IsTheySay(s.words[i].text)
}

// isConditional reports whether the verb at i is a French or Spanish conditional
// in the title, by which hearsay is told: "prépareraient", "planearían". What
// somebody said that they would do is none.
func (s sentence) isConditional(i int) bool {
	w := s.words[i]
	if !s.title || w.is&(hedge|modal|says|states|denies|rejects|declares|amid) != 0 || w.has != 0 || w.capital && i > 0 || w.topic && w.is&event != 0 || s.has(says|states|modal, 0, i) {
		return false
	}
	return wordform.IsConditional(s.lang, w.text)
}

// nobodyNamed returns who speaks in s without a name: "sources"; none if nobody
// does.
func (s sentence) nobodyNamed() voice {
	for _, v := range s.heard {
		if v.rank == anon {
			return v
		}
	}
	return voice{}
}

// inLabel reports whether i is of the few words before a colon at the
// beginning of a title, or after one at its end: "Coup under way: report".
func (s sentence) inLabel(i int) bool {
	const few = 3
	n := len(s.words)
	if !s.title || n <= few {
		return false
	}
	for j := range min(few, (n+1)/2) {
		if i <= j && s.words[j].colon || i > n-2-j && s.words[n-2-j].colon {
			return true
		}
	}
	return false
}

// claimed returns the sentence in which somebody says so, and who.
func (p passage) claimed(is func(sentence) bool) (int, voice, bool) {
	for i, s := range p {
		if !is(s) {
			continue
		}
		for _, v := range s.heard {
			if s.claims(v) && (!s.title || !s.isAside(v)) && (s.title || s.isNamed(v) || !p.isTold()) {
				return i, v, true
			}
		}
		if s.title && len(s.heard) == 0 && s.saysSo() {
			return i, voice{}, true
		}
	}
	return 0, voice{}, false
}

// isTold reports whether the title of p tells the event, so that it is the word
// of the outlet.
func (p passage) isTold() bool {
	return slices.ContainsFunc(p, func(s sentence) bool { return s.title && s.hasEvent(0, far) })
}

// claims reports whether v stands for what s tells, rather than only denies a
// part in it.
func (s sentence) claims(v voice) bool {
	switch {
	case v.rank != one && v.rank != power:
		return false
	case v.at < 0:
		return true
	case s.isDismissal(v):
		return false
	case s.words[v.at].is&denies != 0:
		return v.rank == one && !s.undone(v.at) && s.deniable(v.at)
	}
	return s.words[v.at].is&(says|accuses|via|states|names|confirms) != 0 || v.rank == power && s.words[v.at].is&declares != 0 && s.announcesEvent(v) || v.rank == one && s.words[v.at].is&(urges|declares) != 0
}

// isNamed reports whether s calls v by a name.
func (s sentence) isNamed(v voice) bool {
	if v.entity != "" || v.rank == power {
		return true
	}
	for j := max(1, v.from); j < v.to; j++ {
		if s.words[j].capital && !s.words[j].place {
			return true
		}
	}
	return false
}

// saysSo reports whether somebody says so in s, whoever it is. "It is said" has
// nobody.
func (s sentence) saysSo() bool {
	for i, w := range s.words {
		noun := w.is&talk != 0 && s.has(clause, i-1, i) // "after claims that"
		accused := w.text == "accused" && i+1 < len(s.words) && s.words[i+1].is&of != 0
		if w.is&inner == 0 && w.is&(says|accuses|via) != 0 && !s.has(being, i-1, i) && !noun && !accused {
			return true
		}
	}
	return false
}

// supposed returns the title that says that it may be, or asks.
func (p passage) supposed() int {
	return slices.IndexFunc(p, func(s sentence) bool {
		return s.title && (s.asks || s.may() || s.has(says, 0, len(s.words)) && s.has(being, 0, len(s.words)))
	})
}

// may reports whether s says that what a rule found may be.
func (s sentence) may() bool {
	const reach = 5
	for i, w := range s.words {
		if w.is&modal == 0 || w.text == "may" && s.has(dated, i-1, i) {
			continue
		}
		if s.hasEvent(i-reach, i+reach) || !s.near {
			return true
		}
	}
	return false
}

// quoted returns the title in which what may be stands in quotation marks: the
// words of somebody, if nobody says whose.
func (p passage) quoted() int {
	return slices.IndexFunc(p, func(s sentence) bool {
		return s.title && s.may() && slices.ContainsFunc(s.words, func(w word) bool { return w.quoted && w.is&modal != 0 })
	})
}
