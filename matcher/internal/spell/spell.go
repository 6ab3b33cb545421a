// Package spell guesses which word someone meant who mistyped one.
package spell

import (
	"strings"
	"unicode/utf8"
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
		if d := Distance(got, k); d < least {
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

// Distance returns the number of single-letter edits between a and b. A swap
// of neighbours is one edit, since that is how people mistype (the optimal
// string alignment distance); capitals count as the small letters they are.
func Distance(a, b string) int {
	x, y := lower(a), lower(b)
	// Three rows of the table are enough: the swap looks two rows back.
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		before, above, row = above, row, before
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(y)]
}

func lower(s string) []rune { return []rune(strings.ToLower(s)) }

func abs(n int) int { return max(n, -n) }
