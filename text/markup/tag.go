package markup

import (
	"bytes"
	"strings"
)

// A tagReader finds the tags in a text that may be plain: "a < b & c" has none.
// Lest the search for the end of each of many open tags takes quadratic time,
// it knows where the last of each kind of end stands, -1 for none.
type tagReader struct {
	in                                []byte
	lines                             bool // a tag began a new line
	lastClose, lastDouble, lastSingle int
	lastEnd                           map[string]int // of comments, scripts and style sheets, as far as needed
}

func newTagReader(in []byte) tagReader {
	return tagReader{
		in:         in,
		lastClose:  bytes.LastIndexByte(in, '>'),
		lastDouble: bytes.LastIndexByte(in, '"'),
		lastSingle: bytes.LastIndexByte(in, '\''),
	}
}

// hasEnd reports whether end, in lower case, stands somewhere after i.
func (r *tagReader) hasEnd(i int, end string) bool {
	last, known := r.lastEnd[end]
	if !known {
		if r.lastEnd == nil {
			r.lastEnd = map[string]int{}
		}
		last = lastIndexFold(r.in, end)
		r.lastEnd[end] = last
	}
	return i <= last
}

// afterEnd returns where the text goes on after the next end, in lower case,
// that stands at i or later. There must be one.
func (r *tagReader) afterEnd(i int, end string) int {
	for {
		i += bytes.IndexByte(r.in[i:], end[0])
		if hasPrefixFold(r.in[i:], end) {
			return i + len(end)
		}
		i++
	}
}

func lastIndexFold(in []byte, s string) int {
	for i := len(in); ; {
		if i = bytes.LastIndexByte(in[:i], s[0]); i < 0 || hasPrefixFold(in[i:], s) {
			return i
		}
	}
}

func hasPrefixFold(in []byte, s string) bool {
	return len(in) >= len(s) && strings.EqualFold(string(in[:len(s)]), s)
}

// paragraph is what stands for the tags of an element that is a paragraph or
// more: an empty line.
const paragraph = '\u2029'

// read reads the tag that begins at i. It returns where it ends, 0 if there is
// none, and what stands for it: a paragraph, a line break, a blank, or 0 for
// nothing.
func (r *tagReader) read(i int) (end int, mark rune) {
	if end = r.declaration(i); end > 0 {
		return end, 0
	}
	name, closing, after := tagName(r.in, i+1)
	element := elementOf(name)
	if element == unknown {
		return 0, 0
	}
	if i >= r.lastClose {
		return r.cutOff(after, closing), 0
	}
	if end = r.tagEnd(after, closing || len(name) > 1); end == 0 {
		return 0, 0
	}
	switch {
	case element == block:
		r.lines = true
		return end, paragraph
	case element == line && !closing:
		r.lines = true
		return end, '\n'
	case element == cell:
		return end, ' '
	case (name == "script" || name == "style") && !closing && r.hasEnd(end, "</"+name):
		end = r.afterEnd(end, "</"+name)
		if more := bytes.IndexByte(r.in[end:], '>'); more >= 0 {
			return end + more + 1, 0
		}
		return len(r.in), 0
	}
	return end, 0
}

