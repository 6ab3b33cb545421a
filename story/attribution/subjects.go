package attribution

import (
	"strings"

	"github.com/coupwatch/coupwatch/text"
)

// subject returns who the subject is of the verb at word i, which with what
// belongs to it begins at word from; whether it stands before the verb; and the
// word after it if it does not.
func (f *finder) subject(from, i int) (s speaker, left bool, next int, found bool) {
	if s, found = f.subjectBefore(from, i); found {
		return s, true, i + 1, true
	}
	if f.joined(from) && f.is(from-1, pronoun) {
		return s, false, i, false
	}
	inverts := f.words[i].kind&inverts != 0
	parted := from == 0 || f.words[from].before&(comma|quoted|dash|bracket) != 0
	if parted && !inverts {
		if s, found = f.subjectApart(from, i); found {
			return s, true, i + 1, true
		}
	}
	if !parted && !inverts || f.words[i].kind&transitive != 0 {
		return s, false, i, false
	}
	s, next, found = f.subjectAfter(i)
	if !found && parted && inverts {
		s, found = f.subjectApart(from, i)
		return s, true, i + 1, found
	}
	return s, false, next, found
}

// subjectBefore returns the subject that stands right before word from.
func (f *finder) subjectBefore(from, i int) (s speaker, found bool) {
	if from == 0 || !f.together(from-1, from) {
		return s, false
	}
	switch k := from - 1; {
	case f.is(k, relative):
		return f.antecedent(k)
	case f.is(k, joiner) && f.joined(from) && len(f.claims) > 0 && f.words[i].kind&nominal == 0:
		return f.claims[len(f.claims)-1].speaker, f.claims[len(f.claims)-1].Speaker != ""
	case f.is(k, joiner) && f.joined(from) && f.goesOnFromTopic(k):
		return f.topic, true
	case !f.joined(from) || f.words[from].before&stop != 0:
		return s, false
	case f.words[from].before&quoted != 0 && !f.isQuotedName(k):
		return s, false
	}
	n, found := f.nounBefore(from)
	if who := f.whoBefore(n.from); found && who > 0 {
		return f.antecedent(who)
	}
	if !found || n.name >= 0 && (f.isObject(n) || f.isWarned(n, i)) || n.to <= f.citedTo {
		return f.within(from, i)
	}
	return f.subjectIs(n, i)
}

// goesOnFromTopic reports whether the verb after the "and" at word i has the
// subject of the one with which its sentence begins: "Orlov came to Tolmin and
// said".
func (f *finder) goesOnFromTopic(i int) bool {
	from, _ := f.sentenceAt(i)
	if f.topicAt != f.words[i].sentence || !isCyrillic(f.words[i].text) {
		return false
	}
	for k := i; k > from; k-- {
		if !f.joined(k) || f.is(k, relative|joiner) && k < i || f.words[k].before&quoted != 0 {
			return false
		}
	}
	return true
}

// whoBefore returns the "who" to whose verb the noun at word i is the object, as
// in "soldiers who deserted the army said", or 0.
func (f *finder) whoBefore(i int) int {
	const near = 12 // words
	for k := i - 1; k > max(0, i-near) && f.joined(k+1); k-- {
		if f.words[k].text == "who" && f.joined(k) && f.is(k-1, role|group) {
			if k+1 < i && !f.is(k+1, article) {
				return k
			}
			return 0
		}
	}
	return 0
}

// isWarned reports whether the name n before the verb at word i is of those who
// are told, or whose people speak, since the verb is in the plural and the name
// is not: «Россиян предупредили», «офицеры Орлова пишут».
func (f *finder) isWarned(n noun, i int) bool {
	last := &f.words[n.to-1]
	size := n.to - n.from
	joins := f.joined(n.from) && f.is(n.from-1, joiner)
	return isCyrillic(last.text) && (size == 1 || size == 2 && !joins && strings.HasSuffix(last.text, "а")) && isPluralVerb(f.words[i].text) && last.flags&text.AllCaps == 0 &&
		last.kind&(body|land|media) == 0 && f.names[n.name].outlet == "" && !isPlural(last.text) && !strings.HasSuffix(last.text, "е")
}

