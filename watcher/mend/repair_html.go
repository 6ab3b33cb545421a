package mend

import (
	"bytes"
	"strings"
)

// closeImplied closes what the start of an element of an item closes in HTML,
// where people leave out the end tags of paragraphs, list items and cells.
func (m *xmlRepairer) closeImplied(name string) {
	if m.item < 0 {
		return
	}
	closes, within := implied(strings.ToLower(localName(name)))
	for i := len(m.open) - 1; i > m.item; i-- {
		switch open := strings.ToLower(localName(m.open[i])); {
		case strings.Contains(closes, " "+open+" "):
			m.closeTo(i)
			return
		case strings.Contains(within, " "+open+" "):
			return
		}
	}
}

// implied returns the elements that one of that name closes where they are
// open, and those beyond which it closes none.
func implied(name string) (closes, within string) {
	switch name {
	case "p":
		return " p ", " div td th li blockquote "
	case "li":
		return " li ", " ul ol menu "
	case "dt", "dd":
		return " dt dd ", " dl "
	case "td", "th":
		return " td th ", " tr table "
	case "tr":
		return " tr ", " table "
	case "option":
		return " option ", " select "
	}
	return "", ""
}

// inSource tells whether what is open within the item is the source that an
// entry was taken from, which describes another feed.
func (m *xmlRepairer) inSource() bool {
	for _, name := range m.open[m.item:] {
		if strings.EqualFold(localName(name), "source") {
			return true
		}
	}
	return false
}

var cdataStart, cdataEnd = []byte("<![CDATA["), []byte("]]>")

// cdata writes the CDATA section at pos. One without its end, which would
// swallow what follows up to the end of another, ends with the element that it
// stands in.
func (m *xmlRepairer) cdata() {
	from := m.pos + len(cdataStart)
	if m.ends < from {
		m.ends = len(m.in)
		if i := bytes.Index(m.in[from:], cdataEnd); i >= 0 {
			m.ends = from + i
		}
	}
	text, ended := m.in[from:m.ends], m.ends < len(m.in)
	other := bytes.Index(text, cdataStart)
	if !ended || other >= 0 {
		if own := m.ownEnd(text); own >= 0 && (other < 0 || own < other) {
			m.writeCDATA(bytes.TrimRight(text[:own], "]> \t\r\n"))
			m.pos = from + own
			return
		}
	}
	if !ended {
		m.pos = len(m.in)
		return
	}
	m.writeCDATA(text)
	m.pos = m.ends + len(cdataEnd)
}

func (m *xmlRepairer) writeCDATA(text []byte) {
	m.out.Write(cdataStart)
	m.out.Write(text)
	m.out.Write(cdataEnd)
}

// ownEnd returns where in text the end tag of the innermost element is, or -1.
func (m *xmlRepairer) ownEnd(text []byte) int {
	return bytes.Index(text, []byte("</"+m.open[len(m.open)-1]+">"))
}
