package attribution

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text"
)

// A name is a run of words that name an outlet, a person, an institution or a
// place.
type name struct {
	from, to int    // its words
	outlet   string // the outlet of which it is the name, or ""
	common   bool   // it is the name of that outlet, and a common word too
}

// A person is somebody whom the report names in full.
type person struct {
	name   string   // "Ivan Orlov"
	entity string   // id in rules.yaml, or ""
	roles  []string // stems of the words for what they are: "dissident"
	at     int      // where they are first named in full
}

// markNames finds the names in the text, those of outlets first.
func (f *finder) markNames() {
	for i := 0; i < len(f.words); {
		n := f.nameAt(i)
		if n.to == 0 {
			i++
			continue
		}
		for k := n.from; k < n.to; k++ {
			f.words[k].name = len(f.names)
		}
		f.names = append(f.names, n)
		i = n.to
	}
	f.partNames()
	f.partPlaces()
}

// partNames parts names of four words that are two full names, as one of them
// elsewhere in the text tells: "рассказал Павлу Канову Сергей Иванов".
func (f *finder) partNames() {
	full := map[string]bool{}
	for _, n := range f.names {
		if n.to-n.from == 2 && n.outlet == "" {
			full[f.words[n.from].stem+" "+f.words[n.from+1].stem] = true
		}
	}
	for i, n := range f.names {
		if n.to-n.from != 4 || n.outlet != "" || !full[f.words[n.from].stem+" "+f.words[n.from+1].stem] &&
			!full[f.words[n.from+2].stem+" "+f.words[n.from+3].stem] {
			continue
		}
		f.names[i].to = n.from + 2
		f.names = append(f.names, name{from: n.from + 2, to: n.to})
		f.words[n.from+2].name, f.words[n.from+3].name = len(f.names)-1, len(f.names)-1
	}
}

// nameAt returns the name that begins at word i. If none does, it ends at 0.
func (f *finder) nameAt(i int) name {
	if o, to, isCommon := f.outletName(i); to > i && (!isCommon || to > i+1 || !f.is(i, role|group|body) || !f.isPlainNoun(i)) {
		return name{from: i, to: to, outlet: o, common: isCommon}
	}
	if !f.isNamePart(i) && !f.isGeneral(i) || f.words[i].text == "state" && !f.is(i+1, body) || len(f.words[i].text) == 1 && !f.joined(i+1) { // "Secretary of State Ann Orlova"
		return name{}
	}
	to := i + 1
	if f.joined(to) && f.words[to].before == stop && f.words[to].start == f.words[i].end+1 {
		to++ // "Village.tv"
	}
	for f.joined(to) && f.words[to].before == 0 && !f.endsName(to-1) {
		switch {
		case f.isNamePart(to) && !f.beginsOutlet(to) && isCyrillic(f.words[to].text) == isCyrillic(f.words[to-1].text):
			to++
		case f.is(to, particle) && f.joined(to+1) && f.words[to+1].before == 0 && f.isNamePart(to+1):
			to += 2
		case f.is(to-1, body) && f.is(to, preposition) && f.joined(to+1) && f.isNamePart(to+1):
			to += 2
		default:
			return name{from: i, to: to}
		}
	}
	return name{from: i, to: to}
}

// isStyledAt reports whether word i has a capital only because most words of
// the title have.
func (f *finder) isStyledAt(i int) bool { return f.styled && f.words[i].field == news.Title }

// isPlainNoun reports whether the word of a common name at word i may be no more
// than that, since all nouns have a capital there.
func (f *finder) isPlainNoun(i int) bool {
	return f.isStyledAt(i) || f.report.Language == "de"
}

// isOfInstitution reports whether the common word before word to, with or
// without the article at word i, is the first of the name of an institution,
// such as "National Unity Government".
func (f *finder) isOfInstitution(i, to int, isCommon bool) bool {
	const longest = 4
	one := isCommon && to == i+1 || f.is(i, article) && to == i+2
	for k := to; one && k < to+longest && f.joined(k) && f.words[k].before == 0 && f.words[k].capital(); k++ {
		if f.is(k, body) || f.words[k].text == "guard" {
			return true
		}
	}
	return false
}

// isGeneral reports whether word i is the "General" of "General Staff".
func (f *finder) isGeneral(i int) bool {
	return f.words[i].text == "general" && f.joined(i+1) && f.words[i+1].capital() && f.is(i+1, body)
}

// isNamePart reports whether word i may be a part of a name.
func (f *finder) isNamePart(i int) bool {
	w := &f.words[i]
	return w.capital() && w.kind&(closed|report|media) == 0 && w.flags&text.Boilerplate == 0
}

