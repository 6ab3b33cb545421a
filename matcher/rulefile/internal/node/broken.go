package node

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
)

// broken notes why the text is no YAML.
func (r *Reader) broken(err *yaml.LoadError) {
	mark := err.Mark
	// An open quote is told where it opens, and not at the end of the file.
	if mark.Line == 0 || strings.Contains(err.Message, "unexpected end of stream") && err.ContextMark.Line > 0 {
		mark = err.ContextMark
	}
	at := Spot{r.src, max(mark.Line, 1), max(mark.Column, 1)}
	if at.line > len(r.src.lines) { // after the last line
		at = r.src.place(len(r.src.text), 1)
	}
	if !strings.Contains(err.Message, "unexpected end of stream") && !r.tabbed(err, at) {
		if s, ok := r.src.slip(at); ok {
			r.book.AddAt(s.at, s.code, s.msg, s.hint)
			return
		}
	}
	what, msg, hint := r.plainly(err, at)
	r.book.AddAt(at, what, msg, hint)
}

// tabbed reports whether YAML stopped at a tab.
func (r *Reader) tabbed(err *yaml.LoadError, at Spot) bool {
	i := r.src.offset(at.line, at.col)
	before := strings.TrimRight(r.src.text[r.src.lines[at.line-1]:i], " ")
	return strings.Contains(err.Message, "tab") || strings.HasPrefix(r.src.text[i:], "\t") ||
		strings.Trim(before, " \t") == "" && strings.Contains(before, "\t")
}

// inQuotes is what to do about nearly all that YAML has against a query.
const inQuotes = `put the whole value in single quotes, as in match: '"two words" AND @leaders'`

// plainly returns what err, which is at the given place, means to people who
// do not know how YAML is read.
func (r *Reader) plainly(err *yaml.LoadError, at Spot) (what code.Code, msg, hint string) {
	i := r.src.offset(at.line, at.col)
	before := strings.TrimRight(r.src.text[r.src.lines[at.line-1]:i], " ")
	char, _ := utf8.DecodeRuneInString(r.src.text[i:])
	is := func(what string) bool { return strings.Contains(err.Message, what) }
	switch {
	case r.tabbed(err, at):
		return code.Tab, "a tab stands where spaces should", "indent with spaces"
	case is("cannot start any token"), is("alphabetic or numeric"), is("tag"):
		return code.ValueStart, fmt.Sprintf("a value cannot begin with %q", char), inQuotes
	case is("unknown anchor"):
		return code.ValueStart, "a value cannot begin with * unless it repeats a value that is marked with &", inQuotes
	case is("mapping values are not allowed"):
		return code.ColonInValue, "a colon and a space cannot stand within a value", inQuotes
	case is("expected key") && strings.HasSuffix(before, `"`), is("expected key") && strings.HasSuffix(before, "'"):
		return code.AfterValue, "the value ended with the quote, but there is more", inQuotes
	case is("expected key") && (strings.HasSuffix(before, "]") || strings.HasSuffix(before, "}")):
		return code.AfterValue, "the value ended with the bracket, but there is more", inQuotes
	case is("expected key"), is("'-' indicator"):
		return code.Misaligned, "this stands in line with none of the lines above it", `begin the keys of a mapping in the same column, and so the "- " of a list`
	case is("',' or"):
		return code.MissingComma, fmt.Sprintf("a comma is missing, or the end of what begins at %d:%d", err.ContextMark.Line, err.ContextMark.Column),
			"put text that has a comma, quotes, [ ] or { } in single quotes"
	case is("expected ':'"):
		return code.MissingColon, "a colon is missing after the key", `write "key: value"`
	case is("unexpected end of stream"):
		return code.OpenQuote, "this quote is never closed", "close it"
	case is("escape"), is("hexadecimal"):
		return code.Backslash, "the backslash means nothing here", "put the value in single quotes, in which a backslash is just that"
	case is("max depth"):
		return code.TooDeep, "the file is nested too deep", ""
	case is("sequence entries"):
		return code.ListStart, `a list cannot begin here`, `begin it on the next line, or put text that begins with "- " in quotes`
	case is("comment or line break"):
		return code.BesideBlock, "text stands beside | or >", "begin it on the next line, further to the right"
	default:
		return code.NotYAML, "this is no YAML: " + err.Message, ""
	}
}
