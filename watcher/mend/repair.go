// Package mend makes of the bytes that a server sent a document that parsers
// accept: it finds out the encoding, closes what was left open, escapes what only
// looks like markup, and lets go of half an item at the end. The parsers give up
// a whole feed for each of these.
package mend

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// The limits of what is taken for a feed. Real feeds stay far below both; the
// parser's memory grows with their product.
const (
	maxDepth      = 64  // elements inside one another
	maxNamespaces = 512 // declared by one element
)

var errTooDeep = errors.New("its elements are nested too deeply for a feed")

// XML is XML that the feed parsers accept.
type XML struct {
	Root  string   // local name of the root in lower case: "rss", "rdf" or "feed"; "" if it is no feed
	Text  []byte   // from the root on, each element closed
	Heads []string // the start tag of each item, in order
	Items []Span   // where each item is in Text
	Cut   bool     // it ended before its root did: the last item is gone if it was not whole
}

// A Span is a part of a text, from its first byte to the one after its last.
type Span struct{ Start, End int }

// Without returns m without the items for which omit returns true. It calls omit
// once for each, in their order.
func (m XML) Without(omit func(item int) bool) XML {
	rest := XML{Root: m.Root, Cut: m.Cut}
	from := 0
	for i, s := range m.Items {
		if !omit(i) {
			rest.Heads = append(rest.Heads, m.Heads[i])
			continue
		}
		rest.Text = append(rest.Text, m.Text[from:s.Start]...)
		from = s.End
	}
	rest.Text = append(rest.Text, m.Text[from:]...)
	return rest
}

// An xmlRepairer turns what was sent into well-formed XML in one pass: it drops
// comments, instructions, the DOCTYPE and stray end tags, closes what was left
// open, escapes what only looks like a tag, and lets go of a half item at the
// end. The parsers give up a whole feed for each of these.
type xmlRepairer struct {
	in    []byte
	rss   bool // it is RSS of any version
	pos   int  // of what was not looked at yet
	out   bytes.Buffer
	open  []string // names of the elements that are open
	item  int      // how many were open before the item that is, or -1
	whole int      // length of out at the start of that item
	heads []string
	items []Span
	deep  map[string]int // how many elements of an item were left out for their depth and are open, by name
	ends  int            // where a CDATA section ends next, len(in) if none does; to be looked up if before pos
}

// RepairXML returns text from its root on. It finds no root in what is no feed,
// and then returns the zero XML.
func RepairXML(text []byte) (XML, error) {
	start, root := findRoot(text)
	if root == "" {
		return XML{}, nil
	}
	m := &xmlRepairer{in: text, rss: root != "feed", pos: start, item: -1, ends: -1, deep: map[string]int{}}
	m.out.Grow(len(text) - start)
	for {
		done, err := m.step()
		if err != nil {
			return XML{}, err
		}
		if done {
			return XML{Root: root, Text: m.out.Bytes(), Heads: m.heads, Items: m.items}, nil
		}
		if m.pos >= len(m.in) {
			m.closeCut()
			return XML{Root: root, Text: m.out.Bytes(), Heads: m.heads, Items: m.items, Cut: true}, nil
		}
	}
}

// step deals with the text before the next markup, and with that. It is done
// when the root is closed. Where the markup has no end, it goes to the end.
func (m *xmlRepairer) step() (done bool, err error) {
	next := bytes.IndexByte(m.in[m.pos:], '<')
	if next < 0 {
		next = len(m.in) - m.pos
	}
	m.text(m.in[m.pos : m.pos+next])
	m.pos += next
	rest := m.in[m.pos:]
	switch {
	case len(rest) == 0:
		return false, nil
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		m.cdata()
	case bytes.HasPrefix(rest, []byte("<!--")):
		m.through("-->")
	case bytes.HasPrefix(rest, []byte("<!")), bytes.HasPrefix(rest, []byte("<?")):
		m.through(">")
	case bytes.HasPrefix(rest, []byte("</")):
		return m.endTag(), nil
	default:
		err = m.startTag()
	}
	return len(m.open) == 0, err
}

// through moves past the next end and returns what lies before and in it, or
// nil if there is none.
func (m *xmlRepairer) through(end string) []byte {
	rest := m.in[m.pos:]
	i := bytes.Index(rest, []byte(end))
	if i < 0 {
		m.pos = len(m.in)
		return nil
	}
	m.pos += i + len(end)
	return rest[:i+len(end)]
}

// text writes character data.
func (m *xmlRepairer) text(b []byte) {
	if bytes.Contains(b, []byte("]]>")) {
		b = bytes.ReplaceAll(b, []byte("]]>"), []byte("]]&gt;"))
	}
	m.out.Write(legalReferences(b))
}

