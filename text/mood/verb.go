package mood

import (
	"slices"
	"strings"
)

// isAim reports whether the event is an infinitive, or a gerund after a
// preposition: what is aimed at, unless it came off or somebody says of himself
// that he does it, as French and Spanish can.
func (s Sentence) isAim(first, last int) bool {
	if s.any(first-2, first, be) || s.any(last+1, last+2, be) {
		return true
	}
	w := s.words[first].text
	switch s.lang {
	case "en":
		const away = 4
		to := first > 0 && s.words[first-1].text == "to" || first > 1 && s.words[first-2].text == "to" && strings.HasSuffix(s.words[first-1].text, "ly")
		return to && !s.any(first-away, first, manage) || strings.HasSuffix(w, "ing") && s.any(first-1, first, before)
	case "de":
		to := slices.ContainsFunc(s.words[max(0, first-1):last+1], func(w word) bool { return w.text == "zu" })
		return to && !s.any(0, first, manage)
	case "fr", "es":
		return s.isInfinitive(first) && !s.any(0, first, says|manage)
	}
	return s.isInfinitive(first) && !s.any(0, first, manage)
}

// isInfinitive reports whether the word i looks like an infinitive of a
// language that shows it.
func (s Sentence) isInfinitive(i int) bool {
	w := s.words[i].text
	switch s.lang {
	case "ru":
		return hasSuffix(w, "ть", "ться", "ти", "чь") && !hasSuffix(w, "сть")
	case "uk":
		return hasSuffix(w, "ти", "тися", "тись")
	case "fr":
		return hasSuffix(w, "er", "ir", "dre", "ttre", "aitre") && w != "pouvoir"
	case "es":
		return hasSuffix(w, "ar", "er", "ir", "arlo", "arla", "arse") && w != "militar" && w != "poder"
	}
	return false
}

// isFinite reports whether the event is told by a verb of its own, which no verb
// of asking can govern without a "that" between: what seizes, seized. An English
// one without an ending may be of many ("soldiers seize") or be asked for
// ("demand that he seize").
func (s Sentence) isFinite(first, last int) bool {
	w := s.words[first].text
	switch s.lang {
	case "en":
		return isPresent(w)
	case "ru":
		return hasSuffix(w, "л", "ла", "ли", "ло", "лся", "лась", "лись", "ет", "ит", "ют", "ут", "ят")
	case "uk":
		return hasSuffix(w, "ав", "ив", "ув", "яв", "ла", "ли", "ло", "лася", "лися", "ться", "ють", "уть", "ять", "ить")
	case "de":
		verbless := slices.Contains([]string{"die", "den", "das", "der"}, w) && strings.HasSuffix(s.words[last].text, "en") // "die Macht ergreifen"
		return first != last && !verbless
	case "fr", "es":
		return !s.isInfinitive(first) && !s.any(first-1, first, before)
	}
	return false
}

// joins reports whether the "and" at i joins the event to what is told, and not
// to what somebody asks for: "and seizes power" after a verb that governs
// nothing like it.
func (s Sentence) joins(i, first, last int) bool {
	if i < first-2 {
		return false
	}
	if s.lang != "en" {
		return s.isFinite(first, last)
	}
	if w := s.words[first].text; isPresent(w) || isPast(w) {
		return true
	}
	for j := i - 1; j >= 0 && s.words[j+1].gap < strong; j-- {
		if w := s.words[j]; w.text == "to" || w.is&modal != 0 || w.is&ask != 0 && hasSuffix(w.text, "s", "ed", "ing") {
			return false
		}
	}
	return true
}

// isOver reports whether the English clause that begins with the "who" at i has
// had its verb before the event at first, which is then another's: "soldiers who
// mutinied have taken power".
func (s Sentence) isOver(i, first int) bool {
	if s.lang != "en" || first <= i+2 || s.any(i, first, and) {
		return false
	}
	for j := i + 1; j < first-1; j++ {
		if isPast(s.words[j].text) {
			return true
		}
	}
	return false
}

// isDescription reports whether the event only says who somebody is: "the
// ousted president", «захвативший власть генерал».
func (s Sentence) isDescription(first, last int) bool {
	w := s.words[first].text
	switch s.lang {
	case "en":
		const far = 3
		begins := first == 0 || s.words[first].gap > blank || s.any(first-1, first, before) || first > 1 && s.words[first-2].text == "to" && s.words[first-1].text != "have"
		return begins && isPast(w) && s.words[min(last+1, len(s.words)-1)].gap < comma && s.any(last+1, last+far, head)
	case "ru":
		return hasAdjective(w, "вш", "нн", "ут")
	case "uk":
		return hasAdjective(w, "вш", "ан", "ен", "ут")
	case "de":
		return strings.Contains(w, "ge") && hasSuffix(w, "te", "ter", "tem", "tzten", "rzten", "mene", "menen", "mener", "ltene", "ltenen", "ltener")
	}
	return false
}

// hasAdjective reports whether a Russian or Ukrainian word is one of the stems'
// long forms, which stand before a noun: "свергнутый", not "свергнут".
func hasAdjective(w string, stems ...string) bool {
	for _, ending := range []string{"ый", "ий", "ого", "его", "ому", "ему", "ым", "им", "ом", "ем", "ая", "ой", "ей", "ую", "ое", "ее", "ые", "ие", "ых", "их", "ыми", "ими"} {
		if stem, ok := strings.CutSuffix(w, ending); ok && hasSuffix(stem, stems...) {
			return true
		}
	}
	return false
}

// isPresent reports whether an English verb is of the third person.
func isPresent(w string) bool { return strings.HasSuffix(w, "s") && !hasSuffix(w, "ss", "coups") }

// isPast reports whether an English verb is of the past, or a participle.
func isPast(w string) bool {
	return hasSuffix(w, "ed", "own", "thrown") || slices.Contains([]string{"took", "taken", "held", "overthrew", "fell", "fallen", "shut", "driven", "drove"}, w)
}

// hasSuffix reports whether w ends in one of the suffixes.
func hasSuffix(w string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(w, s) })
}
