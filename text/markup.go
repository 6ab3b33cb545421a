package text

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

// A derivation is a text that was made from another. Its memory is used again.
type derivation struct {
	text   []byte
	pieces []piece
}

// begin empties d and makes room for size bytes.
func (d *derivation) begin(size int) {
	d.text, d.pieces = slices.Grow(d.text[:0], size), d.pieces[:0]
}

// keep takes source[start:end] over as it is.
func (d *derivation) keep(source []byte, start, end int) {
	if start == end {
		return
	}
	if n := len(d.pieces); n > 0 && d.pieces[n-1].verbatim && d.pieces[n-1].end == start {
		d.pieces[n-1].end = end
	} else {
		d.pieces = append(d.pieces, piece{len(d.text), start, end, true})
	}
	d.text = append(d.text, source[start:end]...)
}

// replace puts char in the place of source[start:end].
func (d *derivation) replace(start, end int, char rune) {
	d.pieces = append(d.pieces, piece{len(d.text), start, end, false})
	d.text = utf8.AppendRune(d.text, char)
}

// restore turns the places of words, which ascend, into places in the source.
func (d *derivation) restore(words []word) {
	if len(d.pieces) == 0 {
		return
	}
	k := 0
	at := func(place int) piece {
		for k+1 < len(d.pieces) && d.pieces[k+1].made <= place {
			k++
		}
		return d.pieces[k]
	}
	for i := range words {
		w := &words[i]
		first := at(int(w.start))
		last := at(int(w.end) - 1)
		start, end := first.start, last.end
		if first.verbatim {
			start += int(w.start) - first.made
		}
		if last.verbatim {
			end = last.start + int(w.end) - last.made
		}
		w.start, w.end = int32(start), int32(end)
	}
}

// decode makes d of source by decoding its entities, and once more those that
// are the outcome: "&amp;quot;" is a quote.
func (d *derivation) decode(source []byte) {
	d.begin(len(source))
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
	if size < 3 || bytes.ContainsAny(s[:size], "& <") {
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

// untag makes d of source by leaving its tags out. Those that begin a new line
// become line breaks; scripts, style sheets and comments vanish. If any tag
// begins a new line, the line breaks of source are mere blanks, as they are to
// a browser.
func (d *derivation) untag(source []byte) {
	d.begin(len(source))
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
func (d *derivation) joinLines() {
	for _, p := range d.pieces {
		if !p.verbatim {
			continue
		}
		for i, run := p.made, d.text[p.made:p.made+p.end-p.start]; len(run) > 0; i, run = i+1, run[1:] {
			if run[0] == '\n' || run[0] == '\r' {
				d.text[i] = ' '
			}
		}
	}
}