// within returns the institution that «в Кремле заявили» tells of: the verb at
// word i is in the plural and has no subject.
func (f *finder) within(from, i int) (s speaker, found bool) {
	n, _ := f.nounEnding(from - 1)
	if n.from == 0 || !f.joined(n.from) || !f.is(n.head, body) && f.words[n.head].flags&text.AllCaps == 0 || n.to <= f.citedTo {
		return s, false
	}
	if !f.isWithin(i, n.from-1) {
		return s, false
	}
	return f.who(n, i)
}

// isWithin reports whether the verb at word i is in the plural, and word k says
// that somebody within an institution is its subject: «в».
func (f *finder) isWithin(i, k int) bool {
	switch f.words[k].text {
	case "в", "во", "у":
	default:
		return false
	}
	for _, plural := range [...]string{"ли", "ют", "ят", "ють", "ять", "уть"} {
		if strings.HasSuffix(f.words[i].text, plural) {
			n, found := f.nounAt(k + 1)
			return found && (f.is(n.head, body) || f.words[n.head].flags&text.AllCaps != 0)
		}
	}
	return false
}

// subjectIs returns who the noun is, if it can be the subject of the verb at
// word i.
func (f *finder) subjectIs(n noun, i int) (s speaker, found bool) {
	kinds := f.words[i].kind
	if n.name >= 0 && f.names[n.name].common && kinds&publishes == 0 {
		return s, false
	}
	if n.name >= 0 && f.names[n.name].outlet != "" && kinds&thinks != 0 {
		return s, false
	}
	if before := f.reporterOf(n); before != "" && kinds&publishes != 0 {
		return speaker{via: before}, true
	}
	if head := f.words[n.head].text; (head == "court" || head == "judge") && (f.words[i].text == "denied" || f.words[i].text == "denies") {
		return s, false // it turned something down
	}
	return f.who(n, i)
}

// reporterOf returns the outlet whose reporter n is, as in "CNN's Ann Orlova",
// or "".
func (f *finder) reporterOf(n noun) string {
	if n.from == 0 || n.name < 0 || f.names[n.name].outlet != "" || f.words[n.from].before&(possessive|quoted) == 0 || f.words[n.from-1].name < 0 {
		return ""
	}
	return f.names[f.words[n.from-1].name].outlet
}

// isQuotedName reports whether word k ends a name in quotation marks.
func (f *finder) isQuotedName(k int) bool {
	n := f.words[k].name
	return n >= 0 && f.words[f.names[n].from].before&quoted != 0
}

// antecedent returns whom "who" at word i stands for: the person named last in
// the sentence.
func (f *finder) antecedent(i int) (s speaker, found bool) {
	const near = 40 // words
	from, _ := f.sentenceAt(i)
	for k := i - 1; k >= max(from, i-near); k-- {
		if n := f.words[k].name; n >= 0 && f.persons[personKey(f.words[k].text)] != nil && f.names[n].to == k+1 {
			return f.named(noun{from: f.names[n].from, to: k + 1, head: k, name: n})
		}
		if k == i-1 && f.is(k, role|group) {
			n, found := f.nounBefore(k + 1)
			if !found {
				return s, false
			}
			return f.who(n, i)
		}
	}
	return s, false
}

// subjectApart returns the subject from which commas or dashes part the verb at
// word from, as in "Orlov, who lives in France, said".
func (f *finder) subjectApart(from, i int) (s speaker, found bool) {
	const longest = 40 // words between
	if from == 0 || !f.together(from-1, from) {
		return s, false
	}
	parts := f.words[from].before & (comma | dash | bracket)
	if parts == 0 {
		return s, false
	}
	for k := from - 1; k > from-longest && k > 0 && f.together(k-1, k); k-- {
		if f.words[k].before&parts == 0 {
			continue
		}
		if f.words[k].before&bracket == 0 && !f.isAside(k) {
			return s, false
		}
		n, found := f.nounBefore(k)
		if f.words[k].before&bracket != 0 && f.isTail(n) {
			return s, false
		}
		n = f.apposed(n) // "the mayor, Oda Brix, said"
		if found && f.inRelative(n.from) {
			continue
		}
		if !found || f.is(n.head, pronoun) {
			return s, false
		}
		return f.subjectIs(n, i)
	}
	return s, false
}

// isTail reports whether the name n is only the end of one: "… for Disease Control
// and Prevention (CDC)".
func (f *finder) isTail(n noun) bool {
	return n.name >= 0 && f.joined(n.from) && f.is(n.from-1, joiner|preposition)
}

