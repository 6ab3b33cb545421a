package attribution

import (
	"strings"

	"github.com/coupwatch/coupwatch/text"
)

// cue makes a claim of what word i says of who speaks, if it does, and returns
// the word after what it has read.
func (f *finder) cue(i int) int {
	w := &f.words[i]
	for _, p := range phrasesByFirst()[w.text] {
		if f.isPhrase(i, p.words) && (w.flags&text.Boilerplate == 0 || p.use == origin) {
			if f.phrase(i, p) {
				return i + len(p.words)
			}
		}
	}
	isName := w.name >= 0 && f.names[w.name].from == i
	if w.flags&text.Boilerplate != 0 {
		if isName && f.isSentence(f.names[w.name]) { // an agency by itself is for the page, but says whose the text is
			f.dateline(i)
		}
		return i + 1
	}
	if isName {
		f.dateline(i)
		f.heading(i)
	}
	if w.name < 0 && w.kind&(anyVerb|passive|rumoured) != 0 {
		f.verb(i)
	}
	return i + 1
}

// isSentence reports whether a name is a sentence by itself.
func (f *finder) isSentence(n name) bool {
	from, to := f.sentenceAt(n.from)
	return n.from == from && n.to == to
}

// isPhrase reports whether the words of a sentence from i on are these.
func (f *finder) isPhrase(i int, words []string) bool {
	for k, w := range words {
		if i+k >= len(f.words) || f.words[i+k].text != w || k > 0 && (!f.joined(i+k) || f.words[i+k].before&stop != 0) {
			return false
		}
	}
	return true
}

// phrase makes a claim of the phrase p at word i, and reports whether it did.
func (f *finder) phrase(i int, p phrase) bool {
	term, next := strings.Join(p.words, " "), i+len(p.words)
	switch p.use {
	case fromNobody:
		f.add(i, term, speaker{name: "unnamed", hearsay: true}, "")
		return true
	case ownWork:
		if f.deniedBefore(i) || f.publisher == "" {
			return false
		}
		f.own(i, term)
		return true
	case origin:
		return f.origin(i, next, term)
	case meets:
		return f.meeting(i, next, term)
	case letters:
		return f.published(i, next, term)
	}
	if next >= len(f.words) || !f.together(i, next) || f.words[next].before&(parting&^newline) != 0 {
		return false
	}
	if via, _ := f.outletAt(next); via != "" {
		f.add(i, term, speaker{}, via)
		return true
	}
	if term == "interview with" && f.words[i].before&possessive != 0 {
		return f.interview(i, next, term)
	}
	return p.use == citesAnyone && f.cited(next, term)
}

// interview makes a claim of "the BBC's interview with him".
func (f *finder) interview(i, next int, term string) bool {
	n, found := f.nounAt(next)
	if k := f.words[i-1].name; !found || k < 0 || f.names[k].outlet == "" {
		return false
	}
	s, found := f.who(n, i)
	if !found || !s.single {
		return false
	}
	f.add(i, term, s, f.names[f.words[i-1].name].outlet)
	return true
}

// meeting makes a claim of "the BBC spoke to the officer".
func (f *finder) meeting(i, next int, term string) bool {
	from, _ := f.sentenceAt(i)
	subject, found := f.nounAt(from)
	if !found || subject.name < 0 || f.names[subject.name].outlet == "" || f.names[subject.name].common || !f.joined(next) {
		return false
	}
	if n, found := f.nounAt(next); found && f.is(n.head, people) || found && n.name >= 0 && f.names[n.name].outlet == "" {
		if s, found := f.who(n, i); found && s.name != "" {
			f.add(i, term, s, f.names[subject.name].outlet)
			return true
		}
	}
	return false
}

// published makes a claim of "Orlov published letters from an officer": the
// officer is known through Orlov only.
func (f *finder) published(i, next int, term string) bool {
	from, _, denied := f.group(i)
	if denied || !f.joined(next+1) || !f.is(next, preposition) {
		return false
	}
	relay, found := f.subjectBefore(from, i)
	author, known := f.nounAt(next + 1)
	if !found || !known || author.name >= 0 || author.known {
		return false
	}
	if s, found := f.who(author, i); found && s.hearsay {
		s.unknown = nil
		f.add(i, term, s, relay.name+relay.via)
		return true
	}
	return false
}

