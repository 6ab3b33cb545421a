// Package say puts words to people who write rules: quotes, lists of names, and
// what they may have meant.
package say

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/spell"
)

// OneLine returns s without line breaks and with single spaces.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Quote returns s in quotes, not all of it if it is long.
func Quote(s string) string {
	const limit = 80
	if r := []rune(s); len(r) > limit {
		s = string(r[:limit]) + "…"
	}
	return fmt.Sprintf("%q", s)
}

// Suggest returns a hint that names the word of known that is nearest to got,
// or all of known if none is near and they are few, or "".
func Suggest(got string, known []string) string {
	if near := spell.Nearest(got, known); near != "" {
		return "did you mean " + Quote(near) + "?"
	}
	switch {
	case len(known) == 1:
		return "only " + known[0] + " is known"
	case len(known) > 1 && len(known) <= 12:
		return "known are " + Enumerate(known)
	default:
		return ""
	}
}

// Enumerate returns "a, b and c".
func Enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Marked returns names with sign before each, sorted, as they are written in
// queries.
func Marked(sign string, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = sign + name
	}
	slices.Sort(out)
	return out
}
