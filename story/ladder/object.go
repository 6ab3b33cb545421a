package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/story/decline"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// owns reports whether the next word is somebody's or something's that word i
// names, as in "the president's sister", and not a country's.
func (s *sentence) owns(i int) bool {
	if s.lang != "en" || s.words[i].place || s.parted(i) {
		return false
	}
	w := s.words[i]
	owner := strings.ReplaceAll(s.all[w.start:min(len(s.all), w.end+len("’s"))], "’", "'")
	return strings.Contains(owner, "'s") || strings.HasSuffix(w.text, "s") && !w.quoted && strings.HasPrefix(strings.ReplaceAll(s.all[w.end:], "’", "'"), "'")
}

// owner returns the last word in from to before to that owns what follows; -1
// for none.
func (s *sentence) owner(from, to int) int {
	for j := to - 2; j >= from; j-- {
		if s.owns(j) {
			return j
		}
	}
	return -1
}

// isAdjunctOf reports whether the participle at i is joined to the word before it
// by a hyphen, and says more of what follows: "army-appointed senators". Nobody
// does it there and then.
func (s *sentence) isAdjunctOf(i int) bool {
	return i > 0 && s.lang == "en" && wordform.IsParticiple(s.words[i].text) && slices.Contains([]string{"-", "‑", "–"}, s.all[s.words[i-1].end:s.words[i].start])
}

// isDone reports whether the English participle at i, which a preposition
// follows and no object, tells what is done to its subject: "parliament dissolved
// by decree", "Niger condemned for the coup".
func (s *sentence) isDone(i int) bool {
	w := s.words[i]
	if s.lang != "en" || i+1 >= len(s.words) || s.parted(i) || s.words[i+1].is&inner != 0 || !strings.HasSuffix(w.text, "ed") {
		return false
	}
	return w.is&(acts|declares|urges|accuses) != 0 && w.is&(says|states|confirms|denies|rejects) == 0 && wordform.IsOfDoing(s.words[i+1].text)
}

// isAskedOf reports whether the English verb of saying at i is only what
// somebody is to do: "tries to get the general to say", "seems to reveal".
func (s *sentence) isAskedOf(i int) bool {
	w := s.words[i]
	return s.lang == "en" && i > 0 && s.words[i-1].text == "to" && !s.parted(i-1) && w.is&says != 0 && w.is&(acts|declares|urges|denies|rejects) == 0 && !strings.HasSuffix(w.text, "ed")
}

// isThing reports whether the English word at i, which may be a verb of several,
// is a noun: no plural stands right before it, as in "Orlov plot claim".
func (s *sentence) isThing(i int) bool {
	if s.lang != "en" || !wordform.IsThingOrVerb(s.words[i].text) {
		return false
	}
	w := s.words[max(0, i-1)]
	return i == 0 || s.parted(i-1) || w.is&(pronoun|adverb|clause) == 0 && (!strings.HasSuffix(w.text, "s") || s.owns(i-1)) && !wordform.IsMany(w.text)
}

// isFollowers reports whether the English word after the name at j, a plural
// before a verb of saying, is who speaks: "Orlov loyalists demand".
func (s *sentence) isFollowers(j int) bool {
	if s.lang != "en" || s.words[j].entity == "" || s.words[j].firm && s.words[j].is != 0 || j+2 >= len(s.words) || s.parted(j) || s.parted(j+1) {
		return false
	}
	w, verb := s.words[j+1], s.words[j+2]
	says := verb.is&(says|states|urges|declares|accuses|denies|rejects) != 0 || wordform.IsBidding(verb.text)
	return w.is&^(man|rebel|party) == 0 && !w.topic && strings.HasSuffix(w.text, "s") && !strings.HasSuffix(w.text, "ss") && says && !strings.HasSuffix(verb.text, "s")
}

// isRelative reports whether the clause that begins at word from, after "that",
// tells more of what was named before it: its verb stands there at once. After
// "who" it always does.
func (s *sentence) isRelative(from int) bool {
	that, w := s.words[from-1].text, s.words[from]
	return (that == "that" || that == "which" || that == "que" && s.lang == "es") && !w.capital && wordform.IsPast(s.lang, w.text)
}

