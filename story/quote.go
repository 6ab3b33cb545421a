package story

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/gist"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// quoteLimit is how many bytes of a report are quoted at the most.
const quoteLimit = 400

// quote returns the sentence of f that says most about why people hear of it:
// of a step, the one that carries it, be it the title; else the first that holds what the
// gravest rule found; and where only the title does, the first sentence below
// that tells of the same, or else the one that the title heads. It is empty if
// there is none: people see the title.
func (f reportFeatures) quote(step bool, says []news.Attribution) news.Quote {
	below := f.below()
	var best passage
	switch {
	case step && slices.ContainsFunc(below, func(p passage) bool { return p.holds(f.firm.Sentence) }):
		best = below[slices.IndexFunc(below, func(p passage) bool { return p.holds(f.firm.Sentence) })]
	case step && !slices.ContainsFunc(below, f.isMatched):
		best = f.headed()
	default:
		best = f.told(below)
	}
	if best.text == "" {
		return news.Quote{}
	}
	var spans []news.Span
	if len(f.Report.Matches) > 0 {
		for _, s := range f.Report.Matches[0].Spans {
			if best.has(s) {
				s.Start, s.End = s.Start-best.start, s.End-best.start
				spans = append(spans, s)
			}
		}
	}
	q := cut(best.text, spans, quoteLimit)
	q.By = best.speaker(says)
	return q
}

// A passage is a sentence of a text of a report.
type passage struct {
	field news.Field
	start int // where it begins in the text
	text  string
}

func (p passage) has(s news.Span) bool {
	return s.Field == p.field && s.Start >= p.start && s.End <= p.start+len(p.text)
}

// holds reports whether p is, or has in it, the sentence s.
func (p passage) holds(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), "…")
	return s != "" && strings.Contains(p.text, strings.TrimSpace(s))
}

// speaker returns who says p, as far as p does not name him itself; "" if
// nobody else does.
func (p passage) speaker(says []news.Attribution) string {
	for _, a := range says {
		if a.Speaker == "" || a.Span.Field != p.field || a.Span.Start >= p.start+len(p.text) || a.Span.End <= p.start {
			continue
		}
		words := strings.Fields(a.Speaker)
		if !strings.Contains(strings.ToLower(p.text), strings.ToLower(words[len(words)-1])) {
			return a.Speaker
		}
	}
	return ""
}

// below returns the sentences of f below its title, but for those that are the
// title again.
func (f reportFeatures) below() []passage {
	var all []passage
	for _, field := range []news.Field{news.Summary, news.Body} {
		for _, p := range passages(f.Report, field) {
			if gist.CommonWords(f.Gist.Title, strings.Join(text.Words(p.text), " ")) < sameWords {
				all = append(all, p)
			}
		}
	}
	return all
}

// headed returns the title if it is the sentence of the step.
func (f reportFeatures) headed() passage {
	for _, p := range passages(f.Report, news.Title) {
		if p.holds(f.firm.Sentence) {
			return p
		}
	}
	return passage{}
}

// isMatched reports whether p holds what the gravest rule found.
func (f reportFeatures) isMatched(p passage) bool {
	return len(f.Report.Matches) > 0 && slices.ContainsFunc(f.Report.Matches[0].Spans, p.has)
}

// sameWords is the share of common words from which a sentence is the title
// again.
const sameWords = 0.8

// told returns the first of below that holds what the gravest rule found; or
// that has in it a word that rules found in the title, or two others of the
// title; or the first.
func (f reportFeatures) told(below []passage) passage {
	if i := slices.IndexFunc(below, f.isMatched); i >= 0 {
		return below[i]
	}
	title := stemsOf(f.Report.Title, f.Report.Language)
	for _, p := range below {
		common := 0
		for stem := range stemsOf(p.text, f.Report.Language) {
			switch {
			case title[stem] && f.Watched[stem]:
				common += 2
			case title[stem]:
				common++
			}
		}
		if common >= 2 {
			return p
		}
	}
	if len(below) > 0 && len(text.Words(below[0].text)) >= fewest {
		return below[0]
	}
	return passage{}
}