// endsName reports whether no name of a person goes on after word i: it is an
// institution or a country.
func (f *finder) endsName(i int) bool {
	w := &f.words[i]
	if w.mention >= 0 && strings.HasPrefix(f.report.Mentions[w.mention].Entity, countryPrefix) {
		return !f.joined(i+1) || f.words[i+1].mention != w.mention // and not after the "South" of "South Africa"
	}
	if w.kind&land != 0 {
		return true
	}
	return w.kind&body != 0 && !f.is(i+1, body|preposition)
}

const countryPrefix = "country:"

// beginsOutlet reports whether the name of an outlet that is nothing else
// begins at word i.
func (f *finder) beginsOutlet(i int) bool {
	_, to, isCommon := f.outletName(i)
	return to > i && !isCommon
}

// outletName returns the outlet whose name begins at word i, and the word after
// it; i if there is none.
func (f *finder) outletName(i int) (outlet string, to int, isCommon bool) {
	const longest = 6 // of the names of outlets, in words
	var ahead [longest]outlets.Word
	k := 0
	for k < longest && i+k < len(f.words) && (k == 0 || f.joined(i+k)) {
		w := &f.words[i+k]
		ahead[k] = outlets.Word{Stem: w.stem, Capital: w.capital(), Capitals: w.flags&text.AllCaps != 0}
		k++
	}
	o, taken, isCommon := f.table.Prefix(ahead[:k])
	if taken > 0 && f.isOfInstitution(i, i+taken, isCommon) {
		return "", i, false
	}
	return o.Name, i + taken, isCommon
}

// meet notes the persons whom the text names in full, and what it says they
// are.
func (f *finder) meet() {
	const most = 500 // nobody tells of more
	for i := range f.names {
		n := &f.names[i]
		if !f.isFullName(n) || f.isStyledAt(n.from) {
			continue
		}
		key := personKey(f.words[n.to-1].text)
		p, known := f.persons[key]
		if !known && len(f.persons) == most {
			continue
		}
		if !known {
			p = &person{name: f.text(n.from, n.to), at: n.from}
			f.persons[key] = p
			if m := f.mentionOf(n.to - 1); m != nil {
				p.entity, p.name = m.Entity, m.Name
			}
		} else if last := f.words[n.to-1].text; p.entity == "" && isOblique(text.Fold(lastWord(p.name))) && !isOblique(last) {
			p.name = f.text(n.from, n.to)
		}
		p.add(f.rolesOf(n))
	}
	for i := range f.names { // those told by one name may be told what they are too
		n := &f.names[i]
		if p := f.persons[personKey(f.words[n.to-1].text)]; p != nil && n.to-n.from == 1 {
			p.add(f.rolesOf(n))
		}
	}
}

// mentionOf returns the mention of an entity with a name of its own in which
// word i stands, or nil. A country is none.
func (f *finder) mentionOf(i int) *news.Mention {
	k := f.words[i].mention
	if k < 0 || f.report.Mentions[k].Name == "" || strings.HasPrefix(f.report.Mentions[k].Entity, countryPrefix) {
		return nil
	}
	return &f.report.Mentions[k]
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// add notes what the person is, once each.
func (p *person) add(roles []string) {
	for _, r := range roles {
		if !slices.Contains(p.roles, r) {
			p.roles = append(p.roles, r)
		}
	}
}

// isFullName reports whether n is the full name of a person, as far as its
// words tell.
func (f *finder) isFullName(n *name) bool {
	const longest = 4
	size := n.to - n.from
	if n.outlet != "" || size < 2 || size > longest {
		return false
	}
	for k := n.from; k < n.to; k++ {
		w := &f.words[k]
		if w.kind&(body|medium|media|report|land) != 0 || w.flags&text.AllCaps != 0 && len(w.text) < 5 {
			return false
		}
		if w.mention >= 0 && strings.HasPrefix(f.report.Mentions[w.mention].Entity, countryPrefix) {
			return false
		}
	}
	return true
}

// rolesOf returns the stems of the words that say what the person named n is:
// before the name, as in "Russian analyst", or after it between commas.
func (f *finder) rolesOf(n *name) (roles []string) {
	const longest = 8 // words between the commas
	for i := n.from - 1; f.joined(i+1) && f.is(i, role|title); i-- {
		roles = append(roles, f.words[i].stem)
	}
	i := n.to
	if i >= len(f.words) || f.words[i].before&(comma|dash) == 0 || !f.together(n.from, i) {
		return roles
	}
	if !f.is(i, article|indefinite|role|title|group) && f.words[i].text != "former" && !f.words[i].capital() && !isCyrillic(f.words[i].text) {
		return roles
	}
	for k := i; k < i+longest && k < len(f.words) && (k == i || f.joined(k)) && !f.is(k, relative|anyVerb&^nominal); k++ {
		if f.is(k, role) {
			roles = append(roles, f.words[k].stem)
		}
	}
	return roles
}