// own makes a claim that the publisher knows by itself.
func (f *finder) own(i int, term string) {
	f.add(i, term, speaker{}, f.publisher)
	f.claims[len(f.claims)-1].Own = true
}

// deniedBefore reports whether one of the few words before i takes back what
// it says, as in "could not be independently verified".
func (f *finder) deniedBefore(i int) bool {
	const near = 4
	for k := i - 1; k >= i-near && k >= 0 && f.together(k, i); k-- {
		if f.is(k, negative) || f.words[k].text == "unable" {
			return true
		}
	}
	return false
}

// origin makes a claim of a line such as "Read the original article on …".
func (f *finder) origin(i, next int, term string) bool {
	const near = 8
	isLabel := f.words[i].kind == 0 && next == i+1
	if isLabel && (f.words[i].before&newline == 0 || next >= len(f.words) || f.words[next].before&colon == 0) {
		return false
	}
	for k := next; k < min(next+near, len(f.words)) && f.together(i, k); k++ {
		if n := f.words[k].name; n >= 0 || f.words[k].capital() {
			o, to, _ := f.outletName(k)
			if to > k && o != f.publisher {
				f.add(i, term, speaker{}, o)
				return true
			}
		}
	}
	return false
}

// cited makes a claim of who is cited at word i, and reports whether it did.
func (f *finder) cited(i int, term string) bool {
	if f.is(i, report) && isCyrillic(f.words[i].text) && f.joined(i+1) {
		i++
	}
	n, found := f.nounAt(i)
	if !found {
		return false
	}
	if n.name < 0 && f.is(n.head, report) {
		return f.authored(n, i, term)
	}
	s, found := f.who(n, i)
	if !found || s.name == "" && s.via == "" {
		return false
	}
	via := ""
	if s.hearsay && f.together(i, n.to) {
		via = f.outletAfter(n.to)
	}
	f.add(i, term, s, via)
	f.citedTo = n.to
	return true
}

// outletAfter returns the outlet whose name follows at word i without a word
// between, as in «по словам источника РБК», or "".
func (f *finder) outletAfter(i int) string {
	if i < len(f.words) && f.joined(i) && f.words[i].name >= 0 && !f.names[f.words[i].name].common {
		return f.names[f.words[i].name].outlet
	}
	return ""
}

// authored makes a claim of a report, a letter or the like that is cited for
// whoever wrote it.
func (f *finder) authored(n noun, at int, term string) bool {
	i := n.to
	for k := i; k < i+3 && f.joined(k); k++ {
		if f.is(k, passive) && f.joined(k+1) {
			continue
		}
		if !f.is(k, preposition) || !f.joined(k+1) {
			break
		}
		if via, _ := f.outletAt(k + 1); via != "" {
			f.add(at, term, speaker{}, via)
			return true
		}
		if author, found := f.nounAt(k + 1); found && !f.is(author.head, report) {
			if s, found := f.who(author, at); found && (s.name != "" || s.via != "") {
				f.add(at, term, s, "")
				return true
			}
		}
	}
	if via := f.outletIn(n); via != "" {
		f.add(at, term, speaker{}, via)
		return true
	}
	switch f.words[n.head].stem {
	case "reports", "rumours", "accounts":
		f.add(at, term, speaker{name: unnamed(f.text(n.from, n.to)), hearsay: true}, "")
		return true
	}
	return false
}

