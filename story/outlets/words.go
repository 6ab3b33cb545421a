package outlets

import (
	"cmp"
	_ "embed" // the table of words
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// A Word is a word of a text in which outlets are looked for.
type Word struct {
	Stem     string // see [Stem]
	Capital  bool   // it begins with a capital
	Capitals bool   // it is all in capitals
}

// Prefix returns the outlet with the longest name at the beginning of words,
// and how many words that name takes, 0 if there is none. What is no proper
// name there, for lack of capitals, is none, nor is a site that only carries
// what others publish. Common tells that the name is a
// common word or somebody else's name too: then it is for the sentence to tell
// whether an outlet is meant.
func (t *Table) Prefix(words []Word) (o news.Outlet, taken int, common bool) {
	if len(words) == 0 {
		return o, 0, false
	}
	n, taken := t.prefix(words)
	if taken == 0 && words[0].Stem == "the" {
		if n, taken = t.prefix(words[1:]); taken > 0 {
			taken++
		}
	}
	if taken == 0 {
		return o, 0, false
	}
	return t.outlet(n.outlet), taken, n.common
}

func (t *Table) prefix(words []Word) (n name, taken int) {
	if len(words) == 0 {
		return n, 0
	}
	for taken = min(t.longest[words[0].Stem], len(words)); taken > 0; taken-- {
		n, found := t.names[join(words[:taken])]
		if found && !t.outlets[n.outlet].carrier && n.isProper(words[:taken]) {
			return n, taken
		}
	}
	return n, 0
}

// isProper reports whether words, which spell n, are written as a name.
func (n name) isProper(words []Word) bool {
	if words[0].Stem == "the" && len(words) > 1 {
		words = words[1:]
	}
	if n.capital {
		return words[0].Capitals || words[0].Capital && len([]rune(words[0].Stem)) == 1
	}
	return words[0].Capital || !unicode.IsLetter([]rune(words[0].Stem)[0]) || lowercase[words[0].Stem]
}

//go:embed words.tsv
var wordTable string

// lowercase lists the stems of names that are written without a capital, endings
// those of Russian and Ukrainian nouns and adjectives, the longest first. They
// are never changed.
var lowercase, endings = func() (map[string]bool, []string) {
	lines := lexicon.Lines(wordTable)
	byLength := slices.SortedStableFunc(maps.Keys(lexicon.Set(lines, "ending")), func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	})
	return lexicon.Set(lines, "lowercase"), byLength
}()

func join(words []Word) string {
	if len(words) == 1 {
		return words[0].Stem
	}
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Stem)
	}
	return b.String()
}

// Key returns what names of an outlet that mean the same have in common: the
// stems of their words, with a blank between.
func Key(name string) string {
	words := text.Words(strings.TrimPrefix(name, commonMark))
	for i, w := range words {
		words[i] = Stem(w)
	}
	return strings.Join(words, " ")
}

// Stem returns a folded word without the ending that it has in one case of
// Russian or Ukrainian and not in another. It is rough, and alike for both
// languages. Words in other scripts are left as they are.
func Stem(folded string) string {
	if len(folded) < 8 || folded[0] != 0xd0 && folded[0] != 0xd1 && folded[0] != 0xd2 {
		return folded
	}
	for _, ending := range endings {
		const shortest = 6 // in bytes: three letters
		if stem, found := strings.CutSuffix(folded, ending); found && len(stem) >= shortest {
			return stem
		}
	}
	return folded
}

// isCapitals reports whether s is of two letters or more, all capitals.
func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			letters++
		}
	}
	return letters > 0 && len(s) > 1
}