// isSuffered reports whether v, before or after the Russian or Ukrainian verb at
// i, is whom that is done to: «главу штаба обвинили», «доложил президенту».
func (s *sentence) isSuffered(v voice, i int) bool {
	if s.lang != "ru" && s.lang != "uk" || v.noun < 0 {
		return false
	}
	noun, verb := s.words[v.noun], s.words[i]
	switch {
	case noun.caps || noun.firm, verb.is&accuses == 0 || verb.is&says != 0:
		return false
	case v.place:
		return wordform.IsLandObliquely(noun.text) && !s.isWithin(max(0, v.noun-1), i)
	case v.from < i && (v.from > 0 && !s.parted(v.from-1) && s.isWithin(v.from-1, i) || s.isWithin(v.from, i)):
		return false // «в прокуратуре обвинили»
	case v.from > i && wordform.IsWhere(s.words[i+1].text):
		return true // «обвинили в саботаже»
	case wordform.IsPluralVerb(verb.text):
		first := s.words[v.from]
		return !decline.IsPlural(noun.text) || !decline.IsPlural(first.text) && !first.caps && first.is&past == 0
	}
	return v.from > i && (decline.EndsObliquely(noun.text) || noun.quoted && !verb.quoted)
}

// isOfFaction reports whether the spokesman at j speaks for a party, a family or
// whoever is no state: "a spokesman for the opposition", «представитель партии».
func (s *sentence) isOfFaction(j int) bool {
	const reach = 7
	if s.words[j].has&mouthpiece == 0 {
		return false
	}
	faction := func(k int) bool { return s.words[k].has&faction != 0 && s.words[k].is&(inner|body) == 0 }
	for k := j - 1; k >= max(0, j-2) && !s.parted(k); k-- {
		if faction(k) {
			return true
		}
	}
	for k := j + 1; k < min(len(s.words), j+reach) && !s.parted(k-1); k++ {
		if faction(k) {
			return true
		}
		if k > j+1 && s.words[k].is&(says|states|via|clause|denies)&^of != 0 {
			return false
		}
	}
	return false
}

// isPaper reports whether the body at j is only whose paper is told of: "court
// documents", „Gerichtsakten“.
func (s *sentence) isPaper(j int) bool {
	if s.lang == "de" {
		return wordform.IsPaper(s.lang, s.words[j].text)
	}
	return s.lang == "en" && j+1 < len(s.words) && !s.parted(j) && wordform.IsPaper(s.lang, s.words[j+1].text)
}

// isOfPrivate reports whether the army or the man at j is of a private army, and
// speaks for no state.
func (s *sentence) isOfPrivate(j, to int) bool {
	from := max(0, j-3)
	if to = min(to, j+6); s.words[j].is&body != 0 {
		from, to = j, j+1
	}
	for k := from; k < to; k++ {
		if s.words[k].is&body != 0 && slices.ContainsFunc(s.words[max(0, k-2):k], func(w word) bool { return wordform.IsPrivate(w.text) }) {
			return true
		}
	}
	return false
}

// isTalkWith reports whether the English "in an interview" at i goes on with whom
// it was given to, or with what was said: neither is who speaks.
func (s *sentence) isTalkWith(i int) bool {
	if s.words[i].text != "in" || s.lang != "en" {
		return false
	}
	to := s.clauseTo(i)
	return to < len(s.words) && s.words[to-1].is&inner == 0
}

// maySpeakAfter reports whether v, who stands after the verb at i, may be its
// subject: not so if that accuses them ("…, blames Paris"), if it begins another
// clause ("believes there is"), or if they are not in the nominative.
func (s *sentence) maySpeakAfter(v voice, i int) bool {
	switch s.lang {
	case "en":
		w := s.words[i]
		onlyAccuses := w.is&accuses != 0 && w.is&states == 0 && i > 0 && !s.words[i-1].quoted
		return !onlyAccuses && !wordform.IsThat(s.words[i+1].text) && s.words[i+1].is&pronoun == 0 && s.words[i+1].text != "there"
	case "ru", "uk":
		return !s.isSuffered(v, i) && !(s.words[v.noun].is&head != 0 && decline.EndsInDative(s.words[v.noun].text) && !s.words[v.noun].firm)
	}
	return true
}
