package lexicon

import (
	"strings"
	"testing"
)

func TestTag(t *testing.T) {
	all := Read("# words of tea\ngood\ten\ttea, tea time, brew*, *pot\nbad\ten\ttea tax\ngood\tde\tTee\n", func(name string) string { return name })
	for _, tt := range []struct{ language, text, want string }{
		{"en", "no tea", "- good"},
		{"en", "tea time", "good,good (good)"},
		{"en", "tea tax", "good,bad (bad)"},
		{"en", "brewing teapot", "good good"},
		{"de", "tee tea", "good -"},
		{"fr", "tee tea", "good good"}, // of a language without words of its own, those of all
	} {
		words := strings.Fields(tt.text)
		marked := make([][]string, len(words))
		all.Of(tt.language).Tag(len(words), func(i int) string { return words[i] }, func(i int, means string, inner bool) {
			if inner {
				means = "(" + means + ")"
			}
			marked[i] = append(marked[i], means)
		})
		var got []string
		for _, m := range marked {
			if len(m) == 0 {
				m = []string{"-"}
			}
			got = append(got, strings.Join(m, ","))
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q is %v, want %s", tt.language, tt.text, got, tt.want)
		}
	}
}

// A text is looked up as what it looks like, as what it is said to be if there are
// words of that, and Russian and Ukrainian are hardly told apart.
func TestLikely(t *testing.T) {
	all := Read("a\ten\tbridge\tx\na\tru\tмост\tx\na\tuk\tміст\tx\n", name)
	tests := []struct{ seen, given, want string }{
		{"en", "", "en"},
		{"en", "en", "en"},
		{"en", "xx", "en"},
		{"en", "ru", "en ru"},
		{"ru", "", "ru uk"},
		{"ru", "uk", "ru uk"},
		{"uk", "ru", "uk ru"},
		{"uk", "en", "uk en ru"},
	}
	for _, tt := range tests {
		if got := strings.Join(all.Likely(tt.seen, tt.given), " "); got != tt.want {
			t.Errorf("seen %q, given %q: %q, want %q", tt.seen, tt.given, got, tt.want)
		}
	}
}
