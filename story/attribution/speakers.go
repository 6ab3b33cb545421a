package attribution

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
)

// A speaker is who says something.
type speaker struct {
	name    string // as people know them; "" if only an outlet is known
	entity  string
	via     string   // the outlet that says it, or that the noun itself names
	hearsay bool     // nobody in particular
	person  bool     // one person, by name
	single  bool     // one person
	unknown []string // stems of what somebody is who is not named yet
}

// who returns who the noun is, if that can be told.
func (f *finder) who(n noun, at int) (s speaker, found bool) {
	w := &f.words[n.head]
	n.known = n.known || isCyrillic(w.text) && w.kind&(medium|body) != 0 // there are no articles
	switch {
	case n.name >= 0:
		return f.named(n)
	case w.kind&pronoun != 0:
		return f.pronoun(n, at)
	case w.kind&media != 0 || w.kind&medium != 0 && !n.known && n.from == n.head:
		return speaker{name: unnamed(f.textOf(n)), hearsay: true}, true
	case w.kind&medium != 0:
		return f.outletNoun(n)
	case w.kind&group != 0 && !isOneOf(w) || w.kind&role != 0 && isSource(w.stem):
		return speaker{name: unnamed(f.textOf(n)), hearsay: true, via: f.outletIn(n), single: w.kind&group == 0}, true
	case w.kind&role != 0:
		return f.byRole(n), true
	case (w.text == "agency" || w.stem == "агентств") && f.outletIn(n) != "": // "TASS news agency"
		return speaker{via: f.outletIn(n)}, true
	case w.kind&body != 0:
		return f.institution(n), true
	}
	return s, false
}

// isOneOf reports whether a Russian or Ukrainian word that may be of one or of
// several is of one: «эксперт», not «эксперты».
func isOneOf(w *word) bool {
	return w.kind&role != 0 && isCyrillic(w.text) && !isPlural(w.text) && !slices.ContainsFunc(
		[]string{"ов", "ев", "ів", "ей", "ам", "ям", "ами", "ями", "ах", "ях", "их"}, func(e string) bool { return strings.HasSuffix(w.text, e) })
}

// named returns who a name stands for.
func (f *finder) named(n noun) (s speaker, found bool) {
	own := f.names[n.name]
	if own.outlet != "" {
		return speaker{via: own.outlet}, true
	}
	last := &f.words[own.to-1]
	if own.to-own.from == 1 && last.end-last.start == 1 { // "Q&A"
		return s, false
	}
	if f.isStyledAt(n.head) && last.mention < 0 && f.persons[personKey(last.text)] == nil && !f.isInstitution(own) {
		return s, false
	}
	if n.head == own.from && listed().nominatives[last.stem] != "" {
		s = f.institution(noun{from: own.from, to: max(own.to, n.to), head: n.head, name: -1})
	} else if p := f.persons[personKey(last.text)]; p != nil && !f.isInstitution(own) {
		s = f.personIs(p)
	} else {
		s = speaker{name: f.text(f.wholeFrom(own), own.to), person: !f.isInstitution(own) && last.mention < 0, single: !f.isInstitution(own)}
	}
	if m := f.mentionOf(own.to - 1); m != nil {
		s.entity, s.name = m.Entity, m.Name
	}
	return s, true
}

// personIs returns p as a speaker.
func (f *finder) personIs(p *person) speaker {
	return speaker{name: p.name, entity: p.entity, person: true, single: true}
}

// isInstitution reports whether a name is of no person.
func (f *finder) isInstitution(own name) bool {
	for k := own.from; k < own.to; k++ {
		if f.words[k].kind&(body|land|media|medium) != 0 {
			return true
		}
	}
	return false
}

