package ladder

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// opening is how many words of a summary or body say what a report is about;
// further on it tells of other things.
const opening = 60

// A passage is the sentences of a report that are read, in their order.
type passage []sentence

// A sentence is one of the sentences that are read.
type sentence struct {
	text  string // as published
	words []word
	title bool // of the title
	lead  bool // the first of the summary or body
	near  bool // it holds what a rule found, or no rule says where to look
	blind bool // no rule says where to look
	asks  bool // it ends with a question mark
	lang  string
	all   string  // the field of which it is
	heard []voice // who speaks in it
}

// A word is one word of a sentence.
type word struct {
	text    string // folded
	is      class
	has     trait
	topic   bool       // a rule found it
	country string     // code of the country that is named here, or to which who is named belongs, or ""
	place   bool       // it is the name of a country
	sense   news.Sense // by what a country is named here
	seat    string     // code of the country that is spoken for here though it is not named, or ""
	entity  string     // id of who is named here, or ""
	name    string     // of who is named here
	firm    bool       // what they say is official
	start   int        // in the field
	end     int
	colon   bool // a colon or dash follows
	caps    bool // it is an abbreviation in capitals
	comma   bool // a comma follows
	quoted  bool // it stands in quotation marks
	capital bool
}

// open returns what is read of r: its title, its opening, and, if no rule
// found anything there, the first sentence where one did.
func open(r news.Report) passage {
	var p passage
	var doc text.Text
	second := news.Summary
	if strings.TrimSpace(r.Summary) == "" {
		second = news.Body
	}
	topics := r.Topics()
	for _, f := range []news.Field{news.Title, second} {
		if f != news.Title && text.IsCaption(r.Text(f)) {
			continue
		}
		doc.Set(r.Text(f), r.Language)
		p = append(p, sentences(r, f, &doc, topics, p.hasTopic())...)
	}
	if !p.hasTopic() {
		for i := range p {
			p[i].near, p[i].blind = true, true
		}
	}
	return p.matter()
}

// matter returns the sentences of p that are about what a rule found: all, if
// it is in the title or the first sentence after it, or else those that hold
// it.
func (p passage) matter() passage {
	if slices.ContainsFunc(p, func(s sentence) bool { return s.near && (s.title || s.lead) }) {
		return p
	}
	return slices.DeleteFunc(p, func(s sentence) bool { return !s.near })
}

// hasTopic reports whether any sentence of p holds what a rule found.
func (p passage) hasTopic() bool {
	for _, s := range p {
		if s.near {
			return true
		}
	}
	return false
}

// first returns the sentence that tells what p is about.
func (p passage) first() int {
	for i, s := range p {
		if s.near {
			return i
		}
	}
	return 0
}

// sentences returns what is read of the field f of r, whose words are doc.
// Beyond the opening only the first sentence with one of topics is read, and
// that only unless found already.
func sentences(r news.Report, f news.Field, doc *text.Text, topics []news.Span, found bool) passage {
	var out passage
	for i := 0; i < doc.Len(); {
		j := i + 1
		for j < doc.Len() && doc.Sentence(j) == doc.Sentence(i) {
			j++
		}
		if doc.Flags(i)&text.Boilerplate != 0 {
			i = j
			continue
		}
		s := newSentence(r, f, doc, i, j)
		s.lead = f != news.Title && len(out) == 0
		s.mark(f, topics)
		if i < opening || s.near && !found {
			out = append(out, s)
		}
		found = found || s.near
		i = j
	}
	return out
}

// newSentence returns the words from to before to of doc, the field f of r.
func newSentence(r news.Report, f news.Field, doc *text.Text, from, to int) sentence {
	all := r.Text(f)
	start, _ := doc.Span(from)
	end := len(all)
	if to < doc.Len() {
		end, _ = doc.Span(to)
	}
	if from == 0 {
		start = 0
	}
	s := sentence{text: trim(all[start:end]), title: f == news.Title, lang: doc.Lang(), all: all}
	s.asks = strings.HasSuffix(strings.TrimRight(s.text, ` "'“‘«„”’»)`), "?")
	inside, at := false, start
	if from > 0 {
		_, at = doc.Span(from - 1) // a mark that opens stands before the first word
	}
	for i := from; i < to; i++ {
		w := word{text: string(doc.Word(i)), capital: doc.Flags(i)&text.Capital != 0, caps: doc.Flags(i)&text.AllCaps != 0}
		w.start, w.end = doc.Span(i)
		gap := all[at:max(at, w.start)]
		inside = text.Quoted(inside, i == from, gap)
		w.quoted = inside
		if n := len(s.words); n > 0 {
			s.words[n-1].colon = strings.ContainsAny(gap, ":—–?") || strings.Contains(gap, " - ")
			s.words[n-1].comma = strings.ContainsAny(gap, ",;(")
		}
		s.words, at = append(s.words, w), w.end
	}
	s.name(r.Mentions, f)
	s.unstyle()
	given, _, _ := strings.Cut(strings.ToLower(r.Language), "-")
	for _, language := range lexicons().Likely(s.lang, given) {
		tag(s.words, language)
	}
	s.unlimit()
	s.listen()
	return s
}

// unlimit takes from a French "que" that it means "only", unless a "ne" stands
// before it.
func (s *sentence) unlimit() {
	const reach = 5
	for i := range s.words {
		w := &s.words[i]
		if s.lang != "fr" || w.text != "que" && w.text != "qu" {
			continue
		}
		before := s.words[max(0, i-reach):i]
		if !slices.ContainsFunc(before, func(w word) bool { return w.text == "ne" || w.text == "n" || strings.HasPrefix(w.text, "n'") }) {
			w.is &^= only
		}
	}
}

// unstyle takes the capitals off the words of a title that has nearly all of
// them in capitals: there they tell no names, but for those that are known.
func (s *sentence) unstyle() {
	const few = 4
	capitals := 0
	for _, w := range s.words {
		if w.capital {
			capitals++
		}
	}
	if !s.title || len(s.words) <= few || 10*capitals < 7*len(s.words) {
		return
	}
	for i := range s.words {
		s.words[i].capital = s.words[i].capital && (s.words[i].country != "" || s.words[i].entity != "")
	}
}

// name notes who and which countries are named in s, a sentence of f.
func (s *sentence) name(mentions []news.Mention, f news.Field) {
	for _, m := range mentions {
		if m.Span.Field != f {
			continue
		}
		isPlace := strings.HasPrefix(m.Entity, "country:")
		for i := range s.words {
			w := &s.words[i]
			if w.start < m.Span.Start || m.Span.End < w.end {
				continue
			}
			if m.Country != "" {
				w.country, w.place = m.Country, w.place || isPlace
				if isPlace {
					w.sense = m.Sense
				}
			}
			if !isPlace {
				w.entity, w.name, w.firm = m.Entity, m.Name, w.firm || m.Official
			}
		}
	}
}

// mark marks the words of s that lie in one of topics.
func (s *sentence) mark(f news.Field, topics []news.Span) {
	for _, span := range topics {
		if span.Field != f {
			continue
		}
		for i := range s.words {
			if w := &s.words[i]; span.Start <= w.start && w.end <= span.End {
				w.topic, s.near = true, true
			}
		}
	}
}

// trim returns a sentence without what stands around it.
func trim(s string) string { return strings.Trim(s, " \t\r\n•·-–—|") }
