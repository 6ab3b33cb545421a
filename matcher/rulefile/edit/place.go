package edit

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/news"
)

// place returns where feeds are to be inserted, and as what.
func (d *document) place(feeds []news.Feed) (at int, insert string, err error) {
	list := d.list
	switch {
	case d.key == nil && d.root.Style&yaml.FlowStyle != 0:
		return 0, "", byHand("it is written in braces, and has no feeds")
	case d.key == nil:
		return len(d.text), d.ending(len(d.text)) + d.newline() + "feeds:" + d.newline() + d.lined(feeds, "  ", nil), nil
	case list.Kind == yaml.ScalarNode && list.Tag == "!!null" && list.Value == "" && d.root.Style&yaml.FlowStyle == 0:
		at = d.lineStart(d.key.Line + 1)
		return at, d.ending(at) + d.lined(feeds, strings.Repeat(" ", d.key.Column+1), nil), nil
	case list.Kind != yaml.SequenceNode:
		return 0, "", byHand("its feeds are no list")
	case list.Style&yaml.FlowStyle != 0:
		return d.placeInBrackets(feeds)
	}
	last := list.Content[len(list.Content)-1]
	dash, err := d.dash(last)
	if err != nil {
		return 0, "", err
	}
	_, end, err := d.extent(len(list.Content) - 1)
	if err != nil {
		return 0, "", err
	}
	return end, d.ending(end) + d.lined(feeds, d.text[d.startOfLine(dash):dash], last), nil
}

// placeInBrackets is place for a list that is written in brackets.
func (d *document) placeInBrackets(feeds []news.Feed) (at int, insert string, err error) {
	for _, f := range feeds {
		insert += ", " + inBraces(f, nil)
	}
	if len(d.list.Content) == 0 {
		at = d.offset(d.list)
		if at >= len(d.text) || d.text[at] != '[' {
			return 0, "", byHand("its list of feeds has an anchor or a tag")
		}
		return at + 1, strings.TrimPrefix(insert, ", "), nil
	}
	last := d.list.Content[len(d.list.Content)-1]
	start := d.offset(last)
	if at, err = d.closing(start); err != nil {
		return 0, "", err
	}
	if indent := d.text[d.startOfLine(start):start]; strings.TrimSpace(indent) == "" {
		insert = strings.ReplaceAll(insert, ", {", ","+d.newline()+indent+"{")
	}
	return at, insert, nil
}

// extent returns from where to where the i-th entry stands, with what parts it
// from the next: whole lines, unless the list is written in brackets.
func (d *document) extent(i int) (start, end int, err error) {
	n := d.list.Content[i]
	if d.list.Style&yaml.FlowStyle != 0 {
		return d.extentInBrackets(n)
	}
	dash, err := d.dash(n)
	if err != nil {
		return 0, 0, err
	}
	start = d.startOfLine(dash)
	if strings.TrimSpace(d.text[start:dash]) != "" {
		return 0, 0, byHand("a feed does not begin on a line of its own")
	}
	next := len(d.lines) + 1
	if i+1 < len(d.list.Content) {
		dash, err := d.dash(d.list.Content[i+1])
		if err != nil {
			return 0, 0, err
		}
		next = d.lineOf(dash)
	} else {
		for k := 0; k < len(d.root.Content); k += 2 {
			if line := d.root.Content[k].Line; line > n.Line {
				next = min(next, line)
			}
		}
	}
	for next > n.Line+1 && d.isApart(next-1) {
		next-- // comments and blank lines are of what follows
	}
	return start, d.lineStart(next), nil
}

// extentInBrackets returns from where to where n stands in a list in brackets,
// with one comma.
func (d *document) extentInBrackets(n *yaml.Node) (start, end int, err error) {
	start = d.offset(n)
	if end, err = d.closing(start); err != nil {
		return 0, 0, err
	}
	const blanks = " \t\r\n"
	before := strings.TrimRight(d.text[:start], blanks)
	after := strings.TrimLeft(d.text[end:], blanks)
	comma := strings.HasPrefix(after, ",")
	next := strings.TrimLeft(strings.TrimPrefix(after, ","), blanks)
	switch {
	case comma && strings.HasPrefix(next, "]"): // the last, on a line of its own
		return len(before), len(d.text) - len(after) + 1, nil
	case comma:
		return start, len(d.text) - len(next), nil
	}
	return len(strings.TrimSuffix(before, ",")), end, nil
}

// dash returns where the dash is after which n stands.
func (d *document) dash(n *yaml.Node) (int, error) {
	before := strings.TrimRight(d.text[:d.offset(n)], " \t\r\n")
	if !strings.HasSuffix(before, "-") {
		return 0, byHand("between a dash and its feed stands something else")
	}
	return len(before) - 1, nil
}

// closing returns where what is written in braces or brackets at start ends.
func (d *document) closing(start int) (int, error) {
	depth, quote := 0, byte(0)
	for i := start; i < len(d.text); i++ {
		c := d.text[i]
		switch {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && strings.IndexByte(" \t\n\r[{,:", d.text[i-1]) >= 0:
			quote = c
		case c == '#' && strings.IndexByte(" \t\n", d.text[i-1]) >= 0:
			i += strings.IndexByte(d.text[i:]+"\n", '\n')
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		}
		if depth == 0 {
			break
		}
	}
	return 0, byHand("a feed of a list in brackets is not in braces")
}

// isApart reports whether a line is blank or has a comment only.
func (d *document) isApart(line int) bool {
	text := strings.TrimSpace(d.text[d.lineStart(line):d.lineStart(line+1)])
	return text == "" || strings.HasPrefix(text, "#")
}

// offset returns where n begins, in bytes.
func (d *document) offset(n *yaml.Node) int {
	i := d.lineStart(n.Line)
	for col := n.Column; col > 1 && i < len(d.text); col-- {
		_, size := utf8.DecodeRuneInString(d.text[i:])
		i += size
	}
	return i
}

// lineStart returns where a line begins, which may be the one behind the last.
func (d *document) lineStart(line int) int {
	if line > len(d.lines) {
		return len(d.text)
	}
	return d.lines[max(line, 1)-1]
}

func (d *document) startOfLine(at int) int { return strings.LastIndexByte(d.text[:at], '\n') + 1 }

func (d *document) lineOf(at int) int { return strings.Count(d.text[:at], "\n") + 1 }

// ending returns what ends the line before at, if it is not ended.
func (d *document) ending(at int) string {
	if at == 0 || d.text[at-1] == '\n' {
		return ""
	}
	return d.newline()
}

// newline returns how the text ends its lines.
func (d *document) newline() string {
	if strings.Contains(d.text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}