// wholeFrom returns the first word of the name of an institution, the country or
// the like included that stands before it: "Sudanese Armed Forces".
func (f *finder) wholeFrom(own name) int {
	from := own.from
	if !f.isInstitution(own) || isCyrillic(f.words[from].text) {
		return from
	}
	for f.joined(from) && f.words[from].before&^stop == 0 && f.words[from-1].name >= 0 && f.names[f.words[from-1].name].outlet == "" && f.endsName(from-1) {
		from = f.names[f.words[from-1].name].from
	}
	return from
}

// pronoun returns who "he", "she" or "they" is at word at: whom the sentence
// or the one before is about if it begins the sentence, else who spoke last.
func (f *finder) pronoun(n noun, at int) (s speaker, found bool) {
	const far = 8 // sentences
	many := f.words[n.head].kind&plural != 0
	from, _ := f.sentenceAt(n.head)
	if f.words[n.head].text == "him" && f.topicAt > f.lastAt {
		return f.topic, true
	}
	begins := n.head == from || n.head == from+1 && f.is(from, joiner|helper|common)
	if begins && !many && f.topic.name != "" && f.topicAt >= f.lastAt {
		return f.topic, true
	}
	if f.last.name == "" || f.words[at].sentence-f.lastAt > far || many && f.last.person || !many && !f.last.single {
		return s, false
	}
	return f.last, true
}

// outletNoun returns the outlet that words such as "state television" or "the
// newspaper" stand for.
func (f *finder) outletNoun(n noun) (s speaker, found bool) {
	if via := f.outletIn(n); via != "" {
		return speaker{via: via}, true
	}
	if n.from < n.head && (f.lastVia == "" || !isCyrillic(f.words[n.head].text)) {
		return speaker{name: f.text(n.from, n.to)}, true
	}
	return speaker{via: f.lastVia}, f.lastVia != "" && n.known
}

// outletIn returns the outlet named among the words of n, or "".
func (f *finder) outletIn(n noun) string {
	for k := n.from; k < min(n.after, len(f.words)); k++ {
		if i := f.words[k].name; i >= 0 && f.names[i].outlet != "" && !f.names[i].common {
			return f.names[i].outlet
		}
	}
	return ""
}

// byRole returns who words such as "the dissident" stand for: the person named
// last of whom the text says so, else who spoke last. Where the person is not
// named yet, [finder.resolveSpeakers] may tell.
func (f *finder) byRole(n noun) speaker {
	stem := f.words[n.head].stem
	if f.words[n.head].kind&office == 0 || n.known {
		if p := f.personOf(stem, n.head); p != nil && (n.known || isCyrillic(stem)) {
			return f.personIs(p)
		}
	}
	if n.known && n.to-n.from <= 2 && f.words[n.head].kind&office == 0 && f.last.person {
		return f.last
	}
	s := speaker{name: f.textOf(n), single: true, unknown: []string{stem}}
	if !n.known && (f.words[n.head].kind&office == 0 || f.is(n.from-1, indefinite)) {
		words := s.name
		if s.name, s.hearsay = unnamed(words), true; s.name == words {
			s.unknown = nil // the name is kept back
		}
	}
	return s
}

// fullTo returns the word after all of "head of the army", where that is the
// attribute of an office.
func (f *finder) fullTo(n noun) int {
	if f.words[n.head].kind&office == 0 || n.after <= n.to || !f.is(n.to, preposition) && !isCyrillic(f.words[n.head].text) {
		return n.to
	}
	return n.after
}

// personOf returns the person named last before word at who is what stem says.
func (f *finder) personOf(stem string, at int) (found *person) {
	for _, p := range f.persons {
		if p.at < at && slices.ContainsFunc(p.roles, func(r string) bool { return alike(r, stem) }) &&
			(found == nil || p.at > found.at) {
			found = p
		}
	}
	return found
}

