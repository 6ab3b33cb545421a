package node

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/news"
)

// A Problem is one mistake in rules.yaml or a file that it includes.
type Problem struct {
	File   string    `json:"file"`
	Line   int       `json:"line"`           // from 1
	Col    int       `json:"column"`         // from 1, in letters
	Code   code.Code `json:"code"`           // what kind of mistake it is
	Msg    string    `json:"message"`        // what is wrong
	Hint   string    `json:"hint,omitempty"` // what to do about it, or ""
	More   string    `json:"also,omitempty"` // where else in the file the same is wrong, if in several places
	Source string    `json:"-"`              // the line, or the part of it around the mistake, if that is within a query
	Caret  int       `json:"-"`              // where in Source the mistake is, in letters from 0
}

// Error returns "file:line:col: message; hint". A mistake within a query is
// shown on two more lines: the query, and a caret under the place.
func (p Problem) Error() string {
	s := fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.Msg)
	if p.Hint != "" {
		s += "; " + p.Hint
	}
	if p.More != "" {
		s += " (and so at " + p.More + ")"
	}
	if p.Source != "" {
		s += "\n    " + p.Source + "\n    " + under(p.Source, p.Caret) + "^"
	}
	return s
}

// under returns what puts the next letter under the letter n of line on a
// screen.
func under(line string, n int) string {
	var b strings.Builder
	for i, r := range []rune(line) {
		switch {
		case i == n:
			return b.String()
		case r == '\t':
			b.WriteRune('\t')
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
			b.WriteString("  ") // these are two columns wide
		case !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// Problems are all the mistakes in rules.yaml and the files that it includes,
// by file, line and column. It is never empty.
type Problems []Problem

// Error returns the problems one per line; those within queries take three.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// maxProblems is how many problems are told at once. Whoever has more will
// see the rest when these are mended.
const maxProblems = 200

// A Spot is where in a file something stands. The zero value is nowhere, and has
// no text.
type Spot struct {
	src       *source
	line, col int
}

// String returns "file:line:col".
func (at Spot) String() string { return fmt.Sprintf("%s:%d:%d", at.src.name, at.line, at.col) }

// A Notebook collects problems.
type Notebook struct {
	problems Problems
	noted    map[Problem]bool // what is repeated by an alias is told once
}

// AddAt notes a problem at a place.
func (b *Notebook) AddAt(at Spot, code code.Code, msg, hint string) {
	b.note(Problem{File: at.src.name, Line: at.line, Col: at.col, Code: code, Msg: msg, Hint: hint})
}

// AddInQuery notes a problem within a query and shows the line.
func (b *Notebook) AddInQuery(at Spot, code code.Code, msg, hint string) {
	p := Problem{File: at.src.name, Line: at.line, Col: at.col, Code: code, Msg: msg, Hint: hint}
	p.Source, p.Caret = at.window()
	b.note(p)
}

func (b *Notebook) note(p Problem) {
	p.Msg, p.Hint = news.Redact(p.Msg), news.Redact(p.Hint)
	key := p
	if p.Source != "" { // one mistake is told for each place in a query
		key = Problem{File: p.File, Line: p.Line, Col: p.Col}
	}
	if b.Full() || b.noted[key] {
		return
	}
	if b.noted == nil {
		b.noted = map[Problem]bool{}
	}
	b.noted[key] = true
	b.problems = append(b.problems, p)
	if b.Full() {
		p = Problem{File: p.File, Line: p.Line, Col: p.Col, Code: code.MoreProblems, Msg: "there may be more problems", Hint: "mend these first"}
		b.problems = append(b.problems, p)
	}
}

// Full reports whether no more problems are taken, and looking for them is in
// vain.
func (b *Notebook) Full() bool { return len(b.problems) >= maxProblems }

// Err returns the problems by file, line and column, or nil if there are none.
func (b *Notebook) Err() error {
	if len(b.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(b.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	b.problems = b.problems.gathered()
	return b.problems
}

// manyAlike is how often one mistake is told place by place before it is told
// once, with all places.
const manyAlike = 2

// shownPlaces is how many places are listed with one mistake.
const shownPlaces = 8

// gathered returns the problems with those that are the same mistake of one
// file, made again and again, in one. They must be in order.
func (ps Problems) gathered() Problems {
	alike := map[Problem]Problems{}
	for _, p := range ps {
		alike[p.kind()] = append(alike[p.kind()], p)
	}
	out := ps[:0:0]
	for _, p := range ps {
		same := alike[p.kind()]
		switch {
		case len(same) <= manyAlike:
			out = append(out, p)
		case p == same[0]:
			p.More = listPlaces(same[1:])
			out = append(out, p)
		}
	}
	return out
}

// subject is what a message begins with that says where the mistake is.
var subject = regexp.MustCompile(`^[a-z]+ (?:"(?:[^"\\]|\\.)*"|[0-9]+): `)

// kind returns what p has in common with the same mistake made elsewhere.
func (p Problem) kind() Problem {
	return Problem{File: p.File, Code: p.Code, Msg: subject.ReplaceAllString(p.Msg, ""), Hint: p.Hint}
}

// listPlaces lists where problems are, and says how many there are in all.
func listPlaces(ps Problems) string {
	list := make([]string, 0, shownPlaces)
	for _, p := range ps[:min(len(ps), shownPlaces)] {
		list = append(list, fmt.Sprintf("%d:%d", p.Line, p.Col))
	}
	more := ""
	if len(ps) > shownPlaces {
		more = " …"
	}
	return fmt.Sprintf("%d more places: %s%s", len(ps), strings.Join(list, ", "), more)
}