// cutOff returns the end of the text if it ends within the tag whose name ends
// at i, as does a text that was cut to a length, or else 0.
func (r *tagReader) cutOff(i int, closing bool) int {
	rest := r.in[i:]
	if bytes.IndexByte(rest, '<') < 0 && (closing && len(rest) == 0 || bytes.IndexByte(rest, '=') >= 0 && isSpace(rest[0])) {
		return len(r.in)
	}
	return 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// declaration returns where the comment, document type or processing
// instruction at i ends, or 0 if there is none. The contents of a CDATA
// section are kept.
func (r *tagReader) declaration(i int) int {
	rest := r.in[i+1:]
	switch {
	case bytes.HasPrefix(rest, []byte("!--")):
		if i += len("<!--"); r.hasEnd(i, "-->") {
			return r.afterEnd(i, "-->")
		}
		return i
	case bytes.HasPrefix(rest, []byte("![CDATA[")):
		return i + 1 + len("![CDATA[")
	case len(rest) > 1 && (rest[0] == '!' || rest[0] == '?') && isLetter(rest[1]):
		const longest = 500
		if end := bytes.IndexByte(rest[:min(len(rest), longest)], '>'); end >= 0 {
			return i + 1 + end + 1
		}
	}
	return 0
}

// tagName reads the name of a tag at i, after its "<", in lower case; "" if
// there is none.
func tagName(in []byte, i int) (name string, closing bool, after int) {
	if i < len(in) && in[i] == '/' {
		closing = true
		i++
	}
	const longest = 40
	after = i
	for after < len(in) && after-i < longest && isNameByte(in[after]) {
		after++
	}
	if after == i || !isLetter(in[i]) {
		return "", closing, i
	}
	return strings.ToLower(string(in[i:after])), closing, after
}

func isNameByte(c byte) bool {
	return isLetter(c) || c >= '0' && c <= '9' || c == '-' || c == ':' || c == '_'
}

// tagEnd returns where the tag ends whose name ends at i, or 0 if it is no
// tag. Attributes without a value are taken for such only if bare.
func (r *tagReader) tagEnd(i int, bare bool) int {
	if i < len(r.in) && !isSpace(r.in[i]) && r.in[i] != '/' && r.in[i] != '>' {
		return 0
	}
	valued := false
	for nothing := true; i < len(r.in); i++ {
		switch c := r.in[i]; c {
		case '>':
			if bare || valued || nothing {
				return i + 1
			}
			return 0
		case '<':
			return 0
		case '=':
			valued = true
			i = r.afterValue(i)
		default:
			nothing = nothing && (c == '/' || isSpace(c))
		}
	}
	return 0
}

// afterValue returns where the last byte of the quoted value stands whose "="
// is at i, or i if there is no quoted value.
func (r *tagReader) afterValue(i int) int {
	for j := i + 1; j < len(r.in); j++ {
		switch c := r.in[j]; {
		case c == ' ':
			continue
		case c == '"' && j < r.lastDouble, c == '\'' && j < r.lastSingle:
			end := j + 1 + bytes.IndexByte(r.in[j+1:], c)
			if end > r.lastClose {
				return i // else the tag would have no end
			}
			return end
		}
		break
	}
	return i
}

// An element is what the tags of an HTML element are to a plain text.
type element uint8

const (
	unknown element = iota
	inline          // nothing
	line            // the opening one begins a new line
	block           // both begin a new line
	cell            // a blank
)

// elementOf returns what the element called name is. A name with a hyphen or a
// colon is one that somebody made up.
func elementOf(name string) element {
	switch name {
	case "":
		return unknown
	case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table", "pre",
		"article", "section", "aside", "header", "footer", "nav", "main", "figure", "figcaption", "address",
		"form", "fieldset", "details", "summary", "hgroup", "menu", "body", "html", "head", "title",
		"center": //nolint:misspell // so the element is called
		return block
	case "br", "li", "tr", "dt", "dd", "hr", "caption", "option", "legend", "thead", "tbody", "tfoot":
		return line
	case "td", "th":
		return cell
	case "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "bdi", "bdo", "big", "button", "canvas", "cite",
		"code", "col", "colgroup", "data", "datalist", "del", "dfn", "dialog", "em", "embed", "font", "frame",
		"frameset", "g", "i", "iframe", "img", "input", "ins", "kbd", "label", "link", "map", "mark", "meta",
		"meter", "noscript", "object", "optgroup", "output", "param", "path", "picture", "progress", "q", "rp",
		"rt", "ruby", "s", "samp", "script", "select", "slot", "small", "source", "span", "strike", "strong",
		"style", "sub", "sup", "svg", "template", "textarea", "time", "track", "tt", "u", "use", "var", "video",
		"wbr", "xml", "rdf", "rss":
		return inline
	}
	if strings.ContainsAny(name, "-:") {
		return inline
	}
	return unknown
}
