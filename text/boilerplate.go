package text

import (
	"bytes"
	"unicode/utf8"
)

// A row is a line of the text that has words.
type row struct {
	from, to   int // its words
	start, end int // in the text without markup
}

func (r row) words() int { return r.to - r.from }

// markBoilerplate flags the words that are not of the report itself. In a text
// of several lines these are the lines that are for the page: teasers,
// credits, bylines, dates, requests to subscribe, and what follows a heading
// such as "Related stories". In any text they are sentences such as "Read
// more: …", though never the first.
func (t *Text) markBoilerplate() {
	if !t.lines {
		if t.sentences > 0 {
			t.markSentences(row{from: t.afterFirstSentence(), to: len(t.words), end: len(t.clean)})
		}
		return
	}
	rows := t.splitRows()
	for i, r := range rows {
		switch {
		case t.isBoilerplate(rows, i):
			t.flag(r.from, r.to)
		default:
			t.markSentences(r)
		}
	}
	t.markSections(rows)
}

func (t *Text) flag(from, to int) {
	for i := from; i < to; i++ {
		t.words[i].flags |= Boilerplate
	}
}

// splitRows returns the lines of the text that have words.
func (t *Text) splitRows() []row {
	t.rows = t.rows[:0]
	start, word := 0, 0
	for start < len(t.clean) {
		end := len(t.clean)
		if n := bytes.IndexByte(t.clean[start:], '\n'); n >= 0 {
			end = start + n
		}
		r := row{from: word, start: start, end: end}
		for word < len(t.words) && int(t.words[word].start) < end {
			word++
		}
		if r.to = word; r.to > r.from {
			t.rows = append(t.rows, r)
		}
		start = end + 1
	}
	return t.rows
}

// isBoilerplate reports whether the line rows[i] is for the page.
func (t *Text) isBoilerplate(rows []row, i int) bool {
	r := rows[i]
	const longest = 45 // a line for the page is no paragraph
	if r.words() > longest {
		return false
	}
	return t.notice(r) != noNotice || t.hasAppeal(r) || t.isByline(r) || t.isDate(r) ||
		t.isCopyright(r) || t.isCaption(rows, i)
}

// hasAppeal reports whether any sentence of the line asks for support: then
// those around it lead up to that.
func (t *Text) hasAppeal(r row) bool {
	for i := r.from; i < r.to; i++ {
		if i == r.from || t.words[i].sentence != t.words[i-1].sentence {
			if n, _ := t.noticeAt(i, r); n == appeal {
				return true
			}
		}
	}
	return false
}

// isByline reports whether the line is "By" and names.
func (t *Text) isByline(r row) bool {
	if r.words() < 3 || r.words() > 7 || string(t.Word(r.from)) != "by" || t.isEnded(r) {
		return false
	}
	for i := r.from; i < r.to; i++ {
		switch {
		case t.words[i].flags&Number != 0:
			return false
		case t.words[i].flags&Capital == 0 && string(t.Word(i)) != "and":
			return false
		}
	}
	return true
}

// isEnded reports whether the line ends as a sentence does.
func (t *Text) isEnded(r row) bool {
	line := bytes.TrimRight(t.clean[r.start:r.end], " \t\r\"'”’»)")
	last, _ := utf8.DecodeLastRune(line)
	switch last {
	case '.', '!', '?', '…', ':', ';', '。':
		return true
	}
	return false
}

// isDate reports whether the line is a date with a month, and nothing else.
func (t *Text) isDate(r row) bool {
	const longest = 24 // of the words, in bytes
	months, numbers := 0, 0
	for i := r.from; i < r.to; i++ {
		switch {
		case t.words[i].flags&Number != 0:
			numbers++
		case len(t.Word(i)) > longest:
			return false
		case isMonth(string(t.Word(i))):
			months++
		case !isDateWord(string(t.Word(i))):
			return false
		}
	}
	return months > 0 && numbers > 0
}

// isCopyright reports whether the line says whose text it is.
func (t *Text) isCopyright(r row) bool {
	const longest = 20
	line := t.clean[r.start:r.end]
	return r.words() <= longest && bytes.Contains(line, []byte("©")) && !t.isEnded(r)
}

// isCaption reports whether the line is the caption of a picture: it is there
// twice in a row, as the picture's alternative text and below it; or it is at
// the top and ends with a full date.
func (t *Text) isCaption(rows []row, i int) bool {
	const longest, top, page = 25, 3, 5
	r := rows[i]
	if r.words() > longest || r.words() < 2 || t.isEnded(r) {
		return false
	}
	if i > 0 && t.same(r, rows[i-1]) || i+1 < len(rows) && t.same(r, rows[i+1]) {
		return true
	}
	return i < top && len(rows) >= page && r.words() > 5 && t.isDate(row{from: r.to - 3, to: r.to})
}

// same reports whether two lines have the same words.
func (t *Text) same(a, b row) bool {
	return a.words() == b.words() && bytes.Equal(
		t.folded[t.words[a.from].folded:t.words[a.to-1].foldEnd],
		t.folded[t.words[b.from].folded:t.words[b.to-1].foldEnd])
}

// afterFirstSentence returns the first word that is not in the first sentence.
func (t *Text) afterFirstSentence() int {
	i := 0
	for i < len(t.words) && t.words[i].sentence == 0 {
		i++
	}
	return i
}

// markSentences flags the sentences within a line that are for the page.
func (t *Text) markSentences(r row) {
	for i := r.from; i < r.to; {
		j := i + 1
		for j < r.to && t.words[j].sentence == t.words[i].sentence {
			j++
		}
		part := row{i, j, int(t.words[i].start), int(t.words[j-1].end)}
		if j == r.to {
			part.end = r.end
		} else {
			part.end = int(t.words[j].start)
		}
		const longest = 30
		if part.words() <= longest && t.notice(part) != noNotice {
			t.flag(i, j)
		}
		i = j
	}
}

// markSections flags headings such as "Related stories" and what follows them:
// all of it if that is the tail of the text and in short paragraphs, else the
// next line if that is a mere headline.
func (t *Text) markSections(rows []row) {
	for i := 1; i < len(rows); i++ {
		if n, _ := t.noticeAt(rows[i].from, rows[i]); n != heading && !t.isSection(rows, i) {
			continue
		}
		t.flag(rows[i].from, rows[i].to)
		if t.isTail(rows, i+1) {
			t.flag(rows[i].from, len(t.words))
			return
		}
		if i+1 < len(rows) && !t.isEnded(rows[i+1]) && rows[i+1].words() < 25 {
			t.flag(rows[i+1].from, rows[i+1].to)
		}
	}
}

// isSection reports whether the line rows[i] is a lone name of a section, such
// as "In World", before a list with marks on lines of their own.
func (t *Text) isSection(rows []row, i int) bool {
	r := rows[i]
	if r.words() != 2 || string(t.Word(r.from)) != "in" || i+1 == len(rows) {
		return false
	}
	both := t.words[r.from].flags & t.words[r.from+1].flags & Capital
	between := bytes.TrimSpace(t.clean[r.end:rows[i+1].start])
	return both != 0 && (bytes.Equal(between, []byte("-")) || bytes.Equal(between, []byte("•")) ||
		bytes.Equal(between, []byte("*")))
}

// isTail reports whether rows from i on may be teasers that end a page: short
// paragraphs, less than half of the text.
func (t *Text) isTail(rows []row, i int) bool {
	const longest = 60
	if i >= len(rows) || 2*rows[i].from < len(t.words) {
		return false
	}
	for _, r := range rows[i:] {
		if r.words() > longest {
			return false
		}
	}
	return true
}
