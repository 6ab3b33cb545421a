package answers

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/explain"
)

// cases are the cases of a name in their order, as the last word of how a
// spelling was made.
var cases = []string{"nominative", "genitive", "dative", "accusative", "instrumental", "locative", "vocative"}

// makers are the ways in which a spelling is made that are shown before all
// others.
var makers = []string{"as written", "alias", "Russian", "Ukrainian", "Belarusian"}

// makerOf parts how a spelling was made into who makes it and the number of
// the case: "Russian genitive, initial" is Russian, 1.
func makerOf(how string) (maker string, number int) {
	maker, _ = strings.CutSuffix(how, ", initial")
	for i, c := range cases {
		if language, ok := strings.CutSuffix(maker, " "+c); ok {
			return language, i
		}
	}
	return maker, 0
}

// compareMakers orders how spellings were made for people to read.
func compareMakers(a, b string) int {
	makerA, caseA := makerOf(a)
	makerB, caseB := makerOf(b)
	rank := func(maker string) int {
		if i := slices.Index(makers, maker); i >= 0 {
			return i
		}
		return len(makers)
	}
	return cmp.Or(cmp.Compare(rank(makerA), rank(makerB)), cmp.Compare(makerA, makerB), cmp.Compare(caseA, caseB))
}

// A cutter parts full names into given name and surname. It knows surnames by
// those that stand alone and their beginnings, and given names by what stands
// beside a surname.
type cutter struct{ surnames, stems, givens map[string]bool }

func newCutter(forms []explain.Spelling) cutter {
	c := cutter{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, f := range forms {
		if f.Alone {
			c.surnames[f.Written] = true
			c.stems[stem(f.Written)] = true
		}
	}
	for _, f := range forms {
		if given, _, ok := c.split(f.Written); ok {
			c.givens[given] = true
		}
	}
	return c
}

// split parts a full name.
func (c cutter) split(name string) (given, surname string, ok bool) {
	words := strings.Fields(name)
	for _, isSurname := range []func(head, tail string) bool{
		func(_, tail string) bool { return c.surnames[tail] },
		func(head, _ string) bool { return c.givens[head] },
		func(_, tail string) bool { return c.stems[stem(tail)] },
	} {
		for i := 1; i < len(words); i++ {
			head, tail := strings.Join(words[:i], " "), strings.Join(words[i:], " ")
			switch {
			case isSurname(head, tail):
				return head, tail, true
			case isSurname(tail, head):
				return tail, head, true
			}
		}
	}
	return "", "", false
}

// stem returns the first letters of a surname, which no case changes.
func stem(surname string) string {
	letters := []rune(surname)
	return string(letters[:min(len(letters), 3)])
}
