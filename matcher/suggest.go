package matcher

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/spell"
)

// suggest returns a hint that names the word of known that is nearest to got,
// or all of known if none is near and they are few, or "".
func suggest(got string, known []string) string {
	if near := spell.Nearest(got, known); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	switch {
	case len(known) == 1:
		return "only " + known[0] + " is known"
	case len(known) > 1 && len(known) <= 12:
		return "known are " + enumerate(known)
	default:
		return ""
	}
}

// Nearest returns the word of known that is most like got, "" if none is near.
func Nearest(got string, known []string) string { return spell.Nearest(got, known) }

// enumerate returns "a, b and c".
func enumerate(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// marked returns names with sign before each, sorted, as they are written in
// queries.
func marked(sign string, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = sign + name
	}
	slices.Sort(out)
	return out
}
