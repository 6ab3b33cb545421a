package names

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
	"github.com/coupwatch/coupwatch/matcher/names/translit"
	"github.com/coupwatch/coupwatch/text"
)

// A latin is a word of a name in Latin letters.
type latin struct {
	text    string
	how     string          // the first system that made it
	systems map[string]bool // all that did; official ones count as the English press
}

// english is the press that also uses the official systems.
const english = "English press"

// czech is the press that gives women's surnames an ending of its own.
const czech = "Czech press"

// addLatin adds the forms of p in Latin letters. A given name and a surname
// stand together if one press writes both so, or rules.yaml does.
func (p *person) addLatin(c *collector) {
	surnames := p.romanise(&p.surname, p.written.surname, nil)
	givens := p.romanise(&p.given, p.written.given, p.latin)
	initials := initialsOf(givens)
	for _, s := range surnames {
		c.add(Form{Written: s.text, Alone: true, Exact: true, How: s.how})
		for _, i := range initials {
			c.addFull(i, s.text, Form{Exact: true, How: s.how + ", initial"})
		}
		for _, g := range givens {
			if !shares(g, s) {
				continue
			}
			c.addFull(g.text, s.text, Form{How: s.how})
		}
	}
	p.addEnglish(c, inEnglish(givens, 2*maxMiddles), inEnglish(surnames, maxMiddles))
	p.addLatinCases(c, givens, surnames)
}

// addEnglish adds what is told in English only: the surname first, as lists
// have it, and the name with its patronymic.
func (p *person) addEnglish(c *collector, givens, surnames []latin) {
	middles := inEnglish(p.romanise(&p.patronymic, p.written.patronymic, nil), maxMiddles)
	for _, g := range givens {
		for _, s := range surnames {
			c.add(Form{Written: s.text + " " + g.text, How: s.how})
			for _, m := range middles {
				c.add(Form{Written: g.text + " " + m.text + " " + s.text, How: s.how})
				c.add(Form{Written: g.text + " " + initial(m.text) + " " + s.text, How: s.how})
			}
		}
	}
}

// inEnglish returns the spellings that the English press uses, at most limit.
func inEnglish(all []latin, limit int) []latin {
	var out []latin
	for _, l := range all {
		if l.systems[english] && len(out) < limit {
			out = append(out, l)
		}
	}
	return out
}

// romanise returns all spellings of a word in Latin letters: as written in
// rules.yaml, by the systems for p's home language and for Russian, and by the
// official ones for Ukrainian.
func (p *person) romanise(word *[slavic.NumLangs][]string, written string, extra []string) []latin {
	var all spellings
	if written != "" {
		all.add(written, "as written", anyPress, english)
	}
	for _, l := range []slavic.Lang{p.home, slavic.Russian, slavic.Ukrainian, slavic.Belarusian} {
		for _, spelling := range word[l][:min(len(word[l]), 2)] {
			for _, t := range p.systems(l) {
				for _, s := range t.Spell(spelling, p.limit(l)) {
					all.add(s, t.Name, press(t.Name))
				}
				if p.woman && t.Name == czech && hasSuffix(spelling, "ова", "ева", "ина") {
					all.add(strings.TrimSuffix(t.Spell(spelling, 1)[0], "a")+"ová", t.Name, czech)
				}
			}
		}
	}
	for _, s := range extra {
		all.add(s, "press", anyPress, english)
	}
	return all.list
}

// systems returns the romanisations by which p's name in the language l is
// written: all for the home language and Russian, the official ones for
// Ukrainian, and for Belarusian those of a name that may be at home there.
func (p *person) systems(l slavic.Lang) []*translit.Table {
	tables := systems(l)
	switch {
	case l == p.home || l == slavic.Russian:
		return tables
	case l == slavic.Ukrainian:
		return tables[:3]
	case len(p.surname[slavic.Russian]) > 0 && hasSuffix(p.surname[slavic.Russian][0], "енко", "ович", "евич"):
		return tables
	}
	return nil
}

// limit returns how many spellings one system may give for a name in l: few
// where that is not how the person's own country writes it.
func (p *person) limit(l slavic.Lang) int {
	if l == p.home || l == slavic.Russian {
		return maxSpellings
	}
	return maxForeignSpellings
}

// spellings gathers the ways to write one word.
type spellings struct {
	list  []latin
	byKey map[string]int
}

// add adds a spelling, or more systems that use it.
func (s *spellings) add(spelling, how string, systems ...string) {
	if s.byKey == nil {
		s.byKey = map[string]int{}
	}
	k := key(text.Words(spelling))
	i, ok := s.byKey[k]
	if !ok {
		i = len(s.list)
		s.byKey[k] = i
		s.list = append(s.list, latin{spelling, how, map[string]bool{}})
	}
	for _, system := range systems {
		s.list[i].systems[system] = true
	}
}

// anyPress is the system of spellings that any press may use.
const anyPress = "any"

// press returns the press that uses a system.
func press(system string) string {
	if strings.HasSuffix(system, " press") {
		return system
	}
	return english
}

// shares reports whether one press uses both spellings.
func shares(a, b latin) bool {
	if a.systems[anyPress] || b.systems[anyPress] {
		return true
	}
	for s := range a.systems {
		if b.systems[s] {
			return true
		}
	}
	return false
}

// systems returns the romanisations of a language.
func systems(l slavic.Lang) []*translit.Table {
	switch l {
	case slavic.Ukrainian:
		return translit.Ukrainian()
	case slavic.Belarusian:
		return translit.Belarusian()
	}
	return translit.Russian()
}

// initialsOf returns the initials of spellings of a given name, also those of
// two letters: "Y." and "Yu." for Yuri.
func initialsOf(givens []latin) []string {
	var out []string
	for _, g := range givens {
		word := g.text
		candidates := []string{initial(word)}
		for pair := range strings.FieldsSeq("Zh Kh Sh Ch Yu Ya Ye Ts Sch Tch Dz") {
			if strings.HasPrefix(word, pair) {
				candidates = append(candidates, pair+".")
			}
		}
		for _, i := range candidates {
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
	}
	return out
}

// latinParts tells the parts of a Latin name apart, given its native one.
func latinParts(name string, p *person) parts {
	words := strings.Fields(name)
	switch {
	case len(words) == 0:
		return parts{}
	case len(words) == 1 || len(p.given[p.home]) == 0:
		return parts{surname: words[len(words)-1]}
	case len(words) == 3 && len(p.patronymic[p.home]) > 0:
		return parts{words[0], words[1], words[2]}
	}
	return parts{given: strings.Join(words[:len(words)-1], " "), surname: words[len(words)-1]}
}
