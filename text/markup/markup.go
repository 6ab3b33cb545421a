// Package markup takes entities and tags off a text and knows where in the source
// what is left of it stood. A text may be plain: "a < b & c" has neither.
package markup

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// A piece is a run of a text that was made from another and where it comes
// from in that. In a verbatim piece the bytes are the same; else the whole
// piece stands for the whole of its source, as "&" does for "&amp;".
type piece struct {
	made       int // where it begins in the text made
	start, end int // in the source
	verbatim   bool
}

// A Derivation is a text that was made from another. Its memory is used again.
type Derivation struct {
	Text   []byte
	pieces []piece
}

// Reset empties d and makes room for size bytes.
func (d *Derivation) Reset(size int) {
	d.Text, d.pieces = slices.Grow(d.Text[:0], size), d.pieces[:0]
}

// keep takes source[start:end] over as it is.
func (d *Derivation) keep(source []byte, start, end int) {
	if start == end {
		return
	}
	if n := len(d.pieces); n > 0 && d.pieces[n-1].verbatim && d.pieces[n-1].end == start {
		d.pieces[n-1].end = end
	} else {
		d.pieces = append(d.pieces, piece{len(d.Text), start, end, true})
	}
	d.Text = append(d.Text, source[start:end]...)
}

// replace puts char in the place of source[start:end].
func (d *Derivation) replace(start, end int, char rune) {
	d.pieces = append(d.pieces, piece{len(d.Text), start, end, false})
	d.Text = utf8.AppendRune(d.Text, char)
}

// IsEmpty reports whether nothing was made.
func (d *Derivation) IsEmpty() bool { return len(d.pieces) == 0 }

// A Cursor finds where places of a text made come from. They must ascend.
type Cursor struct {
	pieces []piece
	next   int
}

// Cursor returns a cursor at the beginning of the text, which must not be empty.
func (d *Derivation) Cursor() Cursor { return Cursor{pieces: d.pieces} }

// Span returns what Text[start:end] was made from, as places in the source.
func (c *Cursor) Span(start, end int) (from, to int) {
	first := c.at(start)
	last := c.at(end - 1)
	from, to = first.start, last.end
	if first.verbatim {
		from += start - first.made
	}
	if last.verbatim {
		to = last.start + end - last.made
	}
	return from, to
}

// at returns the piece in which a place is.
func (c *Cursor) at(place int) piece {
	for c.next+1 < len(c.pieces) && c.pieces[c.next+1].made <= place {
		c.next++
	}
	return c.pieces[c.next]
}

// Decode makes d of source by decoding its entities, and once more those that
// are the outcome: "&amp;quot;" is a quote.
func (d *Derivation) Decode(source []byte) {
	d.Reset(len(source))
	for i := 0; i < len(source); {
		next := bytes.IndexByte(source[i:], '&')
		if next < 0 {
			d.keep(source, i, len(source))
			return
		}
		next += i
		d.keep(source, i, next)
		char, size := entity(source[next:])
		if char == '&' {
			if again, more := entityName(source[next+size:]); more > 0 {
				char, size = again, size+more
			}
		}
		if i = next + max(size, 1); size > 0 {
			d.replace(next, i, char)
		} else {
			d.keep(source, next, i)
		}
	}
}

// entity decodes the entity that s begins with. It returns how long it is: 0
// if there is none.
func entity(s []byte) (char rune, size int) {
	if char, size = entityName(s[1:]); size > 0 {
		size++
	}
	return char, size
}

// maxEntity is the length of the longest name of a character, with its
// semicolon.
const maxEntity = 33

// entityName decodes the entity that s begins with after its "&".
func entityName(s []byte) (char rune, size int) {
	size = bytes.IndexByte(s[:min(len(s), maxEntity)], ';') + 1
	if size < 3 || bytes.ContainsAny(s[:size], "& <") || size == len("#x;") && bytes.EqualFold(s[:2], []byte("#x")) {
		return 0, 0
	}
	switch string(s[:size-1]) {
	case "amp":
		return '&', size
	case "quot":
		return '"', size
	case "lt":
		return '<', size
	case "gt":
		return '>', size
	case "nbsp":
		return '\u00a0', size
	}
	name := "&" + string(s[:size])
	decoded := html.UnescapeString(name)
	char, width := utf8.DecodeRuneInString(decoded)
	if decoded == name || width < len(decoded) && strings.HasSuffix(decoded, ";") {
		return 0, 0 // none, or one that ends before the semicolon
	}
	return char, size
}

// Untag makes d of source by leaving its tags out. Those that begin a new line
// become line breaks; scripts, style sheets and comments vanish. If any tag
// begins a new line, the line breaks of source are mere blanks, as they are to
// a browser.
func (d *Derivation) Untag(source []byte) {
	d.Reset(len(source))
	r := newTagReader(source)
	for i := 0; i < len(source); {
		next := bytes.IndexByte(source[i:], '<')
		if next < 0 {
			next = len(source)
		} else {
			next += i
		}
		d.keep(source, i, next)
		if i = next; i == len(source) {
			break
		}
		end, mark := r.read(i)
		switch {
		case end == 0:
			end = i + 1
			d.keep(source, i, end)
		case mark == paragraph:
			d.replace(i, end, '\n')
			d.replace(end, end, '\n')
		case mark != 0:
			d.replace(i, end, mark)
		}
		i = end
	}
	if r.lines {
		d.joinLines()
	}
}

// joinLines turns the line breaks that were taken over from the source into
// blanks.
func (d *Derivation) joinLines() {
	for _, p := range d.pieces {
		if !p.verbatim {
			continue
		}
		for i, run := p.made, d.Text[p.made:p.made+p.end-p.start]; len(run) > 0; i, run = i+1, run[1:] {
			if run[0] == '\n' || run[0] == '\r' {
				d.Text[i] = ' '
			}
		}
	}
}
