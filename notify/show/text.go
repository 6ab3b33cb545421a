package show

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// Texts are written for a page of this many columns, with names on the left.
const (
	columns = 78
	margin  = 8
)

// Text returns an alert or a digest as plain text: for a terminal, in colours
// if it can show ANSI escapes, or for the text part of a mail.
func (s Style) Text(a news.Alert, colour bool) []byte {
	var b bytes.Buffer
	if a.Kind == news.Daily && a.Digest != nil {
		s.digestText(&b, *a.Digest, ink(colour))
	} else {
		s.alertText(&b, s.view(a), ink(colour))
	}
	return b.Bytes()
}

// alertText writes an alert as plain text.
func (s Style) alertText(b *bytes.Buffer, v alertView, ink ink) {
	head := ink.in(ink.severity(v.Severity), strings.ToUpper(v.Label))
	fmt.Fprintf(b, "%s  %s\n", head, ink.in(faint, s.shortly(v.At)))
	if v.Kind == news.Notice {
		b.WriteString(v.Notice + "\n")
		return
	}
	for _, line := range wrap(v.Headline, columns) {
		b.WriteString(ink.in(bold, line) + "\n")
	}
	field(b, "story", v.Story)
	for _, w := range v.Why {
		field(b, "why", colon(w.Rule, w.Why))
	}
	field(b, "who", v.Facts)
	field(b, "", v.sources())
	field(b, "quote", quoted(v.Quote, ink))
	field(b, "reason", v.Reason)
	verbatim(b, "link", v.Link)
	verbatim(b, "page", v.Page)
}

// sources returns who tells the story and since when.
func (v alertView) sources() string {
	var parts []string
	for _, src := range v.Sources {
		parts = append(parts, strings.TrimSpace(src.Publisher+" "+src.When))
	}
	if v.More > 0 {
		parts = append(parts, fmt.Sprintf("+%d more", v.More))
	}
	return dots(parts...)
}

// quoted returns a quote in quotation marks, with its marked words set off.
func quoted(quote []piece, ink ink) string {
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
	return "“" + strings.TrimSpace(b.String()) + "”"
}

// digestText writes a digest as plain text.
func (s Style) digestText(b *bytes.Buffer, d news.Digest, ink ink) {
	v := s.digest(d, maxStories)
	fmt.Fprintf(b, "%s\n%s\n", ink.in(bold, "DAILY DIGEST  "+v.Day), ink.in(faint, v.Period))
	fmt.Fprintf(b, "%s\n", dots(v.Summary, v.Feeds))
	for _, g := range v.Groups {
		fmt.Fprintf(b, "\n%s\n", ink.in(ink.severity(g.Severity), fmt.Sprintf("%s (%s)", strings.ToUpper(g.Title), number(g.Count))))
		for _, st := range g.Stories {
			b.WriteByte('\n')
			for _, line := range wrap(st.Headline, columns) {
				b.WriteString(ink.in(bold, line) + "\n")
			}
			field(b, "who", dots(st.Facts, st.Publishers))
			field(b, "rules", st.Rules)
			field(b, "when", st.When)
			verbatim(b, "link", st.Link)
		}
	}
	if v.More > 0 {
		fmt.Fprintf(b, "\n… (+%s more)\n", number(v.More))
	}
	if len(v.Sick) > 0 {
		fmt.Fprintf(b, "\n%s\n\n", ink.in(bold, fmt.Sprintf("SICK FEEDS (%d)", len(v.Sick)+v.Poorly)))
		for _, f := range v.Sick {
			fmt.Fprintf(b, "%s\n", dots(f.Name, f.Since))
			field(b, "", f.Problem)
		}
		if v.Poorly > 0 {
			fmt.Fprintf(b, "… (+%d more)\n", v.Poorly)
		}
	}
}

// field writes a named text, wrapped and hanging; nothing for an empty one.
func field(b *bytes.Buffer, name, text string) {
	if text == "" {
		return
	}
	for i, line := range wrap(text, columns-margin) {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(b, "%*s  %s\n", margin-2, name, line)
	}
}

// verbatim writes a named text that must not be broken, such as a link.
func verbatim(b *bytes.Buffer, name, text string) {
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

// wrap breaks text at spaces into lines of at most so many columns; a longer
// word has a line to itself.
func wrap(text string, columns int) []string {
	var lines []string
	line, length := "", 0
	for _, word := range strings.Fields(text) {
		n := width(word)
		if length > 0 && length+1+n > columns {
			lines, line, length = append(lines, line), "", 0
		}
		if length > 0 {
			line += " "
			length++
		}
		line, length = line+word, length+n
	}
	return append(lines, line)
}
