package mend

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A tag is a start tag.
type tag struct {
	name       string // as written, with its prefix
	text       []byte // the tag, as XML demands it
	length     int    // of the tag as it was sent
	closed     bool   // it is an element without content
	namespaces int    // declared by it
}

// readTag reads the start tag at the beginning of b, which begins with "<".
// It is not ok if there is none: a "<" in running text, "a <b" or
// "<someone@example.org>", or a tag without its end.
func readTag(b []byte) (t tag, ok bool) {
	n := nameLength(b[1:])
	if n == 0 || bytes.Count(b[1:1+n], []byte(":")) > 1 || b[n] == ':' {
		return tag{}, false
	}
	t.name = string(b[1 : 1+n])
	pos, wellFormed := 1+n, true
	var attributes [][]byte
	for {
		space := leading(b[pos:], " \t\r\n")
		pos += space
		switch rest := b[pos:]; {
		case len(rest) == 0 || rest[0] == '<':
			return tag{}, false
		case rest[0] == '>':
			t.finish(b[:pos+1], attributes, wellFormed)
			return t, true
		case bytes.HasPrefix(rest, []byte("/>")):
			t.closed = true
			t.finish(b[:pos+2], attributes, wellFormed)
			return t, true
		case space == 0 && len(attributes) == 0 && rest[0] != '/':
			return tag{}, false
		}
		a, length, well := readAttribute(b[pos:])
		if a != nil {
			attributes = append(attributes, a)
		}
		if bytes.HasPrefix(a, []byte("xmlns")) {
			t.namespaces++
		}
		wellFormed = wellFormed && well && space > 0
		pos += length
	}
}

// finish sets the text of the tag that was sent as raw. Elements that have no
// content in HTML are closed at once: people forget to.
func (t *tag) finish(raw []byte, attributes [][]byte, wellFormed bool) {
	t.length = len(raw)
	if !t.closed && isVoid(t.name) {
		t.closed, wellFormed = true, false
	}
	if wellFormed {
		t.text = raw
		return
	}
	t.text = append([]byte{'<'}, t.name...)
	for _, a := range attributes {
		t.text = append(append(t.text, ' '), a...)
	}
	if t.closed {
		t.text = append(t.text, '/')
	}
	t.text = append(t.text, '>')
}

// readAttribute reads the attribute at the beginning of b and returns it as
// XML demands it, nil if nothing can be made of it, its length in b, and
// whether it was sent as XML demands it.
func readAttribute(b []byte) (text []byte, length int, wellFormed bool) {
	n := nameLength(b)
	if n == 0 {
		_, size := utf8.DecodeRune(b)
		return nil, size, false
	}
	name := b[:n]
	equals := n + leading(b[n:], " \t\r\n")
	if equals >= len(b) || b[equals] != '=' {
		return nil, n, false
	}
	start := equals + 1
	start += leading(b[start:], " \t\r\n")
	if start < len(b) && (b[start] == '"' || b[start] == '\'') {
		end := bytes.IndexByte(b[start+1:], b[start])
		if end < 0 {
			return nil, start + 1, false
		}
		length = start + end + 2
		value := legalReferences(b[start:length])
		if bytes.Count(name, []byte(":")) > 1 || name[n-1] == ':' {
			return nil, length, false
		}
		if len(value) == length-start && bytes.IndexByte(value, '<') < 0 {
			return b[:length], length, true
		}
		value = bytes.ReplaceAll(value, []byte("<"), []byte("&lt;"))
		return slices.Concat(name, []byte("="), value), length, false
	}
	length = len(b)
	if i := bytes.IndexAny(b[start:], " \t\r\n<>"); i >= 0 {
		length = start + i
	}
	value := bytes.ReplaceAll(b[start:length], []byte(`"`), []byte("&quot;"))
	return slices.Concat(name, []byte(`="`), value, []byte(`"`)), length, false
}

// nameLength returns how many bytes at the beginning of b are an XML name.
func nameLength(b []byte) int {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_':
			i++
		case i > 0 && ('0' <= c && c <= '9' || c == '-' || c == '.' || c == ':'):
			i++
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(b[i:])
			if !unicode.IsLetter(r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return len(b)
}

// leading returns how many bytes at the beginning of b are in set.
func leading(b []byte, set string) int {
	n := 0
	for n < len(b) && strings.IndexByte(set, b[n]) >= 0 {
		n++
	}
	return n
}

// isVoid tells whether elements of that name have no content in HTML. "link"
// is not among them: in RSS it has.
func isVoid(name string) bool {
	switch strings.ToLower(name) {
	case "br", "hr", "img", "input", "meta", "wbr":
		return true
	}
	return false
}