// inRelative reports whether word i is in what "who" begins after a comma.
func (f *finder) inRelative(i int) bool {
	const near = 40 // words
	for k := i; k > max(0, i-near) && f.together(k-1, k); k-- {
		if f.words[k].before&(comma|dash) != 0 {
			return f.is(k, relative)
		}
	}
	return false
}

// isAside reports whether what begins at word k says more of the noun before.
func (f *finder) isAside(k int) bool {
	w := &f.words[k]
	if w.name >= 0 && f.names[w.name].from == k && !f.joined(f.names[w.name].to) { // "in the capital, Bamako, said"
		return true
	}
	if w.kind&(relative|article|indefinite|role|title|group) != 0 || w.flags&text.Number != 0 {
		return true
	}
	switch w.text {
	case "whose", "which", "который", "которая", "которые", "який", "яка", "які", "former", "known", "called", "speaking", "citing", "head", "der", "die", "qui", "quien", "ex":
		return true
	}
	return w.kind&preposition != 0
}

// subjectAfter returns the subject that follows the verb at word i, and the
// word after it.
func (f *finder) subjectAfter(i int) (s speaker, next int, found bool) {
	k := i + 1
	k = f.pastAside(i, k)
	if k >= len(f.words) || !f.joined(k) || f.words[k].before&stop != 0 {
		return s, k, false
	}
	if via, to := f.outletAt(k); via != "" && f.words[i].kind&inverts != 0 && f.subjectFollows(to) {
		k = to
	}
	n, found := f.nounAt(k)
	if !found || f.isClause(n.after) || n.name >= 0 && (n.after > n.to || f.isObject(n)) || n.name < 0 && f.is(n.head, report) {
		return s, k, false
	}
	if f.is(n.head, pronoun) && f.words[i].before&(comma|quoted) == 0 {
		return s, k, false
	}
	s, found = f.subjectIs(n, i)
	return s, n.to, found
}

// subjectFollows reports whether a person or an institution follows at word k,
// so that the outlet before it is who is told.
func (f *finder) subjectFollows(k int) bool {
	if k >= len(f.words) || !f.joined(k) || f.is(k, preposition) || f.words[k].before&stop != 0 {
		return false
	}
	n, found := f.nounAt(k)
	return found && (n.name < 0 && f.is(n.head, people) || n.name >= 0 && f.names[n.name].outlet == "")
}

// pastAside returns the word after what may stand between the verb at word i
// and its subject at word k or later: a day, "in an interview with …".
func (f *finder) pastAside(i, k int) int {
	const longest = 5
	if f.words[i].kind&inverts == 0 {
		for f.joined(k) && f.is(k, helper) && !f.is(k, preposition|article) {
			k++
		}
		return k
	}
	for range longest {
		if !f.joined(k) || f.words[k].name >= 0 {
			return k
		}
		if f.is(k, preposition) {
			if via, to := f.outletAt(k + 1); via != "" {
				k = to
				continue
			}
			if f.joined(k+1) && f.isWithin(i, k) {
				return k + 1
			}
			if k+1 < len(f.words) && !f.is(k+1, helper) && f.words[k+1].flags&text.Number == 0 && !isAsideWord(f.words[k+1].text) {
				return k
			}
		}
		if !f.is(k, helper|preposition) && f.words[k].flags&text.Number == 0 && !isAsideWord(f.words[k].text) {
			return k
		}
		k++
	}
	return k
}

// isAsideWord reports whether a word is one of those before the name of an
// outlet to which somebody speaks.
func isAsideWord(word string) bool {
	switch word {
	case "интервью", "беседе", "разговоре", "комментарии", "эфире", "інтерв'ю", "розмові", "коментарі", "этом", "цим", "це", "журналистам", "журналістам":
		return true
	}
	return false
}

// isClause reports whether a verb follows at word k, so that what is before it
// is the subject of that.
func (f *finder) isClause(k int) bool {
	if k >= len(f.words) || !f.joined(k) {
		return false
	}
	switch f.words[k].text {
	case "has", "have", "had":
		return true
	case "am": // German: "am Montag"
		return !f.is(k+1, helper)
	}
	return f.is(k, being|anyVerb&^nominal) || f.is(k, unreal) && f.words[k].text != "to"
}
