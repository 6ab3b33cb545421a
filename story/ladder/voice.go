package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/decline"
	"github.com/coupwatch/coupwatch/story/wordform"
)

// A voice is somebody who says something in a sentence.
type voice struct {
	rank     rank
	from, to int    // the words that name them
	noun     int    // the word of them that says what they are
	country  string // whose they are, "" if the sentence does not say
	entity   string // id in rules.yaml, or ""
	said     string // their name, if it is of another sentence
	at       int    // the word that says that they speak; -1 for a colon
	junta    bool   // they took power themselves
	union    bool   // a union of states
	place    bool   // a state by its name or its capital
	isBody   bool   // a body, and not a person
}

// A rank is how firm somebody's word is.
type rank int

const (
	nobody rank = iota
	anon        // whoever is not named
	one         // somebody, for themselves or their party
	power       // a state, an army, a court
)

// Windows, in words.
const (
	nounPhrase = 9 // the longest name of a speaker
	agentReach = 9 // between what is done and who does it
	colonReach = 8 // the longest speaker before or after a colon
)

// listen finds who speaks in s.
func (s *sentence) listen() {
	for i, w := range s.words {
		if s.isWish(i) {
			w.is = says
			if w.text[0] == 's' {
				w.is = hedge
			}
			s.words[i].is = w.is
		}
		speaks := w.is & (says | accuses | names | replies)
		does := w.is & (states | declares | acts | urges | denies | rejects)
		if s.lang == "de" && w.text == "so" && i > 0 && s.parted(i-1) && i+1 < len(s.words) && s.words[i+1].capital { // ", so Armee"
			w.is = via
			s.words[i].is = via
		}
		if (w.text == "reports" || w.text == "report") && s.isVerb(i) {
			w.is, does = states, states
			s.words[i].is = states
		}
		switch {
		case w.is&via != 0 && w.text == "zufolge":
			if v, ok := s.before(i); ok {
				s.hear(v, i)
			}
		case w.is&via != 0 && s.isTalkWith(i):
		case w.is&via != 0:
			if v, ok := s.after(i + 1); ok {
				s.hear(v, i)
			}
		case s.lang == "de" && w.capital && i > 0 && w.text == "berichten", s.lang == "fr" && w.is&acts != 0 && s.parted(i): // "colonel limogé :"
		case s.isAdjunctOf(i), s.isAskedOf(i), s.isThing(i):
		case speaks|does == 0 || w.is&inner != 0 || w.quoted && !s.isAllQuoted() || s.isNounOfDenial(i) || s.isUnborneOut(i) || w.is&talk != 0 && (s.lang == "ru" || s.lang == "uk"):
		default:
			v, ok := s.subject(i)
			if ok && (v.rank == power || speaks != 0 || w.is&denies != 0 || w.is&(urges|states) != 0 && s.isParty(v) || w.is&confirms != 0 && s.isCalled(v)) {
				s.hear(v, i)
			}
		}
	}
	if s.title {
		s.listenToColon()
		s.listenToActs()
	}
}

// isVerb reports whether the "reports" at i is a verb: an office is named right
// before it, and what it reports follows.
func (s *sentence) isVerb(i int) bool {
	if i == 0 || i+1 >= len(s.words) || s.parted(i) || s.words[i+1].is&(of|says|neutral) != 0 || s.words[i+1].text == "that" {
		return false
	}
	v, ok := s.before(i)
	if s.words[i].text == "report" { // "dissidents report a purge"
		return ok && v.to == i && strings.HasSuffix(s.words[v.noun].text, "s") && (v.rank == power || s.isParty(v))
	}
	return ok && v.rank == power && v.to == i && (!v.place || s.words[v.noun].sense == news.Capital)
}

// isParty reports whether s says that v speaks for one party.
func (s *sentence) isParty(v voice) bool {
	return v.rank == one && (s.words[v.noun].is&(party|rebel) != 0 || v.entity != "" || s.has(past|rebel, v.from, v.to))
}

// isCalled reports whether v, of whom nothing is known, is called by a name.
func (s *sentence) isCalled(v voice) bool {
	if v.rank != one {
		return false
	}
	w := s.words[v.noun]
	return w.capital && w.is == 0 && w.has == 0 && !w.place && !w.topic && !w.quoted
}

// isAllQuoted reports whether s is all quotation.
func (s *sentence) isAllQuoted() bool {
	return !slices.ContainsFunc(s.words, func(w word) bool { return !w.quoted })
}

