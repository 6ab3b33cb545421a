package engine

import (
	"cmp"
	"strconv"

	"github.com/coupwatch/coupwatch/matcher/engine/internal/vocabulary"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

// segment cuts the fields into words. The language of the item is what its
// longest field is in; the others are, unless they clearly are not.
func (s *Evaluator) segment() {
	order := [...]news.Field{news.Title, news.Summary, news.Body}
	for i, f := range order {
		if len(s.Item.Text(f)) > len(s.Item.Text(order[0])) {
			order[0], order[i] = order[i], order[0]
		}
	}
	language := s.Item.Language
	for i, f := range order {
		t := &s.fields[f].text
		s.fields[f].source = s.Item.Text(f)
		t.Set(s.fields[f].source, language)
		if i == 0 {
			language = cmp.Or(t.Lang(), language)
			s.Language = t.Lang()
		}
	}
	base := int32(0)
	for f := range s.fields {
		s.fields[f].base = base
		base += int32(s.fields[f].text.Len()) + FieldGap
	}
}

// EachWord calls do with each folded word of the item that was read, in order, and
// the language in which it was read. The word is valid during the call only.
func (s *Evaluator) EachWord(do func(language string, word []byte)) {
	for f := range s.fields {
		for i := range s.fields[f].text.Len() {
			do(s.fields[f].language, s.fields[f].text.Word(i))
		}
	}
}

// usualLanguage is that of a text which is too short to tell.
const usualLanguage = "en"

// scan finds all terms and names in a field.
func (s *Evaluator) scan(f *field) {
	t := &f.text
	f.language = cmp.Or(t.Lang(), usualLanguage)
	stems := s.voc.Stems(f.language)
	f.lists = f.lists[:0]
	for i := range t.Len() {
		var l vocabulary.List
		switch flags := t.Flags(i); {
		case flags&text.Boilerplate != 0:
		case flags&text.Initials != 0:
			s.initials = append(append(s.initials[:0], t.Word(i)...), vocabulary.InitialsMark)
			l = s.cache.Find(text.KeyOf(s.initials), s.initials, stems)
		default:
			l = s.cache.Find(t.Key(i), t.Word(i), stems)
		}
		f.lists = append(f.lists, l)
	}
	for i, l := range f.lists {
		if l == 0 {
			continue
		}
		for _, a := range s.cache.Atoms(l) {
			at := &s.trie.starts[a]
			if at.node != 0 && (at.marks == 0 || t.Flags(i)&at.marks != 0) && (at.ends || s.leadsOn(f, i+1, at.onward)) {
				s.walk(f, at.node, i, i)
			}
		}
	}
	if s.pastYear >= 0 {
		s.years(f)
	}
}

// leadsOn reports whether a word, or a gap in its place, may lead on from a
// node with these bits.
func (s *Evaluator) leadsOn(f *field, word int, onward uint64) bool {
	if onward == 0 || word >= len(f.lists) {
		return false
	}
	if onward&bit(0) != 0 {
		return true
	}
	for _, a := range s.cache.Atoms(f.lists[word]) {
		if onward&bit(a) != 0 {
			return true
		}
	}
	return false
}

// bears reports whether a word has one of the marks that an atom asks for.
func (s *Evaluator) bears(t *text.Text, word int, a vocabulary.Atom) bool {
	marks := s.voc.Marks(a)
	return marks == 0 || t.Flags(word)&marks != 0
}

// walk notes what ends at a node, which the words from first to last led to,
// and goes on from there.
func (s *Evaluator) walk(f *field, node int32, first, last int) {
	n := &s.trie.nodes[node]
	from, to := f.base+int32(first), f.base+int32(last)
	for i := n.leaves; i != 0; i = s.trie.leaves.links[i].next {
		at := &s.trie.leaves.links[i].at
		if (at.language == 0 || s.trie.languages[at.language] == f.language) && s.signed(f, first, at.signs) {
			s.Raw = append(s.Raw, RawHit{at.leaf, from, to, at.entry})
		}
	}
	if n.names != 0 && !f.runsOn(first, last) {
		s.sight(f, n.names, from, to)
	}
	next := last + 1
	if n.onward == 0 || next >= len(f.lists) || f.text.Sentence(next) != f.text.Sentence(last) {
		return
	}
	if n.gap != 0 && f.text.Flags(next)&text.Boilerplate == 0 {
		s.walk(f, n.gap, first, next)
	}
	s.walkOn(f, node, first, next)
	if !n.middle {
		return
	}
	for over := next; over < next+mostMiddles && s.isMiddle(f, first, over); over++ {
		s.walkOn(f, node, first, over+1)
	}
}

// sight notes the names that are named from one word to another.
func (s *Evaluator) sight(f *field, names chain, from, to int32) {
	for i := names; i != 0; i = s.trie.names.links[i].next {
		at := s.trie.names.links[i].at
		if !at.only || s.Hows[at.How] == f.language {
			s.Sightings = append(s.Sightings, Sighting{nameAt: at, First: from, Last: to})
		}
	}
}

// runsOn reports whether the words from first to last are but a part of a word
// in Katakana, as マリ is of アマリア. Other words that are written without
// blanks do not show where they end.
func (f *field) runsOn(first, last int) bool {
	joined := func(i int) bool { // with the word after it
		if i < 0 || i+1 >= f.text.Len() || !isKatakana(f.text.Word(i)) || !isKatakana(f.text.Word(i+1)) {
			return false
		}
		_, end := f.text.Span(i)
		start, _ := f.text.Span(i + 1)
		return end == start
	}
	return joined(first-1) || joined(last)
}

// isKatakana reports whether a word is a letter of Katakana or the sign that
// makes it long.
func isKatakana(word []byte) bool {
	return len(word) == len("ア") && string(word) >= "ァ" && string(word) <= "ー"
}

// walkOn goes from a node where the word next leads.
func (s *Evaluator) walkOn(f *field, node int32, first, next int) {
	onward := s.trie.nodes[node].onward
	for _, a := range s.cache.Atoms(f.lists[next]) {
		if onward&bit(a) == 0 {
			continue
		}
		if to := s.trie.ways.to(step{node, a}); to != 0 && s.bears(&f.text, next, a) {
			s.walk(f, to, first, next)
		}
	}
}

// mostMiddles is how many middle names may stand between a given name and the
// surname.
const mostMiddles = 2

// isMiddle reports whether a word may stand between a given name and the
// surname: it has a capital, and a blank or a hyphen, and after an initial a
// dot, is all that stands on either side of it. Where the first word of the name
// is an initial, so must this be: "В Москве Путин" is no V. M. Putin.
func (s *Evaluator) isMiddle(f *field, first, word int) bool {
	t := &f.text
	if word+1 >= t.Len() || t.Flags(word)&(text.Capital|text.Boilerplate) != text.Capital {
		return false
	}
	if t.Flags(first)&^t.Flags(word)&text.Initials != 0 {
		return false
	}
	return s.adjoin(f, word-1) && s.adjoin(f, word)
}

// adjoin reports whether a word and the next may be of one name.
func (s *Evaluator) adjoin(f *field, word int) bool {
	_, end := f.text.Span(word)
	start, _ := f.text.Span(word + 1)
	switch between := f.source[end:start]; between {
	case " ", "-", "\u00a0":
		return true
	case ". ", ".", ".\u00a0":
		return f.text.Flags(word)&text.Initials != 0
	}
	return false
}

// firstYear is the earliest number that is taken for a year.
const firstYear = 1900

// years notes the years before that of the item.
func (s *Evaluator) years(f *field) {
	now := s.Item.When().Year()
	for i := range f.text.Len() {
		w := f.text.Word(i)
		if len(w) != 4 || f.text.Flags(i)&(text.Number|text.Boilerplate) != text.Number {
			continue
		}
		if year, err := strconv.Atoi(string(w)); err == nil && firstYear <= year && year < now {
			pos := f.base + int32(i)
			s.Raw = append(s.Raw, RawHit{s.pastYear, pos, pos, noEntry})
		}
	}
}
