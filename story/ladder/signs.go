package ladder

import (
	"slices"
	"strings"
)

// Windows, in words.
const (
	reach  = 5 // between who declares and the declaration
	beside = 8 // between a denial and what is denied
)

// denied returns the sentence in which the news is that it is not so, -1 for
// none.
func (p passage) denied() int {
	return slices.IndexFunc(p, func(s sentence) bool { return (s.title || s.lead && s.near) && s.denies() })
}

// denies reports whether s says that what a rule found is not so.
func (s sentence) denies() bool {
	for i, w := range s.words {
		switch {
		case w.is&denies != 0:
			if !s.undone(i) && s.deniable(i) {
				return true
			}
		case w.is&rejects != 0:
			if s.has(talk|denies, i+1, i+5) && !s.undone(i) {
				return true
			}
		case w.is&(never|none) != 0:
			if s.isNot(i) {
				return true
			}
		}
	}
	return false
}

// undone reports whether the denial at i is itself denied, or an aside: "does
// not deny", "refused to deny", "despite denials".
func (s sentence) undone(i int) bool { return s.has(never|fails|despite, i-3, i) }

// deniable reports whether what is denied at i is what a rule found, or talk
// of it, and not asylum to somebody.
func (s sentence) deniable(i int) bool {
	if s.has(withheld, i+1, i+beside) {
		return false
	}
	from := i - beside
	if s.isActive(i) {
		from = i + 1
	}
	return s.hasTopic(from, i+beside+1) || s.has(talk, from, i) || s.has(talk, i+1, i+beside) || s.title && !s.near
}

// isActive reports whether what the verb at i denies comes after it, as it does
// in English: "denies the plot", but not "the plot was denied".
func (s sentence) isActive(i int) bool {
	return strings.HasPrefix(s.words[i].text, "den") && s.words[i].text[0] < 0x80 && !s.has(being, i-2, i) && i+2 < len(s.words)
}

