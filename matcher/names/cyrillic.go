package names

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/matcher/names/slavic"
)

// addCyrillic adds the forms of p in Cyrillic letters: in all cases of Russian,
// Ukrainian and Belarusian.
func (p *person) addCyrillic(c *collector) {
	for _, l := range []slavic.Lang{p.home, slavic.Russian, slavic.Ukrainian, slavic.Belarusian} {
		surnames := decline(p.surname[l], l, p.surnameClass())
		givens := decline(p.given[l], l, p.givenClass())
		patronymics := decline(p.patronymic[l], l, p.givenClass())
		for k := range slavic.Case(slavic.NumCases) {
			how := fmt.Sprintf("%v %v", l, k)
			for _, s := range at(surnames, k) {
				c.add(Form{Written: s, Alone: true, Exact: true, How: how})
				p.addInitials(c, l, s, how)
				for _, g := range at(givens, k) {
					c.addBoth(g, s, how)
					c.addFull(g, s, Form{How: how})
				}
			}
			for _, s := range surnames {
				c.addThree(first(givens, k), first(patronymics, k), s[k], how)
			}
		}
	}
}

// addThree adds the full name with the patronymic, in one case. Words that
// have several endings there take the same turn: nobody mixes them.
func (c *collector) addThree(givens, patronymics, surnames []string, how string) {
	if len(givens) == 0 || len(patronymics) == 0 || len(surnames) == 0 {
		return
	}
	for i := range max(len(givens), len(patronymics), len(surnames)) {
		turn := func(all []string) string { return all[min(i, len(all)-1)] }
		c.addBoth(turn(givens)+" "+turn(patronymics), turn(surnames), how)
	}
}

// first returns the forms of the first paradigm in the case k.
func first(all []slavic.Paradigm, k slavic.Case) []string {
	if len(all) == 0 {
		return nil
	}
	return all[0][k]
}

// addInitials adds the surname with initials before and after it.
func (p *person) addInitials(c *collector, l slavic.Lang, surname, how string) {
	for _, g := range p.given[l] {
		own := initial(g)
		c.addInitial(own, surname, how)
		for _, m := range p.patronymic[l] {
			c.addInitial(own+initial(m), surname, how)
			c.addInitial(own+" "+initial(m), surname, how)
		}
	}
}

// addBoth adds the words before and after the surname.
func (c *collector) addBoth(words, surname, how string) {
	c.add(Form{Written: words + " " + surname, How: how})
	c.add(Form{Written: surname + " " + words, How: how})
}

// addInitial adds an initial before and after the surname. Its capitals are
// wanted: "с беседой" is "with a talk".
func (c *collector) addInitial(initial, surname, how string) {
	c.addFull(initial, surname, Form{Exact: true, How: how + ", initial"})
	c.add(Form{Written: surname + " " + initial, Exact: true, How: how + ", initial"})
}

// initial returns the first letter of a word and a dot.
func initial(word string) string {
	_, size := utf8.DecodeRuneInString(word)
	return word[:size] + "."
}

// surnameClass returns how the surname is declined.
func (p *person) surnameClass() slavic.Class {
	if p.woman {
		return slavic.FemaleSurname
	}
	return slavic.MaleSurname
}

// givenClass returns how the given name and the patronymic are declined.
func (p *person) givenClass() slavic.Class {
	if p.woman {
		return slavic.FemaleGiven
	}
	return slavic.MaleGiven
}

// decline returns the paradigms of words of which only the last changes if
// there are several in one.
func decline(all []string, l slavic.Lang, class slavic.Class) []slavic.Paradigm {
	var out []slavic.Paradigm
	for _, phrase := range all {
		head, last := "", phrase
		if i := strings.LastIndexByte(phrase, ' '); i >= 0 {
			head, last = phrase[:i+1], phrase[i+1:]
		}
		p := slavic.Decline(last, l, class)
		for k := range p {
			for i := range p[k] {
				p[k][i] = head + p[k][i]
			}
		}
		out = append(out, p)
	}
	return out
}

// at returns the forms of all paradigms in the case k.
func at(all []slavic.Paradigm, k slavic.Case) []string {
	var out []string
	for _, p := range all {
		out = append(out, p[k]...)
	}
	return out
}
