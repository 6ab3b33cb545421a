package vocabulary

import (
	"fmt"
	"math/rand/v2"
	"path"
	"slices"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/draft"
	"github.com/coupwatch/coupwatch/matcher/query"
	"github.com/coupwatch/coupwatch/text"
)

// The trie of patterns must agree with trying one pattern after another.
func TestGlobsAgreeWithOneByOne(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	draw := func(letters string, most int) string {
		b := make([]rune, 1+rnd.IntN(most))
		for i := range b {
			b[i] = []rune(letters)[rnd.IntN(len([]rune(letters)))]
		}
		return string(b)
	}
	hits := 0
	for range 200 {
		var g globs
		patterns := make([]string, 1+rnd.IntN(30))
		for i := range patterns {
			patterns[i] = draw("abд?*", 6)
			g.add(patterns[i], Atom(i+1))
		}
		for range 50 {
			word := draw("abд", 8)
			var want []Atom
			for i, p := range patterns {
				if ok, _ := path.Match(p, word); ok {
					want = append(want, Atom(i+1))
				}
			}
			got := g.appendTo(nil, word)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%q fits patterns %v of %q, want %v", word, got, patterns, want)
			}
			hits += len(want)
		}
	}
	if hits == 0 {
		t.Fatal("no cases")
	}
}

// A cache must answer as the vocabulary does, also after it has grown, and
// after it was told to forget.
func TestCacheAgreesWithVocabulary(t *testing.T) {
	v := New(0)
	for i := range 3_000 {
		form := []query.Form{query.Inflected, query.Exact, query.Prefix}[i%3]
		v.Atom(Ask{Word: draft.Word(7 * i), Form: form}, "")
		v.Atom(Ask{Word: draft.Word(7 * i), Form: query.Exact, Marks: text.Capital}, "")
	}
	c := NewCache(&v)
	check := func(from, to int) {
		t.Helper()
		for i := from; i < to; i++ {
			for _, s := range []*Stems{nil, v.stems["en"], v.stems["fr"]} {
				want := v.appendAtoms(nil, draft.Word(i), s)
				if got := c.Atoms(c.Find(text.KeyOf([]byte(draft.Word(i))), []byte(draft.Word(i)), s)); !slices.Equal(got, want) {
					t.Fatalf("atoms of %q are %v, want %v", draft.Word(i), got, want)
				}
			}
		}
	}
	check(0, 20_000)
	check(0, 20_000)
	c.taken = cachedWords
	c.Tidy()
	if c.taken != 0 {
		t.Errorf("%d words after tidying, want none", c.taken)
	}
	check(10_000, 15_000)
}

func TestVocabularySharesAtoms(t *testing.T) {
	v := New(0)
	a := v.Atom(Ask{Word: "coup", Form: query.Exact}, "")
	if b := v.Atom(Ask{Word: "coup", Form: query.Exact}, ""); a != b {
		t.Errorf("the same ask has atoms %d and %d", a, b)
	}
	others := map[Atom]string{a: "coup"}
	for _, what := range []Ask{{Word: "coup"}, {Word: "coup", Form: query.Exact, Marks: text.AllCaps}, {Word: "coup", Form: query.Prefix}} {
		b := v.Atom(what, "")
		if others[b] != "" {
			t.Errorf("%+v has the atom of %s", what, others[b])
		}
		others[b] = fmt.Sprint(what)
	}
	if got := v.appendAtoms(nil, "coup", nil); len(got) != len(others) {
		t.Errorf("coup satisfies atoms %v, want all of %v", got, others)
	}
	if got := v.appendAtoms(nil, "coups", v.stems["en"]); len(got) != 2 {
		t.Errorf("coups satisfies %d atoms, want 2: the stem and the prefix", len(got))
	}
}

// A word that only a list for one language has is no form of a word of another,
// unless somebody else asks for it everywhere.
func TestVocabularyFormsByLanguage(t *testing.T) {
	v := New(0)
	forms := func(language string) int { return len(v.appendAtoms(nil, "generalen", v.stems[language])) }
	v.Atom(Ask{Word: "general"}, "sv")
	v.Atom(Ask{Word: "soldat"}, "de")
	if got := [2]int{forms("sv"), forms("de")}; got != [2]int{1, 0} {
		t.Errorf("generalen is a form of %v words in Swedish and German, want 1 and 0", got)
	}
	v = New(0)
	a := v.Atom(Ask{Word: "general"}, "sv")
	if b := v.Atom(Ask{Word: "general"}, ""); a != b {
		t.Errorf("the same ask has atoms %d and %d", a, b)
	}
	if got := [2]int{forms("sv"), forms("de")}; got != [2]int{1, 1} {
		t.Errorf("generalen is a form of %v words in Swedish and German, want 1 and 1", got)
	}
}