// isNot reports whether the "no" or "not" at i is about what a rule found:
// "there was no coup", "it is not a mutiny", "no coup under way". That nobody
// was hurt in it is not, nor that it will not stop somebody.
func (s sentence) isNot(i int) bool {
	before := happened | says | declares
	next := i + 2
	if s.words[i].is&none == 0 {
		before = happened
	}
	if next < len(s.words) && (s.words[i].is&none != 0 || len(s.words[i+1].text) < 4) { // "a", "any"
		next++
	}
	if s.has(declares|body, i+1, next) || !s.hasTopic(i+1, next) {
		return false
	}
	return i == 0 || s.has(before, i-3, i+1)
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

// official returns the sentence in which a body declares what is its own.
func (p passage) official() int {
	if slices.ContainsFunc(p, func(s sentence) bool { return s.title && s.alleges() }) {
		return -1
	}
	title := map[string]bool{}
	for _, s := range p {
		for _, w := range s.words {
			if s.title && w.country != "" {
				title[w.country] = true
			}
		}
	}
	return slices.IndexFunc(p, func(s sentence) bool { return (s.title || s.near || s.lead) && s.declares(title) })
}

// declares reports whether s has an office that declares, or says, what is its
// own.
func (s sentence) declares(title map[string]bool) bool {
	for i := range s.words {
		office := s.office(i)
		if office != 0 && s.acts(i, office) && !s.foreign(i, title) {
			return true
		}
	}
	return false
}

// office returns the acts by which the office that is named at i, if one is,
// speaks for a state.
func (s sentence) office(i int) class {
	w := s.words[i]
	switch {
	case s.hasTopic(i+1, i+2) && !s.isAct(i+1), s.has(past, i-2, i), s.has(outside, i-1, i+1), s.has(man, i+1, i+2):
		return 0 // "military coup" and "army officer" are no army, but that which "announces" is
	case w.is&body != 0:
		return declares | states
	case w.is&head != 0 && !oblique(w.text):
		return declares
	case w.place && !w.comma && i+1 < len(s.words) && s.words[i+1].is&states != 0:
		return states
	}
	return 0
}

// isAct reports whether word i is a verb of who stands before it, and neither a
// noun nor what was done to them: "announced", but not "sentenced" or "orders".
func (s sentence) isAct(i int) bool {
	if i >= len(s.words) || s.words[i].is&(declares|states) == 0 {
		return false
	}
	switch s.words[i].text {
	case "orders", "ordered", "sentenced", "convicted", "charged", "indicted", "charges", "banned", "request", "requests", "rules", "ruled", "requested":
		return false
	}
	return true
}

// oblique reports whether a Russian or Ukrainian word for a man is not in the
// nominative: "генерала задержали" is not the general's doing.
func oblique(word string) bool {
	if word[0] < 0x80 || word == "глава" || word == "судья" || word == "суддя" {
		return false
	}
	return slices.ContainsFunc([]string{"а", "у", "ом", "ого", "ему", "ому", "ові", "е", "ем", "ым", "им"}, func(ending string) bool { return strings.HasSuffix(word, ending) })
}

// acts reports whether what stands at i does one of acts: the verb follows
// soon, names and titles left out of account, or it goes just before.
func (s sentence) acts(i int, acts class) bool {
	if acts&states != 0 && s.has(via, i-4, i) || i > 0 && s.words[i-1].is&acts != 0 && !s.words[i-1].topic {
		return true
	}
	if s.speaker(i) {
		return true
	}
	for j, steps, commas := i+1, 0, 0; j < len(s.words) && j <= i+2*reach; j++ {
		w := s.words[j]
		switch {
		case w.is&clause != 0:
			return false
		case w.is&denies != 0 && acts&declares != 0 && s.has(withheld, j+1, j+beside): // a court's ruling
			return true
		case w.is&acts != 0 && (!w.topic || s.isAct(j)):
			return !s.has(modal|never, j-2, j) && !s.has(being, j-1, j) && commas != 1 // "the plot was thwarted"
		case !w.capital:
			if steps++; steps > reach {
				return false
			}
		}
		if w.comma {
			commas++
		}
	}
	return false
}

// speaker reports whether i is of the few words before a colon at the
// beginning of a title, or after one at its end: "Coup foiled: prosecutor".
func (s sentence) speaker(i int) bool {
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

// foreign reports whether the office at i is of one country and s tells of
// another too, or the title only of others.
func (s sentence) foreign(i int, title map[string]bool) bool {
	own := s.words[i].country
	for j := max(0, i-3); j < i; j++ {
		if c := s.words[j].country; c != "" {
			own = c
		}
	}
	for j := i + 1; own == "" && j <= min(len(s.words)-1, i+reach); j++ {
		if s.words[j].is&(declares|states) != 0 {
			break
		}
		own = s.words[j].country
	}
	if own != "" && len(title) > 0 && !title[own] {
		return true
	}
	for _, w := range s.words {
		if own != "" && w.country != "" && w.country != own {
			return true
		}
	}
	return false
}

// alleges reports whether s accuses somebody.
func (s sentence) alleges() bool { return s.has(accuses, 0, len(s.words)) }

// rumoured returns the sentence that says that nobody stands for it.
func (p passage) rumoured() int {
	return slices.IndexFunc(p, func(s sentence) bool { return (s.title || s.near || s.lead) && s.hedges() })
}

// hedges reports whether s says that nobody stands for what it tells.
func (s sentence) hedges() bool {
	const far = 10 // a sentence of the text may hedge something else
	for i, w := range s.words {
		switch {
		case w.is&hedge != 0:
			if s.title || s.hasTopic(i-far, i+far) {
				return true
			}
		case w.is&unnamed != 0:
			if s.has(says|via, i-4, i+8) || s.speaker(i) {
				return true
			}
		case w.is&media != 0:
			if s.has(says|via, i-3, i+3) || s.speaker(i) {
				return true
			}
		}
	}
	return false
}

// hasTopic reports whether a rule found a word of s from to before to.
func (s sentence) hasTopic(from, to int) bool {
	for j := max(0, from); j < min(len(s.words), to); j++ {
		if s.words[j].topic {
			return true
		}
	}
	return false
}

// claimed returns the sentence in which somebody says so.
func (p passage) claimed() int {
	return slices.IndexFunc(p, func(s sentence) bool { return (s.title || s.near) && s.claims() })
}

// claims reports whether somebody says so in s. "It is said" has nobody.
func (s sentence) claims() bool {
	for i, w := range s.words {
		noun := w.is&talk != 0 && s.has(clause, i-1, i) // "after claims that"
		if w.is&(says|accuses|via) != 0 && !s.has(being, i-1, i) && !noun {
			return true
		}
		named := w.is&(person|head|body) != 0 || w.country != "" && !w.place
		if named && !w.topic && s.speaker(i) {
			return true
		}
	}
	return false
}

// supposed returns the sentence that says that it may be, or asks.
func (p passage) supposed() int {
	return slices.IndexFunc(p, func(s sentence) bool {
		return s.title && (s.asks || s.may() || s.has(says, 0, len(s.words)))
	})
}

// may reports whether s says that what a rule found may be.
func (s sentence) may() bool {
	for i, w := range s.words {
		if w.is&modal == 0 || w.text == "may" && s.has(dated, i-1, i) {
			continue
		}
		if s.hasTopic(i-reach, i+reach) || !s.near {
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
