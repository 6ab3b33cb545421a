package news

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Quote returns the passage of the report that says most about why it matched:
// at most limit bytes around the spans of its first match, from the summary or
// body if they are there, else from the title. Words are not cut.
func (r Report) Quote(limit int) Quote {
	if len(r.Matches) == 0 {
		return Quote{}
	}
	spans := r.Matches[0].Spans
	for _, f := range []Field{Summary, Body, Title} {
		var here []Span
		for _, s := range spans {
			if s.Field == f {
				here = append(here, s)
			}
		}
		if len(here) > 0 {
			return quote(r.Text(f), here, limit)
		}
	}
	return quote(r.Title, nil, limit)
}

// quote cuts a window of at most limit bytes around the first of spans out of
// text and marks the spans that lie in it.
func quote(text string, spans []Span, limit int) Quote {
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	from, to := 0, len(text)
	if len(text) > limit {
		first := 0
		if len(spans) > 0 {
			first = spans[0].Start
		}
		from = max(0, first-limit/3)
		to = min(len(text), from+limit)
		from, to = wordStart(text, from), wordEnd(text, to)
	}
	q := Quote{Text: text[from:to]}
	prefix := ""
	if from > 0 {
		prefix = "… "
	}
	end := 0
	for _, s := range spans {
		if m := (Mark{s.Start - from, s.End - from}); m.Start >= end && m.End <= len(q.Text) && m.Start < m.End {
			q.Marks = append(q.Marks, Mark{m.Start + len(prefix), m.End + len(prefix)})
			end = m.End
		}
	}
	q.Text = prefix + q.Text
	if to < len(text) {
		q.Text = strings.TrimRight(q.Text, " ") + " …"
	}
	return q
}

// wordStart returns the first start of a word in text at or after i, or the
// first rune boundary if there is none.
func wordStart(text string, i int) int {
	if i == 0 {
		return 0
	}
	if sp := strings.IndexAny(text[i:], " \n\t"); sp >= 0 && sp < 40 {
		return i + sp + 1
	}
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

// wordEnd returns the last end of a word in text at or before i, or the last
// rune boundary if there is none.
func wordEnd(text string, i int) int {
	if i == len(text) {
		return i
	}
	if sp := strings.LastIndexAny(text[:i], " \n\t"); sp >= 0 && i-sp < 40 {
		return sp
	}
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}
