// Package spell guesses which word someone meant who mistyped one.
package spell

import (
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// longest is the length, in letters, of the longest words compared. The work
// grows with the square of it, and a longer word is no slip of the finger.
const longest = 64

// Nearest returns the word of known that got is most likely a slip for: the
// one that takes the fewest single-letter edits, the first of several. It
// returns "" if none is near: two edits at most, and fewer for short words.
func Nearest(got string, known []string) string {
	best, least := "", allowed(got)+1
	for _, k := range known {
		if k == got || abs(utf8.RuneCountInString(k)-utf8.RuneCountInString(got)) >= least {
			continue
		}
		if d := distance(got, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// allowed returns how many edits a slip in word may take.
func allowed(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n > longest:
		return 0
	case n < 3:
		return 1
	default:
		return 2
	}
}

// distance returns the number of single-letter edits between a and b. A swap
// of neighbours is one edit, since that is how people mistype (the optimal
// string alignment distance); capitals count as the small letters they are.
func distance(a, b string) int {
	return edlib.OSADamerauLevenshteinDistance(strings.ToLower(a), strings.ToLower(b))
}

func abs(n int) int { return max(n, -n) }