// fewest is how many words the sentence below a title has at least; fewer are
// a place, a byline or the like.
const fewest = 4

// stemsOf returns the stems of the words of s that say something.
func stemsOf(s, language string) map[string]bool {
	var doc text.Text
	doc.Set(s, language)
	stems := map[string]bool{}
	for i := range doc.Len() {
		if word := string(doc.Word(i)); !gist.IsEmpty(doc.Lang(), word) && utf8.RuneCountInString(word) > 1 {
			stems[inflect.Stem(doc.Lang(), word)] = true
		}
	}
	return stems
}

// passages returns the sentences of the field f of r, without boilerplate.
func passages(r news.Report, f news.Field) []passage {
	all := r.Text(f)
	var doc text.Text
	doc.Set(all, r.Language)
	var out []passage
	for i := 0; i < doc.Len(); {
		j := i
		for j < doc.Len() && doc.Sentence(j) == doc.Sentence(i) {
			j++
		}
		start, _ := doc.Span(i)
		end := len(all)
		if j < doc.Len() {
			end, _ = doc.Span(j)
		}
		start, end = opened(all, start), closed(all, start, end)
		if doc.Flags(i)&text.Boilerplate == 0 {
			out = append(out, passage{f, start, all[start:end]})
		}
		i = j
	}
	return out
}

// opened returns where the sentence whose first word starts at start begins:
// at the quotation marks and brackets before it.
func opened(all string, start int) int {
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(all[:start])
		if !isOpening(r) {
			break
		}
		start -= size
	}
	return start
}

// closed returns where a sentence ends whose next begins, with its first word,
// at end.
func closed(all string, start, end int) int {
	s := strings.TrimRightFunc(all[start:end], unicode.IsSpace)
	if space := strings.LastIndexFunc(s, unicode.IsSpace); space >= 0 && strings.TrimFunc(s[space:], func(r rune) bool { return unicode.IsSpace(r) || isOpening(r) }) == "" {
		s = strings.TrimRightFunc(s[:space], unicode.IsSpace) // what opens the next one
	}
	return start + len(s)
}

func isOpening(r rune) bool { return strings.ContainsRune(`"'“„«‘‚([—–`, r) }

// cut cuts a window of at most limit bytes around the first of spans out of
// s and marks the spans that lie in it. Words are not cut.
func cut(s string, spans []news.Span, limit int) news.Quote {
	slices.SortFunc(spans, func(a, b news.Span) int { return a.Start - b.Start })
	from, to := 0, len(s)
	if len(s) > limit {
		first := 0
		if len(spans) > 0 {
			first = spans[0].Start
		}
		from = max(0, first-limit/3)
		to = min(len(s), from+limit)
		from, to = wordStart(s, from), wordEnd(s, to)
	}
	q := news.Quote{Text: s[from:to]}
	prefix := ""
	if from > 0 {
		prefix = "… "
	}
	end := 0
	for _, x := range spans {
		if m := (news.Mark{Start: x.Start - from, End: x.End - from}); m.Start >= end && m.End <= len(q.Text) && m.Start < m.End {
			q.Marks = append(q.Marks, news.Mark{Start: m.Start + len(prefix), End: m.End + len(prefix)})
			end = m.End
		}
	}
	q.Text = prefix + q.Text
	if to < len(s) {
		q.Text = strings.TrimRight(q.Text, " ") + " …"
	}
	return q
}

// wordStart returns the first start of a word in s at or after i, or the first
// rune boundary if there is none.
func wordStart(s string, i int) int {
	if i == 0 {
		return 0
	}
	if sp := strings.IndexAny(s[i:], " \n\t"); sp >= 0 && sp < 40 {
		return i + sp + 1
	}
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

// wordEnd returns the last end of a word in s at or before i, or the last rune
// boundary if there is none.
func wordEnd(s string, i int) int {
	if i == len(s) {
		return i
	}
	if sp := strings.LastIndexAny(s[:i], " \n\t"); sp >= 0 && i-sp < 40 {
		return sp
	}
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
