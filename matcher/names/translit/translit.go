// Package translit writes a name of one alphabet in another, in all the ways
// that a system or a press habit allows.
//
// A system is a table of letters with the letters that may stand for them. The
// tables are in this package; they are read once, on first use. Functions are
// safe for concurrent use.
package translit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Table says how the letters of one alphabet are written in another.
type Table struct {
	Name  string // "BGN/PCGN", "German press"
	rules map[rune][]rule
}

// A rule gives the ways to write some letters where their surroundings fit.
type rule struct {
	letters string
	before  rune // what precedes: '^' the beginning, '+' a vowel, a soft or hard sign or the beginning, '*' a vowel, '-' a consonant; 0 anything
	after   rune // what follows: '$' the end, '+' a vowel, '~' a front vowel, '-' a consonant or the end; 0 anything
	ways    []string
}

// parse reads a table: rules parted by spaces, such as "ж:zh|z" (the first way
// is the commonest), "^е:ye", "*с+:ss" and "ий$:y". Of the rules of several
// sources with the same left side the last holds.
func parse(name string, sources ...string) *Table {
	byLeft := map[string]rule{}
	for _, source := range sources {
		for field := range strings.FieldsSeq(source) {
			left, right, _ := strings.Cut(field, ":")
			r := rule{letters: left, ways: strings.Split(right, "|")}
			if c, size := utf8.DecodeRuneInString(r.letters); strings.ContainsRune("^+*-", c) {
				r.before, r.letters = c, r.letters[size:]
			}
			if c := r.letters[len(r.letters)-1]; strings.IndexByte("$+~-", c) >= 0 {
				r.after, r.letters = rune(c), r.letters[:len(r.letters)-1]
			}
			byLeft[left] = r
		}
	}
	t := &Table{Name: name, rules: map[rune][]rule{}}
	for _, r := range byLeft {
		first, _ := utf8.DecodeRuneInString(r.letters)
		t.rules[first] = append(t.rules[first], r)
	}
	for _, rs := range t.rules {
		slices.SortFunc(rs, func(a, b rule) int {
			return cmp.Or(cmp.Compare(b.weight(), a.weight()), cmp.Compare(a.letters, b.letters),
				cmp.Compare(a.before, b.before), cmp.Compare(a.after, b.after))
		})
	}
	return t
}

// weight orders rules: the more particular come first.
func (r rule) weight() int {
	w := 4 * utf8.RuneCountInString(r.letters)
	switch r.before {
	case 0:
	case '^':
		w += 2
	default:
		w++
	}
	if r.after != 0 {
		w++
	}
	return w
}

// Spell returns the ways to write word, at most limit of them, the commonest
// first. Each part of a hyphenated word begins with a capital if it did so in
// word; other capitals are lost.
func (t *Table) Spell(word string, limit int) []string {
	all := []spelling{{}}
	for i, part := range strings.Split(word, "-") {
		ways := t.part(part)
		if i > 0 {
			ways = slices.Insert(ways, 0, []string{"-"})
		}
		for j, choice := range ways {
			capital := startsUpper(part) && j == min(i, 1)
			all = extend(all, choice, capital, limit)
		}
	}
	out := make([]string, 0, len(all))
	for _, s := range all {
		if !slices.Contains(out, s.text) {
			out = append(out, s.text)
		}
	}
	return out
}

// A spelling is a word, or the beginning of one, and how far it is from the
// commonest way to write it.
type spelling struct {
	text string
	rank int
}

// extend appends each choice to each spelling and keeps the limit best.
func extend(all []spelling, choices []string, capital bool, limit int) []spelling {
	next := make([]spelling, 0, len(all)*len(choices))
	for _, s := range all {
		for rank, choice := range choices {
			if capital {
				choice = title(choice)
			}
			next = append(next, spelling{s.text + choice, s.rank + rank})
		}
	}
	slices.SortStableFunc(next, func(a, b spelling) int { return cmp.Compare(a.rank, b.rank) })
	return next[:min(len(next), limit)]
}

// part returns the choices for the letters of a word without hyphens, in order.
func (t *Table) part(word string) [][]string {
	word = strings.ToLower(word)
	var ways [][]string
	for i := 0; i < len(word); {
		r, ok := t.match(word, i)
		if !ok {
			c, size := utf8.DecodeRuneInString(word[i:])
			ways = append(ways, []string{string(c)})
			i += size
			continue
		}
		ways = append(ways, r.ways)
		i += len(r.letters)
	}
	return ways
}

// match returns the most particular rule that fits word at i.
func (t *Table) match(word string, i int) (rule, bool) {
	first, _ := utf8.DecodeRuneInString(word[i:])
	for _, r := range t.rules[first] {
		if strings.HasPrefix(word[i:], r.letters) && r.follows(word[:i]) && r.precedes(word[i+len(r.letters):]) {
			return r, true
		}
	}
	return rule{}, false
}

const (
	vowels = "аеёиоуыэюяіїєaeiouy"
	front  = "еёиіэєїei"
	signs  = "ьъ'’"
)

// follows reports whether the rule may stand after head.
func (r rule) follows(head string) bool {
	last, _ := utf8.DecodeLastRuneInString(head)
	switch r.before {
	case '^':
		return head == ""
	case '+':
		return head == "" || strings.ContainsRune(vowels+signs, last)
	case '*':
		return head != "" && strings.ContainsRune(vowels, last)
	case '-':
		return head != "" && !strings.ContainsRune(vowels+signs, last)
	}
	return true
}

// precedes reports whether the rule may stand before tail.
func (r rule) precedes(tail string) bool {
	next, _ := utf8.DecodeRuneInString(tail)
	switch r.after {
	case '$':
		return tail == ""
	case '+':
		return tail != "" && strings.ContainsRune(vowels, next)
	case '~':
		return tail != "" && strings.ContainsRune(front, next)
	case '-':
		return tail == "" || !strings.ContainsRune(vowels, next)
	}
	return true
}

// startsUpper reports whether s begins with a capital.
func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// title returns s with a capital at its beginning.
func title(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToTitle(r)) + s[size:]
}
