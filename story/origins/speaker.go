package origins

import (
	_ "embed" // the table
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/phonetic"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// named reports whether the speaker of a is somebody in particular: a person
// with a name, or a body such as a ministry.
func named(a news.Attribution) bool {
	words := strings.Fields(a.Speaker)
	if a.Hearsay || len(words) == 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(words[len(words)-1])
	return a.Entity != "" || unicode.IsUpper(first) ||
		slices.ContainsFunc(text.Words(a.Speaker), func(w string) bool { return bodies[w] != "" })
}

// people reports whether speaker are people, if without a name, and not just
// "unnamed".
func people(speaker string) bool { return len(strings.Fields(speaker)) > 1 }

// A spelling is a name as it is compared with others: its words in small Latin
// letters, without titles.
type spelling struct {
	words []part
	body  bool // it is that of an army, a ministry, a court
}

// A part is a word of a name, and its phonetic key.
type part struct{ word, key string }

// spell returns the spelling of name.
func spell(name string) spelling {
	var s spelling
	words := text.Words(name)
	for i, w := range words {
		if stem, american := strings.CutSuffix(w, "ense"); american {
			w = stem + "ence"
		}
		if body := bodies[w]; body != "" {
			s.body = true
			if !slices.Contains(s.words, part{body, body}) {
				s.words = append(s.words, part{body, body})
			}
			continue
		}
		if !titles[w] || i == len(words)-1 && len(s.words) == 0 {
			w = latin(w)
			s.words = append(s.words, part{w, phonetic.Key(w)})
		}
	}
	return s
}

// same reports whether a and b are names of one speaker: the same words in any
// order, script and case, or the same surname with first names that may be the
// same.
func same(a, b spelling) bool {
	x, y := a.words, b.words
	switch {
	case len(x) == 0 || len(y) == 0:
		return false
	case a.body || b.body:
		return within(x, y) || within(y, x)
	case len(x) == 1 && alike(x[0], y[0]), len(y) == 1 && alike(x[0], y[0]):
		return true // the given name alone, in one story
	case !alike(x[len(x)-1], y[len(y)-1]):
		return len(x) == len(y) && within(x, y)
	}
	for _, first := range x[:len(x)-1] {
		if len(y) > 1 && !slices.ContainsFunc(y[:len(y)-1], func(other part) bool { return compatible(first, other) }) {
			return false
		}
	}
	return true
}

// within reports whether each of a is in b.
func within(a, b []part) bool {
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y part) bool { return alike(x, y) }) {
			return false
		}
	}
	return true
}

// compatible reports whether two first names, or an initial and one, may be
// the same.
func compatible(a, b part) bool {
	if len(a.word) == 1 || len(b.word) == 1 {
		return a.key[0] == b.key[0]
	}
	return a.word == b.word || strings.HasPrefix(a.key, b.key) || strings.HasPrefix(b.key, a.key)
}

// alike reports whether two words are spellings of one name.
func alike(a, b part) bool {
	return a.word == b.word || a.key == b.key && len(a.key) >= phonetic.Shortest
}

// latin returns a folded word in Latin letters. The case endings of Russian
// and Ukrainian surnames are dropped.
func latin(word string) string {
	for _, e := range [...][2]string{
		{"ским", "ский"},
		{"ского", "ский"},
		{"скому", "ский"},
		{"ським", "ський"},
		{"ського", "ський"},
		{"ському", "ський"},
		{"иным", "ин"},
		{"овым", "ов"},
		{"евым", "ев"},
		{"иним", "ин"},
		{"овим", "ов"},
		{"евим", "ев"},
	} {
		if stem, found := strings.CutSuffix(word, e[0]); found && stem != "" {
			word = stem + e[1]
			break
		}
	}
	return phonetic.Latin(word)
}

//go:embed speaker.tsv
var table string

var lines = lexicon.Lines(table)

// titles are words before a name that are not of it. bodies are words for what
// speaks for itself, whoever writes of it: they have its name, marked.
var titles, bodies = func() (titles map[string]bool, bodies map[string]string) {
	titles, bodies = map[string]bool{}, map[string]string{}
	for _, l := range lines {
		for _, w := range l.Words {
			switch l.Class {
			case "office":
			case "title":
				titles[w] = true
			default:
				bodies[w] = "#" + l.Class
			}
		}
	}
	return titles, bodies
}()
