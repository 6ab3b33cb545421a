package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
)

// How much of a text stands around what was found in it, in bytes.
const (
	leadIn      = 90
	mostPassage = 420
)

// Quoted returns the title of an item and a passage of the text below it, with what
// was found, which is in the order of the text, marked.
func Quoted(it news.Item, spans []news.Span) (title, passage Marked) {
	title = Marked{Text: it.Title, Marks: marks(spans, news.Title, 0, len(it.Title))}
	field, at := news.Summary, 0
	if it.Summary == "" {
		field = news.Body
	}
	for _, s := range spans {
		if s.Field != news.Title {
			field, at = s.Field, s.Start
			break
		}
	}
	text := it.Text(field)
	from, to := around(text, at)
	passage = Marked{Text: text[from:to], Marks: marks(spans, field, from, to)}
	if from > 0 {
		const dots = "… "
		passage.Text = dots + passage.Text
		for i := range passage.Marks {
			passage.Marks[i].Start += len(dots)
			passage.Marks[i].End += len(dots)
		}
	}
	if to < len(text) {
		passage.Text += " …"
	}
	return title, passage
}

// around returns which bytes of a text to show around one, cut between words.
func around(text string, at int) (from, to int) {
	at = min(max(at, 0), len(text))
	if from = at - leadIn; from <= 0 {
		from = 0
	} else if i := strings.IndexFunc(text[start(text, from):at], unicode.IsSpace); i >= 0 {
		from = start(text, from) + i + 1
		from += len(text[from:]) - len(strings.TrimLeftFunc(text[from:], unicode.IsSpace))
	}
	from = start(text, min(from, at))
	if to = from + mostPassage; to >= len(text) {
		return from, len(text)
	}
	to = start(text, to)
	if i := strings.LastIndexFunc(text[at:to], unicode.IsSpace); i > 0 {
		to = at + i
	}
	return from, to
}

// start returns the first byte of the letter that the byte i is of.
func start(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// marks returns the marks of what was found of a field between two bytes.
func marks(spans []news.Span, field news.Field, from, to int) (all []Mark) {
	for _, s := range spans {
		if s.Field != field || s.Start < from || s.End > to || s.End <= s.Start {
			continue
		}
		if n := len(all); n > 0 && s.Start-from <= all[n-1].End {
			all[n-1].End = max(all[n-1].End, s.End-from)
			continue
		}
		all = append(all, Mark{Start: s.Start - from, End: s.End - from})
	}
	return all
}
