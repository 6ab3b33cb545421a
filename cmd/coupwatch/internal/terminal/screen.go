// Package terminal is what people see of an answer: lines that fit, tables,
// charts and how far a job is.
package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/coupwatch/coupwatch/text/fit"
)

// How wide a screen is for charts and lists if it is no terminal, and at least.
const (
	usualWidth = 100
	leastWidth = 60
)

// A Screen is what people read an answer on. A line that is wider than a
// terminal is cut off or wrapped there; in a file or a pipe it is left whole,
// so that other programs find what they look for.
type Screen struct {
	strings.Builder      // what is to be shown
	Columns         int  // how wide it is
	Terminal        bool // people see it at once
	Colour          bool // it shows colours
}

// NewScreen returns a screen as wide as a terminal of so many columns, or for
// a file or a pipe if there are none.
func NewScreen(columns int, colour bool) *Screen {
	if columns > 0 {
		return &Screen{Columns: max(columns, leastWidth), Terminal: true, Colour: colour}
	}
	return &Screen{Columns: usualWidth, Colour: colour}
}

// Show writes to w what was put on the screen.
func (s *Screen) Show(w io.Writer) error {
	_, err := io.WriteString(w, s.String())
	return err
}

// Line puts text on a line of its own, after indent blanks. What a terminal has
// no room for is cut off.
func (s *Screen) Line(indent int, text string) {
	if text = Safe(text); s.Terminal {
		text = Fit(text, s.Columns-indent)
	}
	s.WriteString(strings.Repeat(" ", indent) + text + "\n")
}

// Heading puts a heading after an empty line.
func (s *Screen) Heading(text string) { s.WriteString("\n" + s.Strong(text) + "\n") }

// Wrapped puts text on as many lines as it takes on a terminal, after indent
// blanks.
func (s *Screen) Wrapped(indent int, text string) {
	if !s.Terminal {
		s.Line(indent, text)
		return
	}
	blank := strings.Repeat(" ", indent)
	for _, line := range fit.Wrap(Safe(text), s.Columns-indent) {
		s.WriteString(blank + line + "\n")
	}
}

// Labelled puts text behind a label on as many lines as it takes on a terminal.
// The label stands after indent blanks and is given width columns.
func (s *Screen) Labelled(indent int, label string, width int, text string) {
	lines := []string{Safe(text)}
	if s.Terminal {
		lines = fit.Wrap(lines[0], s.Columns-indent-width)
	}
	for _, line := range lines {
		fmt.Fprintf(s, "%*s%-*s%s\n", indent, "", width, label, line)
		label = ""
	}
}

// Strong returns text as it is shown where it matters more than what stands
// around it.
func (s *Screen) Strong(text string) string {
	if !s.Colour || text == "" {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// Columns returns how many columns the terminal has to which w writes; 0 if it
// is none.
func Columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			return max(columns, 0)
		}
	}
	return 0
}

// IsTerminal reports whether people see what is written to w.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
