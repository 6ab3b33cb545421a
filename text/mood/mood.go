// Package mood tells whether a text tells an event as a fact of now.
//
// What somebody asks for, plans, fears, foretells, alleges, denies or remembers
// is not; nor is what may be, what hangs on a condition, what a clause on
// somebody or something else tells beside ("who seized power", "since the army
// took over"), what was on trial or on the stage. It looks at the words around
// the event within its sentence, and there within its clause: a verb of asking
// governs what stands after it until a mark, a conjunction or a verb of its own
// cuts it off. It knows English, Russian, Ukrainian, German, French and Spanish;
// in other languages it looks for the words of all of them.
package mood

import (
	_ "embed" // the table
	"slices"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/lexicon"
)

// A class is what a word is to the mood of a sentence, as a set. mood.tsv says
// what each is for.
type class uint32

const (
	ask class = 1 << iota
	modal
	cond
	not
	who
	back
	upon
	that
	says
	manage
	had
	and
	before
	head
	fiction
	court
	undone
	ago
	dated
	be
	inner // goes on with the phrase that began before
)

//go:embed mood.tsv
var table string

// classes are the names of the classes in the table, in their order.
var classes = strings.Fields("ask modal cond not who back upon that says manage had and before head fiction court undone ago dated be")

var lexicons = sync.OnceValue(func() lexicon.Lexicons[class] { return lexicon.Read(table, classOf) })

// classOf returns the class of that name.
func classOf(name string) class {
	i := slices.Index(classes, name)
	if i < 0 {
		panic("mood.tsv: unknown class " + name)
	}
	return 1 << i
}

// A Sentence is a sentence of a text, read for its mood.
type Sentence struct {
	words []word
	lang  string
	title bool
	asks  bool // it ends with a question mark
}

// A word is one word of a sentence.
type word struct {
	text string // folded
	is   class
	gap  gap // what stands before it
}

// A gap is what stands between two words.
type gap uint8

const (
	blank  gap = iota
	owned      // a possessive 's
	comma      // or a bracket
	strong     // a colon, a semicolon, a dash
)

// mostWords is how many words of a sentence are read on either side of an
// event: longer ones are lists.
const mostWords = 60

// Read reads the sentence of t in which the word at stands, and returns it with
// the number of its first word. A title may tell in a clause that begins with
// "after" what is news; a text tells there what led to it.
func Read(t *text.Text, at int, title bool) (s Sentence, first int) {
	from, to := at, at+1
	for from > max(0, at-mostWords) && t.Sentence(from-1) == t.Sentence(at) {
		from--
	}
	for to < min(t.Len(), at+mostWords) && t.Sentence(to) == t.Sentence(at) {
		to++
	}
	s = Sentence{lang: t.Lang(), title: title, words: make([]word, to-from)}
	for i := range s.words {
		s.words[i] = word{text: string(t.Word(from + i)), gap: gapBefore(t, from+i)}
	}
	s.words[0].gap = strong
	s.asks = strings.ContainsAny(t.Between(to), "?¿？")
	for _, language := range languages(s.lang) {
		lexicons().Of(language).Tag(len(s.words), func(i int) string { return s.words[i].text },
			s.mark)
	}
	return s, from
}

// mark notes what the word i is.
func (s *Sentence) mark(i int, is class, within bool) {
	if within {
		is = inner
	}
	s.words[i].is |= is
}

// languages returns in whose lexicons a text is looked up: whether a short one
// is Russian or Ukrainian does not always show.
func languages(lang string) []string {
	if lang == "ru" || lang == "uk" {
		return []string{"ru", "uk"}
	}
	return []string{lang}
}

