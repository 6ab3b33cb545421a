package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// An Error is one mistake in a query.
type Error struct {
	Pos, End int // where it is, in bytes of the query
	Code     code.Code
	Msg      string // what is wrong
	Hint     string // what to write instead, or ""
}

// Error returns "message; hint".
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Msg
	}
	return e.Msg + "; " + e.Hint
}

// Errors are the mistakes in a query, in the order of its text. It is never
// empty.
type Errors []*Error

// Error returns the mistakes one per line.
func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets [errors.As] find the first mistake.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// maxErrors is how many mistakes of one query are told: who has made more
// will not read them.
const maxErrors = 20

// A complaint collects mistakes.
type complaint struct {
	errs   Errors
	closed bool // no more are taken
}

// add notes a mistake between the bytes pos and end.
func (c *complaint) add(pos, end int, code code.Code, msg, hint string) {
	if len(c.errs) < maxErrors && !c.closed {
		c.errs = append(c.errs, &Error{Pos: pos, End: end, Code: code, Msg: msg, Hint: hint})
	}
}

// err returns the mistakes in the order of the text, or nil if there are none.
func (c *complaint) err() error {
	if len(c.errs) == 0 {
		return nil
	}
	slices.SortStableFunc(c.errs, func(a, b *Error) int { return cmp.Compare(a.Pos, b.Pos) })
	return c.errs
}

// shown returns text as a hint can show it: on one line, and not all of it if
// it is long.
func shown(text string) string {
	const limit = 60
	cut := func(n int) {
		for n > 0 && text[n]&0xC0 == 0x80 { // not within a letter
			n--
		}
		text = text[:n]
	}
	if len(text) > 10*limit {
		cut(10 * limit)
	}
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= limit {
		return text
	}
	cut(limit)
	return text + "…"
}

// quoted returns text in quotes, as a message shows it.
func quoted(text string) string { return fmt.Sprintf("%q", shown(text)) }
