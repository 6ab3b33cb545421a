// Package say shows texts of others within our own sentences.
package say

import (
	"strings"
	"unicode"
)

// Excerpt returns at most limit characters of text of others, on one line and
// without control characters.
func Excerpt(s string, limit int) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), unprintable), " ")
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "…"
	}
	return s
}

// unprintable tells whether r is a blank or shows as nothing and breaks lines
// or their direction.
func unprintable(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
		r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}
