package lexicon

import (
	"slices"
	"strings"
	"testing"
)

// tagged returns what the words of a text mean to a table, word by word: "-" for
// nothing, in brackets what goes on with a phrase.
func tagged(all Lexicons[string], language, text string) string {
	words := strings.Fields(text)
	marks := make([][]string, len(words))
	all.Of(language).Tag(len(words), func(i int) string { return words[i] }, func(i int, means string, inner bool) {
		if inner {
			means = "(" + means + ")"
		}
		marks[i] = append(marks[i], means)
	})
	var out []string
	for _, m := range marks {
		if len(m) == 0 {
			m = []string{"-"}
		}
		slices.Sort(m)
		out = append(out, strings.Join(slices.Compact(m), ","))
	}
	return strings.Join(out, " ")
}

// name is the meaning of a class that is called by its name.
func name(class string) string { return class }

// Signs and phrases mean what the comments of tables say.
func TestSigns(t *testing.T) {
	for _, tt := range []struct{ what, table, text, want string }{
		{"a word", "a\ten\ttea", "tea teas", "a -"},
		{"a stem", "a\ten\ttea*", "tea teas teapot te", "a a a -"},
		{"an ending", "a\ten\t*pot", "pot teapot pots", "a a -"},
		{"a part", "a\ten\t*pot*", "pot teapots spot po", "a a a -"},
		{"a phrase", "a\ten\tcup of tea", "cup of tea cup of", "a (a) (a) - -"},
		{"a phrase with a stem", "a\ten\tcup* of tea*", "cups of teas", "a (a) (a)"},
		{"a phrase that is broken", "a\ten\tcup of tea", "cup of the tea", "- - - -"},
		{"a phrase at the end", "a\ten\tcup of tea", "a cup of tea", "- a (a) (a)"},
		{"a phrase within another", "a\ten\tcup of tea\nb\ten\ttea", "cup of tea", "a (a) (a),b"},
		{"two phrases with one beginning", "a\ten\tcup of tea\nb\ten\tcup of mud", "cup of mud", "b (b) (b)"},
		{"two meanings of a word", "a\ten\ttea\nb\ten\ttea", "tea", "a,b"},
		{"a word and a stem", "a\ten\ttea\nb\ten\tte*", "tea ten", "a,b b"},
		{"capitals and accents", "a\tfr\tThé", "the", "a"},
		{"a hyphen is a blank", "a\ten\ttea-pot", "tea pot", "a (a)"},
		{"an apostrophe", "a\ten\tdon't", "don't", "a"},
		{"an elided article", "a\tfr\td'été", "d ete", "a (a)"},
		{"Cyrillic", "a\tru\tча*", "чай чаю час", "a a a"},
		{"Chinese is a phrase of characters", "a\tzh\t政变", "政 变", "a (a)"},
		{"a comment", "# tea\na\ten\tmud", "tea mud", "- a"},
		{"an empty line", "\na\ten\ttea\n\n", "tea", "a"},
		{"no line", "a tea", "tea", "-"},
	} {
		all := Read(tt.table+"\n", name)
		if all[""] == nil { // nothing was read
			if tt.want != "-" {
				t.Errorf("%s: nothing is read", tt.what)
			}
			continue
		}
		language := strings.Split(strings.TrimLeft(strings.TrimPrefix(tt.table, "# tea\n"), "\n"), "\t")[1]
		if got := tagged(all, language, tt.text); got != tt.want {
			t.Errorf("%s: %q is %s, want %s", tt.what, tt.text, got, tt.want)
		}
	}
}

// A language without words of its own has those of all, and one with words only
// its own.
func TestOf(t *testing.T) {
	all := Read("a\ten\ttea\na\tde\tTee\n", name)
	for _, tt := range []struct{ language, want string }{
		{"en", "a -"}, {"de", "- a"}, {"", "a a"}, {"fr", "a a"},
	} {
		if got := tagged(all, tt.language, "tea tee"); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.language, got, tt.want)
		}
	}
}

// Lines are read with their example, and Set has the words of a class.
func TestLines(t *testing.T) {
	lines := Lines("# c\na\ten\ttea,  coffee \tI drink tea.\nb\tde\tTee\nbroken\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	if l := lines[0]; l.Class != "a" || l.Language != "en" || !slices.Equal(l.Words, []string{"tea", "coffee"}) || l.Example != "I drink tea." {
		t.Errorf("the first line is %+v", l)
	}
	if lines[1].Example != "" {
		t.Errorf("the second line has the example %q", lines[1].Example)
	}
	for _, tt := range []struct {
		class     string
		languages []string
		want      int
	}{
		{"a", nil, 2}, {"a", []string{"en"}, 2}, {"a", []string{"de"}, 0}, {"b", []string{"en", "de"}, 1}, {"c", nil, 0},
	} {
		if got := Set(lines, tt.class, tt.languages...); len(got) != tt.want {
			t.Errorf("%s of %v: %v, want %d", tt.class, tt.languages, got, tt.want)
		}
	}
}
