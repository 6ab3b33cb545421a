package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"github.com/coupwatch/coupwatch/notify"
)

// How wide a screen is for charts and lists if it is no terminal, and at least.
const (
	usualWidth = 100
	leastWidth = 60
)

// A screen is what people read an answer on. A line that is wider than a
// terminal is cut off or wrapped there; in a file or a pipe it is left whole,
// so that other programs find what they look for.
type screen struct {
	strings.Builder      // what is to be shown
	columns         int  // how wide it is
	terminal        bool // people see it at once
	colour          bool // it shows colours
}

// newScreen returns the screen for answers.
func (p *program) newScreen() *screen {
	s := &screen{columns: usualWidth, colour: p.coloured()}
	if columns := p.columns(); columns > 0 {
		s.columns, s.terminal = max(columns, leastWidth), true
	}
	return s
}

// columns returns how many columns the terminal for answers has; 0 if it is no
// terminal.
func (p *program) columns() int {
	if f, ok := p.out.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	return p.Columns
}

// mostRead is how wide a text for reading becomes at the most.
const mostRead = 120

// onScreen returns a style for texts on the terminal, as wide as that is.
func (p *program) onScreen(style notify.Style) notify.Style {
	style.Columns = min(p.columns(), mostRead)
	return style
}

// show writes to w what was put on the screen.
func (s *screen) show(w io.Writer) error {
	_, err := io.WriteString(w, s.String())
	return err
}

// line puts text on a line of its own, after indent blanks. What a terminal has
// no room for is cut off.
func (s *screen) line(indent int, text string) {
	if text = safe(text); s.terminal {
		text = fit(text, s.columns-indent)
	}
	s.WriteString(strings.Repeat(" ", indent) + text + "\n")
}

// heading puts a heading after an empty line.
func (s *screen) heading(text string) { s.WriteString("\n" + s.strong(text) + "\n") }

// wrapped puts text on as many lines as it takes on a terminal, after indent
// blanks.
func (s *screen) wrapped(indent int, text string) {
	if !s.terminal {
		s.line(indent, text)
		return
	}
	blank := strings.Repeat(" ", indent)
	line, used := "", 0
	for _, word := range strings.Fields(safe(text)) {
		n := columnsOf(word)
		switch {
		case used == 0:
			line, used = word, n
		case used+1+n <= s.columns-indent:
			line, used = line+" "+word, used+1+n
		default:
			s.WriteString(blank + line + "\n")
			line, used = word, n
		}
	}
	s.WriteString(blank + line + "\n")
}

// strong returns text as it is shown where it matters more than what stands
// around it.
func (s *screen) strong(text string) string {
	if !s.colour || text == "" {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// safe returns text on one line and without control characters, lest a feed
// plays with a terminal.
func safe(text string) string {
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

// columnsOf returns how many columns text takes on a terminal.
func columnsOf(text string) int {
	n := 0
	for _, r := range text {
		n += columnsOfRune(r)
	}
	return n
}

func columnsOfRune(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// fit returns as much of text, made safe, as fits into so many columns.
func fit(text string, columns int) string {
	text = safe(text)
	if columnsOf(text) <= columns {
		return text
	}
	used := 0
	for i, r := range text {
		if used += columnsOfRune(r); used > columns-1 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}
