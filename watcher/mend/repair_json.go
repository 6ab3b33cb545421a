package mend

import "strings"

// A jsonMender turns what was sent into JSON that a parser accepts: it drops
// commas that nothing or another follows, escapes control characters within strings and
// what is no escape, and ends a document that was cut off after its last whole
// item.
type jsonMender struct {
	out   []byte
	open  []byte // the brackets that are open
	whole int    // length of out after the last whole element of the list that is outermost
	list  []byte // and what was open there
	comma int    // where the last comma is in out if only blanks follow it, or -1
}

// deepest is how deep the brackets of a feed may lie within one another: what lies
// deeper is there to fill our memory.
const deepest = 1000

// RepairJSON returns data as JSON and whether it ended too early.
func RepairJSON(data []byte) (repaired []byte, cut bool) {
	m := jsonMender{comma: -1}
	for i := 0; i < len(data) && len(m.open) <= deepest; {
		if data[i] == '"' {
			i = m.text(data, i)
		} else {
			m.mark(data[i])
			i++
		}
		if len(m.open) == 0 && len(m.out) > 0 && (data[i-1] == '}' || data[i-1] == ']') {
			return m.out, false
		}
	}
	m.out = m.out[:m.whole]
	for i := len(m.list) - 1; i >= 0; i-- {
		m.out = append(m.out, closing(m.list[i]))
	}
	return m.out, true
}

// text takes over the string that begins at data[i] and returns where it ends.
func (m *jsonMender) text(data []byte, i int) (end int) {
	m.comma = -1
	m.out = append(m.out, '"')
	for i++; i < len(data); i++ {
		switch c := data[i]; {
		case c == '"':
			m.out = append(m.out, '"')
			return i + 1
		case c == '\\' && i+1 < len(data):
			i++
			if strings.IndexByte(`"\/bfnrtu`, data[i]) >= 0 {
				m.out = append(m.out, '\\')
			}
			m.out = append(m.out, max(data[i], ' '))
		case c < ' ':
			m.out = append(m.out, ' ')
		default:
			m.out = append(m.out, c)
		}
	}
	return i
}

// mark takes over a character outside a string.
func (m *jsonMender) mark(c byte) {
	switch c {
	case '{', '[':
		m.open = append(m.open, c)
	case '}', ']':
		if len(m.open) == 0 || closing(m.open[len(m.open)-1]) != c {
			return
		}
		if m.comma >= 0 {
			m.out = append(m.out[:m.comma], m.out[m.comma+1:]...)
		}
		m.open = m.open[:len(m.open)-1]
	}
	switch c {
	case ',':
		if m.comma >= 0 {
			return
		}
		m.comma = len(m.out)
	case ' ', '\t', '\r', '\n':
	default:
		m.comma = -1
	}
	m.out = append(m.out, c)
	if n := len(m.open); c == '}' && (n == 1 || n == 2) && m.open[n-1] == '[' {
		m.whole, m.list = len(m.out), append(m.list[:0], m.open...)
	}
}

// closing returns the bracket that closes an open one.
func closing(open byte) byte { return open + 2 }