// legalReferences returns b without references to characters that XML
// forbids, which are b's own bytes if there are none.
func legalReferences(b []byte) []byte {
	var out []byte
	from := 0
	for i := 0; ; {
		next := bytes.Index(b[i:], []byte("&#"))
		if next < 0 {
			break
		}
		i += next
		length := 1 + bytes.IndexByte(b[i:min(len(b), i+12)], ';')
		switch {
		case length == 0:
			out, from = append(append(out, b[from:i]...), "&amp;"...), i+1
		case !legalReference(string(b[i+2 : i+length-1])):
			out, from = append(out, b[from:i]...), i+length
		}
		i += max(length, 2)
	}
	if from == 0 {
		return b
	}
	return append(out, b[from:]...)
}

// legalReference tells whether digits, such as "171" or "xAB", are the number
// of a character that XML allows.
func legalReference(digits string) bool {
	base := 10
	if hex := strings.TrimLeft(digits, "xX"); hex != digits {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return err == nil && (n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n < 0xD800 || n > 0xDFFF && n < 0xFFFE || n > 0xFFFF && n <= 0x10FFFF)
}

// startTag deals with the "<" at pos, which should begin a start tag.
func (m *xmlRepairer) startTag() error {
	t, ok := readTag(m.in[m.pos:])
	if !ok {
		m.out.WriteString("&lt;")
		m.pos++
		return nil
	}
	if t.namespaces > maxNamespaces {
		return errors.New("it declares more namespaces than a feed could need")
	}
	if m.item >= 0 && t.name == m.open[m.item] && !m.inSource() {
		m.closeTo(m.item) // an item in an item: the first was never closed
	}
	m.closeImplied(t.name)
	if m.item >= 0 && len(m.open) >= maxDepth { // their text is read all the same
		if m.pos += t.length; !t.closed {
			m.deep[t.name]++
		}
		return nil
	}
	isItem := m.item < 0 && isItemName(t.name) && len(m.open) > 0 && len(m.open) < 4
	if isItem {
		m.whole = m.out.Len()
		m.heads = append(m.heads, string(t.text))
	}
	if len(m.open) == 0 {
		t.text = withAtomNamespace(t)
	}
	if name := m.shown(len(m.open), t.name); name != t.name {
		t.text = append([]byte("<"+name), t.text[1+len(t.name):]...)
	}
	m.out.Write(t.text)
	m.pos += t.length
	if t.closed {
		if isItem {
			m.items = append(m.items, Span{m.whole, m.out.Len()})
		}
		return nil
	}
	if isItem {
		m.item = len(m.open)
	}
	if m.open = append(m.open, t.name); len(m.open) > maxDepth {
		return errTooDeep
	}
	return nil
}

// endTag deals with the end tag at pos and tells whether it was that of the
// root. One that ends nothing is dropped.
func (m *xmlRepairer) endTag() (done bool) {
	tag := m.through(">")
	if tag == nil {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimSpace(string(tag[2:len(tag)-1])), " ")
	if m.deep[name] > 0 {
		m.deep[name]--
		return false
	}
	for i, open := range slices.Backward(m.open) {
		if strings.EqualFold(open, name) {
			m.closeTo(i)
			break
		}
	}
	return len(m.open) == 0
}

// closeTo closes all that is open from the i-th element on.
func (m *xmlRepairer) closeTo(i int) {
	for at, name := range slices.Backward(m.open) {
		if at < i {
			break
		}
		if m.out.WriteString("</" + m.shown(at, name) + ">"); at == m.item {
			m.items = append(m.items, Span{m.whole, m.out.Len()})
		}
	}
	m.open = m.open[:i]
	if m.item >= i {
		m.item = -1
		clear(m.deep)
	}
}

// PubDate is what the date of an RSS item is called in what was repaired. The
// parser tries a date as if it were written in each of a hundred and fifty ways,
// which for one that ends with "GMT" is the half of its work, and nobody asks
// for what it finds. An element that it does not know it takes as it is.
const PubDate = "text-of-pubDate"

// shown returns how the element of that name is called that is open within so
// many others.
func (m *xmlRepairer) shown(within int, name string) string {
	if m.rss && m.item >= 0 && within == m.item+1 && strings.EqualFold(name, "pubDate") {
		return PubDate
	}
	return name
}

// closeCut ends a document that was cut off, without its last item if that
// was not whole.
func (m *xmlRepairer) closeCut() {
	if m.item >= 0 {
		m.out.Truncate(m.whole)
		m.open, m.item = m.open[:m.item], -1
		m.heads = m.heads[:len(m.heads)-1]
	}
	m.closeTo(0)
}

// isItemName tells whether elements of that name are the items of a feed.
func isItemName(name string) bool {
	local := localName(name)
	return strings.EqualFold(local, "item") || strings.EqualFold(local, "entry")
}

// localName returns name without its prefix.
func localName(name string) string { return name[strings.IndexByte(name, ':')+1:] }