// gapBefore returns what stands before word i.
func gapBefore(t *text.Text, i int) gap {
	between := t.Between(i)
	wide := false // a hyphen with blanks around it is a dash
	if i > 0 {
		_, end := t.Span(i - 1)
		start, _ := t.Span(i)
		wide = start-end >= len(" - ")
	}
	switch {
	case strings.ContainsAny(between, ":;—–|…") || wide && strings.Contains(between, "-"):
		return strong
	case strings.ContainsAny(between, ",()"):
		return comma
	case strings.HasPrefix(between, "'s") || strings.HasPrefix(between, "’s"):
		return owned
	}
	return blank
}

// Told reports whether the event that the words from first to last name is told
// as a fact of now.
func (s Sentence) Told(first, last int) bool {
	switch {
	case s.asks, s.any(0, len(s.words), fiction|court), s.any(0, openingWords, ago):
		return false
	case s.undone(last), s.isDescription(first, last), s.isAim(first, last):
		return false
	}
	return s.stands(first, last)
}

// openingWords are as many as a sentence takes to say when: "One month ago, …".
// Later in it, what was long ago is beside the event: "elected ten years ago".
const openingWords = 4

// any reports whether a word of those from one to before another is of a class.
func (s Sentence) any(from, to int, is class) bool {
	for i := max(0, from); i < min(to, len(s.words)); i++ {
		if s.words[i].is&is != 0 {
			return true
		}
	}
	return false
}

// undone reports whether what follows the event takes it back, puts it under a
// condition, or far away in time.
func (s Sentence) undone(last int) bool {
	const near = 3
	for i := last + 1; i < len(s.words) && s.words[i].gap < comma; i++ {
		switch w := s.words[i]; {
		case w.is&(upon|says|and) != 0 && w.is&undone == 0:
			return false
		case w.is&cond != 0, i <= last+near && w.is&undone != 0, i < last+near && w.is&modal != 0 && s.lang != "en":
			return true
		}
	}
	return false
}

// stands reports whether nothing before the event takes it from what is told:
// from there back to where its clause begins, or to where what another verb
// governs ends.
func (s Sentence) stands(first, last int) bool {
	if s.any(first, last+1, not|modal) {
		return false
	}
	linked := false                 // "that" stands between
	free := s.isFinite(first, last) // of verbs of asking, unless linked
	for i := first - 1; i >= 0 && (s.words[i+1].gap < comma || s.goesOn(i+1)); i-- {
		w := s.words[i]
		switch {
		case w.is&inner != 0:
		case w.is&manage != 0:
			return true
		case w.is&and != 0 && s.joins(i, first, last):
			free = true
		case w.is&upon != 0:
			return s.isNews(first)
		case s.bars(i, first), w.is&ask != 0 && (linked || !free):
			return false
		}
		linked = linked || w.is&that != 0
	}
	return true
}

// bars reports whether the word i takes the event, which begins at first, from
// what is told, whatever form its verb has.
func (s Sentence) bars(i, first int) bool {
	const negates, precedes = 4, 3
	w := s.words[i]
	switch {
	case w.is&who != 0:
		return !s.isOver(i, first)
	case w.is&(back|cond) != 0, w.is&not != 0 && i >= first-negates, w.is&modal != 0 && !s.isMonth(i):
		return true
	case w.is&that != 0:
		return !s.any(0, i, says|ask) || s.lang == "en" && i == first-1
	}
	return w.is&had != 0 && i >= first-precedes && !s.any(0, i, says) && !s.any(first-1, first, before)
}

// goesOn reports whether what governs the clause of word i stands before the
// mark that it begins with: a comma before "that", or within a phrase.
func (s Sentence) goesOn(i int) bool {
	return s.words[i].gap == comma && s.words[i].is&(that|ask|inner) != 0
}

// isNews reports whether what stands after "after" is news: in a title, told in
// the present.
func (s Sentence) isNews(first int) bool {
	return s.title && (s.lang != "en" || !isPast(s.words[first].text))
}

// isMonth reports whether "may" at i is a month.
func (s Sentence) isMonth(i int) bool { return s.words[i].text == "may" && s.any(i-1, i, dated) }
