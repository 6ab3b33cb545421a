package phonetic_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/story/phonetic"
)

// All spellings of a name have one key, and names that differ have others.
func TestKey(t *testing.T) {
	seen := map[string]string{}
	for _, spellings := range [][]string{
		{"жуков", "zhukov", "shukov", "schukow"},
		{"харин", "kharin", "harin", "гарин", "garin"},
		{"щукин", "shchukin", "schukin", "shchukine"},
		{"шойгу", "shoigu", "schoigu", "shoygu"},
		{"марен", "maren", "marén"},
		{"ефимов", "efimov", "yefimov", "jefimow"},
	} {
		want := phonetic.Key(spellings[0])
		for _, s := range spellings[1:] {
			if got := phonetic.Key(s); got != want {
				t.Errorf("Key(%q) = %q, but of %q it is %q", s, got, spellings[0], want)
			}
		}
		if other := seen[want]; other != "" {
			t.Errorf("%q and %q share the key %q", spellings[0], other, want)
		}
		seen[want] = spellings[0]
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"", "'", "щ", "x", "o'hara", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if phonetic.Key(word) == "" {
			t.Errorf("%q has no key", word)
		}
	})
}
