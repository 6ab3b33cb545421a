package terminal

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/text/fit"
)

// Safe returns text on one line and without control characters, lest a feed
// plays with a terminal.
func Safe(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			return -1
		}
		return r
	}, text)
}

// Shell returns text as one word of a command that people copy into a shell:
// as it is if that takes it so, else within single quotes.
func Shell(text string) string {
	if text != "" && strings.IndexFunc(text, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("@%+=:,./_-", r)
	}) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(Safe(text), "'", `'\''`) + "'"
}

// Fit returns as much of text, made safe, as fits into so many columns.
func Fit(text string, columns int) string { return fit.Cut(Safe(text), columns) }

// Cut shortens s to at most n runes.
func Cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// Listed joins the first of words, as many as have at most so many letters
// together, and says how many there are beside them.
func Listed(words []string, letters int) string {
	shown := 0
	for i, w := range words {
		if letters -= len([]rune(w)) + 2; letters < 0 && i > 0 {
			break
		}
		shown++
	}
	s := strings.Join(words[:shown], ", ")
	if more := len(words) - shown; more > 0 {
		s += fmt.Sprintf(" +%d", more)
	}
	return s
}

// Dash is s, or a dash for "".
func Dash(s string) string { return cmp.Or(s, "–") }
