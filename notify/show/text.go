package show

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text/fit"
)

// Texts are written for a page of this many columns unless the style knows a
// wider or a narrower one, with names on the left.
const (
	usualColumns = 78
	leastColumns = 50
	margin       = 8
)

// A sheet is what a text is written on.
type sheet struct {
	bytes.Buffer
	columns int
}

func (s Style) sheet() *sheet {
	return &sheet{columns: max(cmp.Or(s.Columns, usualColumns), leastColumns)}
}

// Text returns an alert or a digest as plain text: for a terminal, in colours
// if it can show ANSI escapes, or for the text part of a mail.
func (s Style) Text(a news.Alert, colour bool) []byte {
	b := s.sheet()
	switch {
	case a.Kind == news.Daily && a.Digest != nil:
		s.digestText(b, *a.Digest, ink(colour))
	case a.Kind == news.Late:
		s.lateText(b, a, colour)
	default:
		s.alertText(b, s.view(a), ink(colour))
	}
	return b.Bytes()
}

// alertText writes an alert as plain text.
func (s Style) alertText(b *sheet, v alertView, ink ink) {
	headText(b, v.Severity, dots(v.Label, v.Place), s.shortly(v.At), ink)
	if v.Kind == news.Notice {
		b.WriteString(v.Notice + "\n")
		return
	}
	for _, line := range fit.Wrap(v.Headline, b.columns) {
		b.WriteString(ink.in(bold, line) + "\n")
	}
	field(b, "now", v.Change)
	updatesText(b, v)
	field(b, "story", v.Story)
	field(b, "was", v.Was)
	field(b, "quote", quoted(v.Quote, v.By, ink))
	saysText(b, v.Says)
	field(b, "", sourcesText(v.Sources, v.More))
	field(b, "about", v.About)
	field(b, "rule", v.Why.String())
	field(b, "also", v.Why.Others)
	field(b, "reason", v.Reason)
	verbatim(b, "link", v.Link)
	verbatim(b, "page", v.Page)
}

// headText writes how grave and firm something is, and when it was: on the next
// line where there is no room.
func headText(b *sheet, severity news.Severity, text, when string, ink ink) {
	gap := "  "
	if fit.Width(text)+len(gap)+fit.Width(when) > b.columns {
		gap = "\n"
	}
	lines := fit.Wrap(strings.ToUpper(text), b.columns)
	for i, line := range lines {
		lines[i] = ink.in(ink.severity(severity), line)
	}
	fmt.Fprintf(b, "%s%s%s\n", strings.Join(lines, "\n"), gap, ink.in(faint, when))
}

// updatesText writes the developments that an alert tells.
func updatesText(b *sheet, v alertView) {
	for _, u := range v.Updates {
		field(b, "+", dots(strings.TrimSpace(u.When+" "+colon(u.Publisher, u.Headline)), u.Facts))
		verbatim(b, "", u.Link)
	}
	if v.Earlier > 0 {
		field(b, "", andMore(v.Earlier))
	}
}

// saysText writes who says so, and how many.
func saysText(b *sheet, v saysView) {
	if v.Chain == "" {
		field(b, "who", v.Facts)
		return
	}
	field(b, "who", v.Chain)
	field(b, "", v.Facts)
}

// sourcesText returns who tells a story and since when.
func sourcesText(all []sourceView, more int) string {
	parts := first(all, len(all), func(src sourceView) string { return strings.TrimSpace(src.Publisher + " " + src.When) })
	if more > 0 {
		parts = append(parts, "+"+number(more)+" more")
	}
	return dots(parts...)
}

// quoted returns a quote in quotation marks, with its marked words set off, and
// who says so.
func quoted(quote []piece, by string, ink ink) string {
	if len(quote) == 0 {
		return ""
	}
	var b strings.Builder
	for _, p := range quote {
		if p.Marked {
			b.WriteString(ink.marked(p.Text))
		} else {
			b.WriteString(p.Text)
		}
	}
	said := strings.TrimSpace(b.String())
	if !strings.HasPrefix(said, "“") && !strings.HasPrefix(said, "«") && !strings.HasPrefix(said, "„") {
		said = "“" + said + "”"
	}
	return said + prefixed(" — ", by)
}

// field writes a named text, wrapped and hanging; nothing for an empty one.
func field(b *sheet, name, text string) {
	if text == "" {
		return
	}
	for i, line := range fit.Wrap(text, b.columns-margin) {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(b, "%*s  %s\n", margin-2, name, line)
	}
}

// verbatim writes a named text that must not be broken, such as a link.
func verbatim(b *sheet, name, text string) {
	if text != "" {
		fmt.Fprintf(b, "%*s  %s\n", margin-2, name, text)
	}
}

// colon joins a and b by a colon, if both are there.
func colon(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ": " + b
}
