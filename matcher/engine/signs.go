package engine

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/coupwatch/coupwatch/matcher/query"
)

// onlySigns returns the signs of what stands between two words that count.
func onlySigns(between string) string {
	return strings.Map(func(r rune) rune {
		if query.IsSign(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(between))
}

// signsOf returns the number of the signs that a term asks for: before each of
// its words, and after the last. It is 0 if there are none.
func (c *compiler) signsOf(between []string) int32 {
	if !slices.ContainsFunc(between, func(s string) bool { return s != "" }) {
		return 0
	}
	for i, known := range c.signs {
		if slices.Equal(known, between) {
			return int32(i) + 1
		}
	}
	c.signs = append(c.signs, slices.Clone(between))
	return int32(len(c.signs))
}

// signed reports whether the words from first on have the signs of that number
// between them. Around the whole there may be more.
func (s *Evaluator) signed(f *field, first int, number int32) bool {
	if number == 0 {
		return true
	}
	between := s.signs[number-1]
	for i, want := range between {
		if want == "" {
			continue
		}
		got := onlySigns(f.text.Between(first + i))
		switch {
		case i == 0 && strings.HasSuffix(got, want), i == len(between)-1 && strings.HasPrefix(got, want):
		case got != want:
			return false
		}
	}
	return true
}