// institution returns the ministry, army or other body that n is, by its
// fullest name so far.
func (f *finder) institution(n noun) speaker {
	s := speaker{name: f.text(n.from, n.to), single: false}
	stem := f.words[n.head].stem
	if fuller := f.bodies[stem]; n.from == n.head && fuller != "" && n.known {
		s.name = fuller
	} else if n.from < n.head {
		f.bodies[stem] = s.name
	} else if nominative := listed().nominatives[stem]; nominative != "" {
		s.name = likeWord(nominative, &f.words[n.head])
		if n.to > n.head+1 {
			s.name += " " + f.text(n.head+1, n.to) // «Минфин США»
		}
	}
	if m := f.mentionOf(n.head); m != nil {
		s.entity, s.name = m.Entity, m.Name
	}
	return s
}

// textOf returns the words of n, without the capital that only the beginning of
// the sentence gives it.
func (f *finder) textOf(n noun) string {
	s := f.text(n.from, max(n.to, f.fullTo(n)))
	if w := &f.words[n.from]; w.kind&people != 0 && w.flags&text.AllCaps == 0 && n.name < 0 {
		first, size := utf8.DecodeRuneInString(s)
		return string(unicode.ToLower(first)) + s[size:]
	}
	return s
}

// likeWord returns a word with a capital if w has one, and in capitals if it is
// an abbreviation.
func likeWord(nominative string, w *word) string {
	first, size := utf8.DecodeRuneInString(nominative)
	switch {
	case !w.capital():
		return nominative
	case len(nominative) <= 3*size && nominative != "суд":
		return strings.ToUpper(nominative)
	}
	return string(unicode.ToUpper(first)) + nominative[size:]
}

// unnamed returns how people without names are told of.
func unnamed(words string) string {
	first, _, _ := strings.Cut(strings.ToLower(words), " ")
	switch first {
	case "anonymous", "unnamed", "unidentified", "анонимный", "анонимные", "неназванный", "анонімний", "анонімні":
		return words
	}
	return "unnamed " + words
}

// kinship lists the words for persons that may be told of by either.
var kinship = [][]string{
	{"analyst", "expert", "scientist", "scholar", "researcher", "academic", "professor", "historian", "investigator", "commentator", "economist"},
	{"dissident", "activist", "campaigner", "critic", "exile", "oppositionist"},
	{"journalist", "reporter", "editor", "correspondent", "author", "blogger"},
	{"officer", "official", "agent", "operative", "spy"},
	{"chief", "head", "director", "leader", "boss"},
	{"politician", "lawmaker", "senator", "deputy", "mp"},
	{"политолог", "эксперт", "аналитик", "историк", "исследовател", "обозревател", "экономист", "социолог"},
	{"журналист", "военкор", "блогер"},
	{"правозащитник", "активист", "диссидент", "оппозиционер", "основател"},
	{"політолог", "експерт", "аналітик", "історик", "оглядач"},
	{"правозахисник", "активіст", "засновник"},
}

// alike reports whether two words may be said of the same person.
func alike(a, b string) bool {
	return a == b || slices.ContainsFunc(kinship, func(words []string) bool {
		return slices.Contains(words, a) && slices.Contains(words, b)
	})
}

// isSource reports whether the stem is of a word for somebody whose name is
// kept back.
func isSource(stem string) bool {
	switch stem {
	case "source", "insider", "witness", "eyewitness", "man", "woman", "resident", "источник", "собеседник", "собеседниц", "очевид", "очевидец", "джерел", "співрозмовник", "quelle", "fuente":
		return true
	}
	return false
}

// turnTo notes whom the sentence that begins at word i is about.
func (f *finder) turnTo(i int) {
	for f.is(i, common|joiner) && f.words[i].name < 0 && f.joined(i+1) && f.words[i].kind&(pronoun|article) == 0 {
		i++
	}
	if f.words[i].flags&text.Boilerplate != 0 || f.words[i].before&quoted != 0 {
		return
	}
	n, found := f.nounAt(i)
	if !found || n.name < 0 || f.isObject(n) {
		return
	}
	if s, _ := f.named(n); s.person && f.persons[personKey(f.words[n.head].text)] != nil {
		f.topic, f.topicAt = s, f.words[i].sentence
	}
}
