package text

import "strings"

// Quoted reports whether a text goes on within quotation marks after gap, what
// stands between two words or before the first, which was inside such marks or
// not.
func Quoted(inside, first bool, gap string) bool {
	gap = strings.TrimPrefix(strings.TrimPrefix(gap, "'s"), "’s")
	for i, r := range gap {
		switch r {
		case '“': // closes a German „
			inside = !inside
		case '«', '„', '‘':
			inside = true
		case '”', '»', '’':
			inside = false
		case '"', '\'':
			before := i > 0 && gap[i-1] == ' ' || i == 0 && first
			after := i+1 < len(gap)
			if before != after {
				inside = before
			}
		}
	}
	return inside
}