// outletAt returns the outlet that the words from i on name, as those do that
// follow "told", and the word after them. Where the sentence has a word such as
// "newspaper", an outlet that nobody knows will do.
func (f *finder) outletAt(i int) (via string, next int) {
	const few = 4 // words up to the first of the name
	if i >= len(f.words) {
		return "", i
	}
	for k := i; k < i+few && k < len(f.words) && (k == i || f.joined(k)); k++ {
		if n := f.words[k].name; n >= 0 && !f.isCountryOf(k) {
			return f.outletNamed(n, k > i && f.is(k-1, medium))
		}
		if o, to, isCommon := f.outletName(k); to > k && (!isCommon || f.report.Language != "de" || !f.is(k, role|group|body)) {
			return o, to
		}
		if f.is(k, medium) && !f.outletFollows(k+1) {
			if k == i || isCyrillic(f.words[k].text) || !f.isEnough(i, k) {
				return "", i
			}
			return f.text(i+f.articles(i), k+1), k + 1
		}
		if f.words[k].kind&(closed&^(article|preposition|common)) != 0 || k == i && f.is(k, preposition) && !isCyrillic(f.words[k].text) {
			break
		}
	}
	return "", i
}

// isCountryOf reports whether word i says of what country the "newspaper" after
// it is.
func (f *finder) isCountryOf(i int) bool { return f.endsName(i) && f.joined(i+1) && f.is(i+1, medium) }

// isEnough reports whether the words from i to the one such as "newspaper" at k
// say which is meant, though they do not name it: "state television". "A local
// newspaper" may be any.
func (f *finder) isEnough(i, k int) bool {
	for j := i + f.articles(i); j < k; j++ {
		if w := &f.words[j]; w.text == "state" || w.text == "government" || w.text == "national" || w.name >= 0 {
			return true
		}
	}
	return false
}

// outletFollows reports whether a name follows at word i that may be of an
// outlet.
func (f *finder) outletFollows(i int) bool {
	return i < len(f.words) && f.joined(i) && f.words[i].name >= 0
}

// articles returns how many articles there are at word i: one or none.
func (f *finder) articles(i int) int {
	if f.is(i, article|indefinite) {
		return 1
	}
	return 0
}

// outletNamed returns the outlet that the name n stands for, and the word
// after it: any name will do if a word such as "newspaper" stands beside it.
func (f *finder) outletNamed(n int, beside bool) (via string, next int) {
	own := f.names[n]
	if own.outlet != "" {
		return own.outlet, own.to
	}
	if o, known := f.table.Named(f.text(own.from, own.to)); known && len(o.Domains) > 0 && f.table.Carries("https://"+o.Domains[0]) {
		return "", own.from // a channel on Telegram
	}
	if far := own.to + 1; f.joined(own.to) && f.is(own.to, preposition) && f.joined(far) && f.nameOf(far) >= 0 {
		if end := f.names[f.nameOf(far)].to; f.joined(end) && f.is(end, medium) { // "the Echo of Orel newspaper"
			return f.text(own.from, end), end
		}
	}
	if beside || f.joined(own.to) && f.is(own.to, medium) && f.words[own.to].before == 0 {
		return f.text(own.from, own.to), own.to
	}
	return "", own.from
}

// dateline makes a claim of an outlet in brackets near the beginning of a text,
// as in "KYIV (Reuters) —", or at its end.
func (f *finder) dateline(i int) {
	own := f.names[f.words[i].name]
	if own.outlet == "" || own.outlet == f.publisher || f.words[i].before&bracket == 0 || f.after(own.to-1)&bracket == 0 {
		return
	}
	const near = 8 // words
	isFirst := i < near || f.words[i-near].field != f.words[i].field
	isLast := own.to == len(f.words) || f.words[own.to].field != f.words[i].field
	if isFirst && f.after(own.to-1)&dash != 0 || isLast {
		f.add(i, "dateline", speaker{}, own.outlet)
	}
}

// heading makes a claim of a title such as "Budanov: …" or "ISW: …".
func (f *finder) heading(i int) {
	own := f.names[f.words[i].name]
	w := &f.words[i]
	if i != 0 || w.field != 0 || own.to >= len(f.words) || f.words[own.to].before != colon || f.words[own.to].field != 0 {
		return
	}
	if own.outlet != "" && !own.common {
		f.add(i, ":", speaker{}, own.outlet)
		return
	}
	if s, found := f.named(noun{from: own.from, to: own.to, head: own.to - 1, name: w.name}); found && own.outlet == "" {
		if f.persons[personKey(f.words[own.to-1].text)] != nil {
			f.add(i, ":", s, "")
		}
	}
}
