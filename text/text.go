// Package text turns a published text into words that are ready for matching.
//
// A [Text] cuts a text into words and sentences and folds every word, so that
// spellings which mean the same are the same bytes: case, accents,
// compatibility forms (NFKC), soft hyphens, zero-width characters, kinds of
// apostrophe and look-alike letters of another script no longer tell them
// apart; nor do traditional and simplified Chinese characters, the forms of
// Arabic hamza and yeh and what other scripts have two ways to write.
//
// [Detect] tells the language of a text and [Plain] takes the markup off one.
// What takes the inflection off words is package text/inflect.
//
// # Words
//
// A word is a run of letters and digits. Apostrophes inside a word belong to
// it ("o'brien"), but a possessive 's is cut off ("Mali's" is mali) and an
// elided French or Italian article is a word of its own ("d'état" is d and
// etat). The dots of an abbreviation vanish ("U.S." is us); a hyphen parts
// words, unless it only breaks one at the end of a line; a number keeps its
// inner dots and commas. A Chinese, Japanese or Thai character is a word by
// itself. Other scripts are cut as by Unicode Standard Annex 29, which agrees
// with the above on letters, digits, marks and format characters.
package text

import (
	"bytes"
	"strings"

	"github.com/coupwatch/coupwatch/text/markup"
)

// A Text is a published text as words. The zero value is ready for [Text.Set],
// and is best used again for the next text: its memory is kept. A Text must
// not be used by two goroutines at once.
type Text struct {
	given     []byte            // the text as given
	decoded   markup.Derivation // without entities; not used if there are none
	untagged  markup.Derivation // and without tags; not used if there are none
	clean     []byte            // the last of these: the text without markup
	folded    []byte            // the folded words, end to end
	words     []word
	rows      []row  // of markBoilerplate
	tally     traits // of the word that is being read
	sentences int32  // how many have begun
	lines     bool   // the text has more than one line
	wide      bool   // and characters of more than one byte
	lang      string
}

// A word is a place in the text, and its folded form's place in Text.folded.
type word struct {
	start, end      int32 // in the text as given, once Set is done
	folded, foldEnd int32
	key             uint64 // see Key
	sentence        int32
	flags           Flag
}

// A Flag is a set of things to know about a word.
type Flag uint8

// The flags of a word.
const (
	Capital     Flag = 1 << iota // its first letter is upper case, or another, as in eSwatini
	AllCaps                      // it has two letters or more, all upper case
	Mixed                        // look-alike letters of another script were folded into it
	Number                       // it has digits and no letters
	Boilerplate                  // it is not of the report itself: a teaser, a credit, a request to subscribe
	Initials                     // a capital letter, or several with dots: "J", "J.F.", "U.S."
)

// maxText is how many bytes of a text are read; what is beyond is left out.
const maxText = 1 << 30

// Set cuts s into words, in place of the text before. The language is lang, a
// code such as "ru" or "ru-RU"; if it is "", or clearly not what s is written
// in, it is taken from s as by [Detect]. Set keeps no reference to s.
func (t *Text) Set(s, lang string) {
	t.read(s)
	t.lang = t.language(code(lang))
	t.markBoilerplate()
	t.restore(&t.untagged)
	t.restore(&t.decoded)
}

// restore turns the places of the words in a text that was made from another
// into places in that.
func (t *Text) restore(made *markup.Derivation) {
	if made.IsEmpty() {
		return
	}
	source := made.Cursor()
	for i := range t.words {
		w := &t.words[i]
		start, end := source.Span(int(w.start), int(w.end))
		w.start, w.end = int32(start), int32(end)
	}
}

// read cuts s into words and sentences.
func (t *Text) read(s string) {
	if len(s) > maxText {
		s = s[:maxText]
	}
	t.folded = t.folded[:0]
	t.words = t.words[:0]
	t.sentences = 0
	t.wide = false
	t.given = append(t.given[:0], s...)
	t.clean = t.given
	t.decoded.Reset(0)
	t.untagged.Reset(0)
	if bytes.IndexByte(t.clean, '&') >= 0 {
		t.decoded.Decode(t.clean)
		t.clean = t.decoded.Text
	}
	if bytes.IndexByte(t.clean, '<') >= 0 {
		t.untagged.Untag(t.clean)
		t.clean = t.untagged.Text
	}
	t.lines = bytes.IndexByte(bytes.TrimSpace(t.clean), '\n') >= 0
	t.segment()
}

// Lang returns the language that the text was taken to be in, such as "en" or
// "uk", or "" if it is not known.
func (t *Text) Lang() string { return t.lang }

// Len returns the number of words.
func (t *Text) Len() int { return len(t.words) }

// Word returns the folded form of word i. It is valid until the next Set, and
// must not be changed.
func (t *Text) Word(i int) []byte {
	w := &t.words[i]
	return t.folded[w.folded:w.foldEnd:w.foldEnd]
}

// Key returns the key of the folded word i.
func (t *Text) Key(i int) Key {
	w := &t.words[i]
	return Key{w.key, uint32(w.foldEnd - w.folded)}
}

// Span returns where word i stands in the text that Set was given, in bytes.
// Whatever stands inside the word, such as a soft hyphen or a tag, is in the
// span; a possessive 's is not.
func (t *Text) Span(i int) (start, end int) {
	return int(t.words[i].start), int(t.words[i].end)
}

// Sentence returns the number of the sentence in which word i stands. The
// first is 0.
func (t *Text) Sentence(i int) int { return int(t.words[i].sentence) }

// Flags returns what is to know about word i.
func (t *Text) Flags(i int) Flag { return t.words[i].flags }

// EndsInQuestion reports whether the text's last mark is a question mark,
// whatever quotes and brackets close after it.
func (t *Text) EndsInQuestion() bool {
	end := bytes.TrimRight(t.clean, " \u00a0\u202f\t\r\n\"')]}’”»›“")
	for _, mark := range []string{"?", "؟", "？", "⁇", "⁈", "⁉"} {
		if bytes.HasSuffix(end, []byte(mark)) {
			return true
		}
	}
	return bytes.HasSuffix(end, []byte("?!"))
}

// Words returns the folded words of a short text, such as a term of a rule.
func Words(s string) []string {
	var t Text
	t.read(s)
	words := make([]string, t.Len())
	for i := range words {
		words[i] = string(t.Word(i))
	}
	return words
}

// Fold returns the folded form of a word, which is what [Text.Word] gives for
// it. What is not one word is folded word by word, with a blank between them.
func Fold(s string) string { return strings.Join(Words(s), " ") }
