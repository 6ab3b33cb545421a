package attribution

import (
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/outlets"
	"github.com/coupwatch/coupwatch/text"
)

// A mark is what stands between two words, as a set.
type mark uint16

const (
	comma      mark = 1 << iota
	dash            // or a hyphen with blanks around it
	quoted          // a quotation mark of any kind
	colon           // or a semicolon
	bracket         //
	stop            // a full stop
	asked           // a question mark
	newline         //
	possessive      // 's

	parting = comma | dash | colon | bracket | newline // ends a noun and its attributes
)

// A word is a word of the report.
type word struct {
	text       string // folded
	stem       string
	kind       kind
	field      news.Field
	start, end int // bytes in the field
	sentence   int // counted through all fields
	flags      text.Flag
	before     mark // between it and the word before
	name       int  // of the names, in which it stands, or -1
	first      int  // word of the sentence
	past       int  // the word after the sentence
	mention    int  // of the report's mentions, in which it stands, or -1
}

func (w *word) capital() bool { return w.flags&text.Capital != 0 }

// read makes words of all fields of the report.
func (f *finder) read() {
	const usual = 6 // bytes of a word and the blank after it
	f.words = make([]word, 0, (len(f.report.Title)+len(f.report.Summary)+len(f.report.Body))/usual)
	var t text.Text
	sentence := 0
	for field := range news.Field(news.NumFields) {
		given := f.report.Text(field)
		if given == "" {
			continue
		}
		t.Set(given, f.report.Language)
		last := 0
		for i := range t.Len() {
			start, end := t.Span(i)
			w := word{
				text: string(t.Word(i)), field: field, start: start, end: end,
				sentence: sentence + t.Sentence(i), flags: t.Flags(i), name: -1, mention: -1,
			}
			if start > last {
				w.before = marks(given[last:start])
			}
			if i == 0 {
				w.before |= newline
			}
			w.stem = outlets.Stem(w.text)
			w.kind = kindOf(w.text, w.stem)
			if w.flags&text.AllCaps != 0 && len(w.text) == len("un") {
				w.kind &= body | land // "UN", and not "un"
			}
			f.words = append(f.words, w)
			last = end
		}
		sentence = f.nextSentence(sentence)
	}
	f.bound()
	f.markMentions()
	f.styled = f.isStyled()
}

// isStyled reports whether most words of the title have capitals.
func (f *finder) isStyled() bool {
	const few = 4
	words, capitals := 0, 0
	for i := range f.words {
		w := &f.words[i]
		if w.field != news.Title {
			break
		}
		if words++; w.capital() {
			capitals++
		}
	}
	return words > few && capitals*10 >= words*7
}

// nextSentence returns the number of the first sentence of the next field.
func (f *finder) nextSentence(first int) int {
	if len(f.words) == 0 {
		return first
	}
	return f.words[len(f.words)-1].sentence + 1
}

// markMentions tells the words in which mention of the report they stand.
func (f *finder) markMentions() {
	i := 0
	for m, mention := range f.report.Mentions {
		s := mention.Span
		for i < len(f.words) && (f.words[i].field < s.Field || f.words[i].field == s.Field && f.words[i].end <= s.Start) {
			i++
		}
		for k := i; k < len(f.words) && f.words[k].field == s.Field && f.words[k].start < s.End; k++ {
			if f.words[k].mention < 0 {
				f.words[k].mention = m
			}
		}
	}
}

// marks returns what stands in the gap between two words.
func marks(gap string) (m mark) {
	if gap == " " {
		return 0
	}
	for _, s := range [...]string{"'s", "’s", "'S", "’S"} {
		if rest, found := strings.CutPrefix(gap, s); found {
			gap, m = rest, possessive
		}
	}
	for i, r := range gap {
		switch r {
		case ',', '،':
			m |= comma
		case '—', '–':
			m |= dash
		case '-':
			if i > 0 && i+1 < len(gap) && gap[i-1] == ' ' {
				m |= dash
			}
		case '"', '“', '”', '„', '«', '»', '‘', '’', '\'', '`', '‹', '›':
			m |= quoted
		case ':', ';':
			m |= colon
		case '(', ')', '[', ']':
			m |= bracket
		case '.', '!', '…':
			m |= stop
		case '?':
			m |= asked
		case '\n':
			m |= newline
		}
	}
	return m
}

// after returns what stands after word i.
func (f *finder) after(i int) mark {
	if i+1 < len(f.words) && f.words[i+1].field == f.words[i].field {
		return f.words[i+1].before
	}
	const enough = 16 // bytes
	rest := f.report.Text(f.words[i].field)[f.words[i].end:]
	return marks(rest[:min(enough, len(rest))]) | newline
}

// joined reports whether word i goes on from the word before it, with nothing
// between them that parts nouns and in the same sentence.
func (f *finder) joined(i int) bool {
	return i > 0 && i < len(f.words) && f.words[i].before&parting == 0 && f.words[i].sentence == f.words[i-1].sentence
}

// is reports whether word i exists and is of one of the kinds k.
func (f *finder) is(i int, k kind) bool {
	return i >= 0 && i < len(f.words) && f.words[i].kind&k != 0
}

// together reports whether words i and j are in the same sentence.
func (f *finder) together(i, j int) bool {
	return i >= 0 && j < len(f.words) && f.words[i].sentence == f.words[j].sentence
}

// text returns words from to before to as they were written.
func (f *finder) text(from, to int) string {
	if from >= to {
		return ""
	}
	given := f.report.Text(f.words[from].field)
	return strings.Join(strings.Fields(given[f.words[from].start:f.words[to-1].end]), " ")
}

// sentenceAt returns the first word of the sentence of word i and the one
// after its last.
func (f *finder) sentenceAt(i int) (from, to int) { return f.words[i].first, f.words[i].past }

// bound tells each word where its sentence begins and ends.
func (f *finder) bound() {
	for i := range f.words {
		f.words[i].first = i
		if i > 0 && f.together(i-1, i) {
			f.words[i].first = f.words[i-1].first
		}
	}
	for i := len(f.words) - 1; i >= 0; i-- {
		f.words[i].past = i + 1
		if i+1 < len(f.words) && f.together(i, i+1) {
			f.words[i].past = f.words[i+1].past
		}
	}
}
