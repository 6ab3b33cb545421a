// Package fit says how many columns text takes on a terminal, and makes it
// fit. An East Asian letter takes two columns; accents, and the escapes that
// colour text, take none. Terminals differ about emoji of several parts: this
// goes by the tables of wcwidth, as most of them do.
package fit

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Width returns how many columns text takes, which is one line.
func Width(text string) int { return ansi.StringWidthWc(text) }

// Cut returns as much of text as fits into n columns, with "…" for the rest.
func Cut(text string, n int) string {
	cut := ansi.TruncateWc(text, n, "…")
	if cut == text {
		return text
	}
	at := strings.LastIndex(cut, "…") // what follows are escapes
	return strings.TrimRight(cut[:at], " ") + cut[at:]
}

// Wrap breaks text at its blanks into lines of at most n columns. A longer word
// has a line to itself.
func Wrap(text string, n int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(text) {
		w := Width(word)
		switch {
		case used == 0:
			line, used = word, w
		case used+1+w <= n:
			line, used = line+" "+word, used+1+w
		default:
			lines = append(lines, line)
			line, used = word, w
		}
	}
	return append(lines, line)
}
