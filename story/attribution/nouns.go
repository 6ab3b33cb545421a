package attribution

import (
	"strings"

	"github.com/coupwatch/coupwatch/story/wordform"
	"github.com/coupwatch/coupwatch/text"
)

// A noun is a noun with its attributes that may say who says something.
type noun struct {
	from, to int  // its words, without an article
	head     int  // what it is about: the last word of a name, or a word of kind person, group …
	name     int  // the name that the head is of, or -1
	known    bool // it has an article that says so
	after    int  // the word after it and what belongs to it
}

// people are the kinds of words that say who speaks.
const people = role | group | body | medium | media | pronoun

// nounBefore returns the noun that ends before word end and could be the
// subject of a verb there.
func (f *finder) nounBefore(end int) (n noun, found bool) {
	if end <= 0 || end < len(f.words) && !f.together(end-1, end) {
		return n, false
	}
	n, found = f.nounEnding(end - 1)
	before := n.from - 1
	if f.is(before, article|indefinite) && f.joined(n.from) {
		before--
	}
	if before > 0 && f.is(before, joiner) && f.isOfThing(before) {
		return n, false
	}
	if before < 0 || !f.joined(before+1) || !f.is(before, preposition) {
		return n, found
	}
	ofThing := f.isOfThing(before)
	for f.joined(before) && f.is(before-1, preposition|joiner) {
		before--
	}
	if whole, human := f.owner(before); human {
		whole.after = end
		return whole, true
	}
	return n, found && f.words[n.head].kind&people != 0 && n.name < 0 && !ofThing
}

// isOfThing reports whether the English word i, before a noun and its article,
// makes that say more of a thing, which has nobody's word: "the letter to the
// army", "a feud between guards and the ministry".
func (f *finder) isOfThing(i int) bool {
	const near = 8 // words
	if i > 0 && f.joined(i+1) && f.is(i, joiner) {
		for k := i - 1; k > max(0, i-near) && f.joined(k+1); k-- {
			if wordform.IsBetween(f.words[k].text) {
				i = k
				break
			}
		}
	}
	if i < 1 || !f.joined(i+1) || !f.joined(i) || !wordform.Governs("en", f.words[i].text) {
		return false
	}
	w := &f.words[i-1]
	return w.name < 0 && w.kind&(closed&^report|people|title|office) == 0 && w.flags&text.Number == 0
}

// owner returns the noun of which a preposition at word i says more.
func (f *finder) owner(i int) (n noun, human bool) {
	if i == 0 || !f.joined(i) {
		return n, false
	}
	switch f.words[i-1].text {
	case "close", "familiar", "based", "briefed", "knowledge":
		if f.joined(i - 1) {
			i-- // "sources close to", "people familiar with"
		}
	}
	n, human = f.nounBefore(i)
	return n, human && f.words[n.head].kind&(role|group|body) != 0
}

// nounEnding returns the noun whose last word is j, with the attributes before
// it. It is found if it may say who speaks.
func (f *finder) nounEnding(j int) (n noun, found bool) {
	const longest = 6
	n = noun{from: j, to: j + 1, head: j, name: f.words[j].name, after: j + 1}
	if n.name >= 0 {
		own := f.names[n.name].from
		n.from = own
		if owner, found := f.owned(n); found {
			return owner, true
		}
		for f.joined(n.from) && (f.is(n.from-1, role|title) || n.from < own && f.isAttribute(n.from-1)) {
			n.from--
		}
		n.known = f.is(n.from-1, article) && f.joined(n.from)
		return n, true
	}
	w := &f.words[j]
	if w.kind&pronoun != 0 {
		return n, true
	}
	if f.isOfInstitutionBefore(j) {
		n, found = f.nounEnding(j - 1)
		n.to, n.after = j+1, j+1
		return n, found
	}
	if w.kind&people == 0 && (w.kind&(closed|article|indefinite) != 0 || w.capital()) {
		return n, false
	}
	for n.from > j-longest && f.joined(n.from) && f.isAttribute(n.from-1) {
		n.from--
	}
	n.known = f.joined(n.from) && f.is(n.from-1, article) || n.from < j && f.words[j].before&possessive != 0
	for k := n.from + 1; k <= j; k++ {
		n.known = n.known || f.words[k].before&possessive != 0
	}
	found = w.kind&people != 0
	f.headFirst(&n)
	return n, found
}

// isOfInstitutionBefore reports whether word i is a genitive without a capital
// that says of what the institution before it is: «министерство обороны».
func (f *finder) isOfInstitutionBefore(i int) bool {
	w := &f.words[i]
	if !isCyrillic(w.text) || w.kind != 0 || w.capital() || !f.joined(i) || !f.is(i-1, body) || f.words[i-1].name >= 0 && f.words[i-1].capital() && f.words[i].before != 0 {
		return false
	}
	return isGenitive(w.text) || strings.HasSuffix(w.text, "а") || strings.HasSuffix(w.text, "я")
}

// isAttribute reports whether word i may stand before a noun and say more of
// it.
func (f *finder) isAttribute(i int) bool {
	w := &f.words[i]
	if w.flags&text.Boilerplate != 0 || w.flags&text.Number != 0 {
		return false
	}
	return w.name >= 0 || w.kind&(closed&^(role|office|title|group)|report) == 0
}

// nounAt returns the noun that begins at word i, as the subject of a verb
// before it or as who is cited.
func (f *finder) nounAt(i int) (n noun, found bool) {
	const longest = 12
	n.known = f.is(i, article)
	if f.is(i, article|indefinite) && f.joined(i+1) {
		i++
	}
	to := i
	for to < len(f.words) && to < i+longest && (to == i || f.joined(to) && f.words[to].before&stop == 0 || f.sameName(to)) && f.goesOn(to) {
		n.known = n.known || to > i && f.words[to].before&possessive != 0
		to++
	}
	for n.head = to - 1; n.head >= i && n.head > to-4; n.head-- {
		w := &f.words[n.head]
		if n.name = w.name; n.name < 0 && w.kind&(people|report) == 0 {
			if w.before&possessive != 0 {
				return n, false
			}
			continue
		}
		n.from, n.to, n.after = i, n.head+1, to
		if n.name >= 0 && f.names[n.name].from > i {
			if owner, found := f.owned(n); found {
				return owner, true
			}
		}
		f.headFirst(&n)
		return f.apposed(n), true
	}
	return n, false
}

// sameName reports whether word i goes on with the name of the word before.
func (f *finder) sameName(i int) bool {
	return f.words[i].name >= 0 && f.words[i].name == f.words[i-1].name
}

// goesOn reports whether word i may be of a noun that begins before it.
func (f *finder) goesOn(i int) bool {
	w := &f.words[i]
	if w.name >= 0 || w.kind&(pronoun|report) != 0 {
		return true
	}
	return w.kind&(closed&^(role|office|title|group|common)) == 0 && w.kind != common || w.kind&people != 0
}

// apposed returns the name that stands after n and a comma, as in "the
// analyst, Ivan Petrov", or n.
func (f *finder) apposed(n noun) noun {
	i := n.to
	if n.name >= 0 || !f.is(n.head, role) || i >= len(f.words) || f.words[i].before != comma || f.words[i].name < 0 || !f.together(n.head, i) {
		return n
	}
	if own := f.names[f.words[i].name]; own.outlet == "" && f.isFullName(&own) {
		return noun{from: own.from, to: own.to, head: own.to - 1, name: f.words[i].name, after: own.to}
	}
	return n
}