// hear adds v, who speaks by the word at.
func (s *sentence) hear(v voice, at int) {
	v.at = at
	s.heard = append(s.heard, v)
}

// before returns who stands before the verb at i; nobody, if a pronoun does.
func (s *sentence) before(i int) (voice, bool) {
	to := i
	for to > 0 && !s.parted(to-1) && s.words[to-1].is&(adverb|never) != 0 && s.words[to-1].is&(body|head) == 0 {
		to--
	}
	for k := to - 1; k > 0 && s.words[k].is&inner != 0; k-- { // «на суде»
		if s.words[k-1].is&dock != 0 {
			to = k - 1
		}
	}
	to = s.beforeAir(to)
	if to == 0 || s.parted(to-1) {
		return voice{}, false
	}
	if w := s.words[to-1]; w.is&pronoun != 0 && w.is&(article|adverb) == 0 || w.is&pronoun != 0 && s.lang == "de" && to > 1 && s.parted(to-2) {
		return voice{}, true
	}
	from := to
	for from > 0 && (to-from < nounPhrase || s.words[from].is&of != 0 || s.words[from-1].is&of != 0) && (from == to || !s.parted(from-1)) {
		w := s.words[from-1]
		if s.lang == "en" && w.is&being != 0 && (from < 2 || !wordform.IsWho(s.words[from-2].text)) {
			break
		}
		if w.is&(clause|says|denies|names|never|none|via)&^of != 0 && w.is&(of|body|head|junta|inner) == 0 || w.quoted != s.words[to-1].quoted {
			break
		}
		from--
	}
	if k := s.whoBefore(from, i); k > 0 {
		to = k
		for from = k; from > 0 && k-from < nounPhrase && !s.parted(from-1) && s.words[from-1].is&clause&^of == 0; from-- {
		}
	}
	if s.isOblique(from, i) {
		return voice{}, false
	}
	v, ok := s.phrase(from, to)
	if ok && to < i && s.has(past, to+1, to+3) && s.words[to].is&pronoun != 0 {
		v.rank = min(v.rank, one)
	}
	if ok && s.isSuffered(v, i) {
		return voice{}, false
	}
	if v.place && s.words[v.noun].quoted && !s.words[i].quoted {
		v.rank, v.place = one, false // the Legion “Freedom of Russia”
	}
	if v.place && (v.to != to || s.isOwner(v.noun) && !s.isWithin(v.noun-1, i)) ||
		ok && (s.words[v.noun].is&head != 0 && s.isObject(v.noun) || s.lang == "en" && v.rank != one && s.words[i].is&says == 0 && s.hasPlain(v.to, to)) {
		return voice{}, false
	}
	if k := s.governor(v.from); ok && k > 0 {
		return s.governing(k)
	}
	return v, ok
}

// governing returns who the noun is of which the name after word k says more.
func (s *sentence) governing(k int) (voice, bool) {
	switch {
	case !wordform.Governs(s.lang, s.words[k].text), s.words[k].is&about != 0, s.lang == "ru", s.lang == "uk": // "over spy claims", «близкая к президенту газета»
		return voice{}, false
	case wordform.IsPast(s.lang, s.words[k-1].text): // "protesters took to the streets"
		return s.before(k - 1)
	}
	return s.before(k)
}

// governor returns the preposition that makes the name at word i say more of the
// noun before it, of whom the verb then tells: "a feud between X and the army
// threatens", "the letter to the army says". It is 0 for none; or the English
// infinitive whose object the name is: "the plan to abduct the minister, revealed".
func (s *sentence) governor(i int) int {
	k := i - 1
	for ; k > 0 && s.words[k].is&article != 0 && !s.parted(k); k-- {
	}
	if s.lang == "en" && k > 1 && s.words[k-1].text == "to" && !s.words[k].capital && !s.parted(k) && !s.parted(k-1) && !s.parted(k-2) {
		return k
	}
	if k > 0 && wordform.IsAnd(s.words[k].text) { // the second of two
		for k--; k > 0 && i-k < nounPhrase && !wordform.IsBetween(s.words[k].text); k-- {
		}
		if !wordform.IsBetween(s.words[k].text) {
			return 0
		}
	}
	if k < 1 || s.parted(k) || s.parted(k-1) || !wordform.Governs(s.lang, s.words[k].text) {
		return 0
	}
	return k
}

