package node

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// A source is the text of a file.
type source struct {
	name  string // as problems name it
	text  string
	lines []int // where each line of text begins
}

func newSource(name, text string) *source {
	s := &source{name: name, text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	return s
}

// at returns where n stands.
func (s *source) at(n *yaml.Node) Spot { return Spot{s, max(n.Line, 1), max(n.Column, 1)} }

// offset returns the byte of the text at which line and col are.
func (s *source) offset(line, col int) int {
	if line < 1 || line > len(s.lines) {
		return len(s.text)
	}
	i := s.lines[line-1]
	for ; col > 1 && i < len(s.text) && s.text[i] != '\n'; col-- {
		_, size := utf8.DecodeRuneInString(s.text[i:])
		i += size
	}
	return i
}

// place returns the line and column of the byte i at or after the line from.
func (s *source) place(i, from int) Spot {
	line := max(from, 1)
	for line < len(s.lines) && s.lines[line] <= i {
		line++
	}
	return Spot{s, line, 1 + utf8.RuneCountInString(s.text[s.lines[line-1]:i])}
}

// line returns the text of a line.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	line, _, _ := strings.Cut(s.text[s.lines[n-1]:], "\n")
	return strings.TrimRight(line, "\r")
}

// window returns the line that at is in, or as much of it around at as a
// screen shows, and where in it at is, in letters.
func (at Spot) window() (text string, caret int) {
	const before, width = 60, 100
	line := []rune(at.src.line(at.line))
	caret = min(at.col-1, len(line))
	start, prefix := 0, 0
	for start < caret && unicode.IsSpace(line[start]) {
		start++
	}
	if caret-start > before && len(line)-start > width {
		start, prefix = caret-before, 1
	}
	line, caret = line[start:], caret-start
	suffix := ""
	if len(line) > width {
		line, suffix = line[:width], "…"
	}
	return strings.Repeat("…", prefix) + string(line) + suffix, caret + prefix
}

// within returns where the byte offset of the value of the scalar n stands in
// the file.
//
// It follows the value and the text of the file side by side, letter by
// letter, and lets spaces and line breaks be: folding, indentation and line
// continuations change only these. What quotes and escapes change is undone.
func (s *source) within(n *yaml.Node, offset int) Spot {
	i := s.start(n)
	for at, r := range n.Value {
		if unicode.IsSpace(r) {
			continue
		}
		start, end := s.find(n.Style, i, r)
		switch {
		case start == end: // not what was thought: the place of the value will do
			return s.at(n)
		case at >= offset:
			return s.place(start, n.Line)
		}
		i = end
	}
	return s.place(i, n.Line)
}

// find returns where the letter r stands, at i or after spaces, or an empty
// place if another letter is there.
func (s *source) find(style yaml.Style, i int, r rune) (start, end int) {
	for i < len(s.text) {
		got, size := s.letter(style, i)
		if got == r {
			return i, i + size
		}
		if !unicode.IsSpace(got) {
			break
		}
		i += size
	}
	return i, i
}

// letter returns the letter at i, for which style may have an escape, and the
// bytes that it takes. A line that goes on after a backslash is a space.
func (s *source) letter(style yaml.Style, i int) (rune, int) {
	r, size := utf8.DecodeRuneInString(s.text[i:])
	rest := s.text[i+size:]
	switch {
	case style&yaml.SingleQuotedStyle != 0 && r == '\'' && strings.HasPrefix(rest, "'"):
		return r, 2
	case style&yaml.DoubleQuotedStyle == 0 || r != '\\' || rest == "":
		return r, size
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[rest[0]]
	if digits > 0 && len(rest) > digits {
		code, err := strconv.ParseUint(rest[1:1+digits], 16, 32)
		if err == nil {
			return rune(code), 2 + digits
		}
	}
	switch r, size := utf8.DecodeRuneInString(rest); r {
	case 'n', 't', 'r', 'v', 'f', 'N', '_', 'L', 'P', ' ', '\t', '\n':
		return ' ', 1 + size
	default: // of the other letters only these can be in a query: \" \\ \/
		return r, 1 + size
	}
}

// start returns the byte at which the value of n begins, after its anchor,
// tag and quote, or after the line of "|" or ">".
func (s *source) start(n *yaml.Node) int {
	i := s.offset(n.Line, n.Column)
	for i < len(s.text) && (s.text[i] == '&' || s.text[i] == '!') {
		i += strings.IndexFunc(s.text[i:]+" ", unicode.IsSpace)
		for i < len(s.text) && unicode.IsSpace(rune(s.text[i])) {
			i++
		}
	}
	switch {
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		i++
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		i += strings.IndexByte(s.text[min(i, len(s.text)):]+"\n", '\n') + 1
	}
	return min(i, len(s.text))
}
