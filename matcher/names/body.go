package names

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
)

// addBody adds the forms of an agency, an office, an organisation or an
// outlet: the Latin name as it is, the native one in all cases.
func addBody(c *collector, n Name) {
	c.addPlain(n.Latin, "as written")
	c.addPlain(n.Native, "as written")
	if isCyrillic(n.Native) {
		addPhrase(c, n.Native)
	}
}

// addCity adds the forms of a city: as those of a body, and the native name in
// the spellings of the press.
func addCity(c *collector, n Name) {
	addBody(c, n)
	if !isCyrillic(n.Native) || slavic.Acronym(n.Native) {
		return
	}
	home := languageOf(n.Native)
	for l := range slavic.Lang(slavic.NumLangs) {
		for _, name := range counterparts(n.Native, home, l) {
			if l != home {
				addPhrase(c, name)
			}
		}
	}
	for _, l := range []slavic.Lang{home, slavic.Russian} {
		for _, name := range counterparts(n.Native, home, l)[:1] {
			for _, t := range systems(l) {
				for _, s := range t.Spell(name, maxSpellings) {
					c.add(Form{Written: s, Exact: true, How: t.Name})
				}
			}
		}
	}
}

// addPhrase adds a Cyrillic name in all cases.
func addPhrase(c *collector, name string) {
	if slavic.Acronym(name) {
		return
	}
	l := languageOf(name)
	for _, d := range slavic.Phrase(strings.Fields(unquoted.Replace(name)), l) {
		written := strings.Join(d.Words, " ")
		c.add(Form{Written: written, Exact: wantsCapitals(written), How: fmt.Sprintf("%v %v", l, d.Case)})
	}
	addQuoted(c, name, l)
}

// addQuoted adds what stands in quotes within a name, in all cases: people say
// «Вагнера» for ЧВК «Вагнер» once it is clear what they speak of.
func addQuoted(c *collector, name string, l slavic.Lang) {
	at := strings.IndexAny(name, quotes)
	quoted := strings.Fields(unquoted.Replace(name[max(0, at):]))
	if at <= 0 || len(quoted) == 0 {
		return
	}
	for _, d := range slavic.Phrase(quoted, l) {
		c.add(Form{Written: strings.Join(d.Words, " "), Alone: true, Common: true, Exact: true, How: fmt.Sprintf("%v %v, quoted", l, d.Case)})
	}
}

const quotes = "«»\"“”„"

// unquoted takes the quotes off a name.
var unquoted = strings.NewReplacer("«", "", "»", "", `"`, "", "“", "", "”", "", "„", "")

// addAlias adds another name. One in Cyrillic letters is declined; a person's
// that is a name too, such as Игорь Стрелков or Моторола, is treated like the
// first one, but the Армагеддон of Генерал Армагеддон is no surname.
func addAlias(c *collector, kind, alias string) {
	c.addPlain(alias, "alias")
	if !isCyrillic(alias) {
		return
	}
	words := strings.Fields(alias)
	known, _ := givens().find(words[0])
	switch {
	case kind != "person" || slavic.Acronym(alias) || strings.ToLower(alias) == alias:
		addPhrase(c, alias)
	case known != nil || len(words) == 1 && isName(words):
		newPerson(alias).addForms(c)
	case len(words) == 2 && isName(words):
		c.addWhole(newPerson(alias))
	default:
		addPhrase(c, alias)
	}
}

// addWhole adds the forms of p in which the surname does not stand alone.
func (c *collector) addWhole(p *person) {
	all := newCollector()
	p.addForms(all)
	for _, f := range all.byWords {
		if !f.Alone {
			c.add(f)
		}
	}
}

// isName reports whether all words begin with a capital and none looks like an
// adjective.
func isName(words []string) bool {
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) || len(words) > 1 && slavic.IsAdjective(w, slavic.Russian) {
			return false
		}
	}
	return true
}

// addPlain adds a spelling as it is, and one with umlauts written out.
func (c *collector) addPlain(spelling, how string) {
	exact := wantsCapitals(spelling)
	c.add(Form{Written: spelling, Exact: exact, How: how})
	if out := writtenOut.Replace(spelling); out != spelling {
		c.add(Form{Written: out, Exact: exact, How: how})
	}
	if plain, ok := strings.CutPrefix(spelling, "The "); ok {
		c.add(Form{Written: plain, Exact: exact, How: how})
	}
}

// wantsCapitals reports whether the capitals of a spelling are needed to know
// it: those of one word, and those of acronyms. Names of several words are
// known without.
func wantsCapitals(spelling string) bool {
	words := strings.Fields(spelling)
	if len(words) != 1 {
		return len(words) > 1 && slavic.Acronym(spelling) && utf8.RuneCountInString(spelling) <= 8
	}
	return strings.ToLower(spelling) != spelling
}