// beforeAir returns where what ends before the word to does without the English
// "on state TV": who speaks on the air is not the station.
func (s *sentence) beforeAir(to int) int {
	const phrase = 5
	if to == 0 || s.lang != "en" || !slices.Contains([]string{"tv", "television", "radio"}, s.words[to-1].text) {
		return to
	}
	for k := to - 2; k > 0 && to-k <= phrase && !s.parted(k); k-- {
		if s.words[k].text == "on" {
			return k
		}
	}
	return to
}

// isOwner reports whether the name of a place at i is only whose something is:
// "the north of Mali". A Romance article before it is not of that.
func (s *sentence) isOwner(i int) bool {
	k := i - 1
	if romance := s.lang == "fr" || s.lang == "es"; romance && k >= 0 && s.words[k].is&article != 0 && s.words[k].text != "des" && !s.parted(k) {
		k--
	}
	return k >= 0 && !s.parted(k) && (s.words[k].is&of != 0 || wordform.IsUpon(s.words[k].text))
}

// isOblique reports whether the phrase that begins at word from cannot be the
// subject of the verb at i: it stands after a preposition («о мятеже сообщил
// штаб»), or has a German article of another case ("den Sturz haben … bekannt
// gegeben").
func (s *sentence) isOblique(from, i int) bool {
	w := s.words[from].text
	return wordform.BeginsObliquely(s.lang, w) || (s.lang == "ru" || s.lang == "uk") && (w == "в" || w == "во" || w == "у") && !s.isWithin(from, i)
}

// whoBefore returns the "who" before word from if the verb at i has as its
// subject whom that tells more of, and not the object of what they did: in "a
// defector who fled the army says" the defector speaks. It is 0 for none.
func (s *sentence) whoBefore(from, i int) int {
	if from >= 2 && s.lang == "en" && s.words[from-1].is&pronoun != 0 && s.words[from-2].is&(clause|says|via) == 0 && !s.parted(from-2) && wordform.IsPast("en", s.words[from].text) {
		return from - 1 // "the minister he sacked says"
	}
	if from < 2 || i-from < 2 {
		return 0
	}
	if wordform.IsWho(s.words[from-1].text) || s.isRelative(from) {
		return from - 1
	}
	return 0
}

// isWithin reports whether the Russian or Ukrainian preposition at k and the
// verb at i tell of people within the office or the capital between them: «в
// Баку заявили».
func (s *sentence) isWithin(k, i int) bool {
	if s.words[k].text != "в" && s.words[k].text != "у" && s.words[k].text != "во" {
		return false
	}
	return wordform.IsPluralVerb(s.words[i].text)
}

// isObject reports whether the Russian or Ukrainian word for a person at i is
// not in the nominative: «генерала задержали» is not the general's doing.
func (s *sentence) isObject(i int) bool {
	w := s.words[i].text
	if s.lang != "ru" && s.lang != "uk" || s.words[i].firm {
		return false
	}
	return decline.EndsObliquely(w) && w != "глава" && w != "голова" && s.words[i].seat == ""
}

// after returns who stands at word j, or soon after.
func (s *sentence) after(j int) (voice, bool) {
	for j < len(s.words) && !s.parted(j) && s.words[j].is&(article|of|adverb|inner|only) != 0 && s.words[j].is&(body|head|chief|party|unnamed) == 0 {
		j++
	}
	to := j
	for to < len(s.words) && to-j < nounPhrase {
		w := s.words[to]
		if to > j && w.is&(clause|says|accuses|denies|names|via)&^of != 0 && w.is&(of|body|head|inner|party|past) == 0 {
			break
		}
		to++
		if s.parted(to - 1) {
			break
		}
	}
	if j >= to {
		return voice{}, false
	}
	v, ok := s.phrase(j, to)
	return v, ok && v.rank != nobody && v.from <= j+5
}

// apart returns who is parted by an aside from the verb at i: "Orlov, who
// lives abroad, said".
func (s *sentence) apart(i int) (voice, bool) {
	if i == 0 || !s.parted(i-1) {
		return voice{}, false
	}
	for j := i - 2; j > max(0, i-14); j-- {
		if s.parted(j) {
			from := j
			for from > 0 && !s.parted(from-1) && j-from < nounPhrase && s.words[from].is&(clause&^of) == 0 {
				from--
			}
			v, ok := s.phrase(from, j+1)
			return v, ok && (v.rank == power || s.isParty(v))
		}
	}
	return voice{}, false
}
