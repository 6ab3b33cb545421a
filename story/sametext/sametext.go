// Package sametext finds texts that are told again: copies of a wire report,
// syndicated columns, the same article under another headline, a report cut
// short. It knows nothing of what a text means, and no text in another
// language is ever the same.
//
// [Of] takes a [Print] of an item: the hashes of its longer sentences, which a
// copy keeps even where its editors cut, and a sketch of its runs of three
// words, which a copy keeps even where they polish. [Shared] compares two.
// What is not of the text itself is left out of both: datelines, bylines,
// credits, the page's boilerplate, and the phrases that every report of its kind
// has, such as that nobody could be reached for comment.
//
// The sketch is that of Broder, "On the resemblance and containment of
// documents" (1997): the least hashes of a text's shingles, which are a sample
// of them that two texts draw alike.
package sametext

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
)

const (
	minSentence  = 32 // bytes: a shorter sentence may well be written twice
	maxSentences = 64
	minText      = 6  // words: a shorter text whose sentences are all short may well be written twice
	minShingles  = 20 // a shorter text shares a name or two and seems the same
	maxShingles  = 64
	shingle      = 3 // words
)

// A Print is what is kept of a text in order to know it again. It has at most
// 1,100 bytes, or 1,500 as JSON. The zero Print is that of no text, and shares
// nothing with any.
type Print struct {
	Sentences Hashes `json:"s,omitempty"` // of the first 64 sentences of 32 bytes or more, the title one of them; of all there is, if none is so long
	Shingles  Hashes `json:"w,omitempty"` // the 64 least of those of three words in a row; none for a short text
	Size      int    `json:"n,omitempty"` // how many shingles the text has
}

// Hashes are sorted and without doubles. As text they are base64.
type Hashes []uint64

// MarshalText implements [encoding.TextMarshaler].
func (h Hashes) MarshalText() ([]byte, error) {
	raw := make([]byte, 0, 8*len(h))
	for _, x := range h {
		raw = binary.BigEndian.AppendUint64(raw, x)
	}
	return base64.RawStdEncoding.AppendEncode(nil, raw), nil
}

// UnmarshalText implements [encoding.TextUnmarshaler].
func (h *Hashes) UnmarshalText(s []byte) error {
	raw, err := base64.RawStdEncoding.AppendDecode(nil, s)
	if err != nil || len(raw)%8 != 0 {
		return fmt.Errorf("%d characters are no print of a text", len(s))
	}
	*h = make(Hashes, 0, len(raw)/8)
	for ; len(raw) > 0; raw = raw[8:] {
		*h = append(*h, binary.BigEndian.Uint64(raw))
	}
	return nil
}

// Of returns the print of it: the sentences of its title, summary and body,
// and the shingles of the longer of the last two.
func Of(it news.Item) Print {
	var p Print
	var doc text.Text
	var all [][]byte
	long := news.Summary
	if len(it.Body) >= len(it.Summary) {
		long = news.Body
	}
	for _, f := range []news.Field{news.Title, news.Summary, news.Body} {
		told := it.Text(f)
		if f != news.Title {
			_, _, told = Dateline(told)
		}
		if told == "" {
			continue
		}
		doc.Set(told, it.Language)
		words := p.addSentences(&doc)
		if len(p.Sentences) == 0 {
			for _, w := range words {
				all = append(all, slices.Clone(w)) // doc has other words by the next field
			}
		}
		if f == long {
			p.addShingles(words)
		}
	}
	if len(p.Sentences) == 0 && len(all) >= minText {
		p.Sentences = append(p.Sentences, hash(all))
	}
	slices.Sort(p.Sentences)
	p.Sentences = slices.Compact(p.Sentences)
	return p
}

// addSentences adds the sentences of doc to p and returns the words of doc
// that are of the text itself.
func (p *Print) addSentences(doc *text.Text) [][]byte {
	words := make([][]byte, 0, doc.Len())
	for i := 0; i < doc.Len(); {
		from, size := len(words), 0
		j := i
		for ; j < doc.Len() && doc.Sentence(j) == doc.Sentence(i); j++ {
			if doc.Flags(j)&text.Boilerplate == 0 {
				words = append(words, doc.Word(j))
				size += len(doc.Word(j)) + len(" ")
			}
		}
		i = j
		switch {
		case isStock(words[from:]):
			words = words[:from]
		case size > minSentence && len(p.Sentences) < maxSentences:
			p.Sentences = append(p.Sentences, hash(words[from:]))
		}
	}
	return words
}

// addShingles adds the sketch of words to p, if they are enough.
func (p *Print) addShingles(words [][]byte) {
	n := len(words) - shingle + 1
	if n < minShingles {
		return
	}
	all := make(Hashes, 0, n)
	for i := range n {
		all = append(all, hash(words[i:i+shingle]))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	p.Size = len(all)
	p.Shingles = slices.Clone(all[:min(maxShingles, len(all))])
}

// Shared returns how many sentences a and b have in common, and which share of
// the shorter text is in the longer, from 0 to 1, as their sketches tell; 0 if
// one is too short to tell.
func Shared(a, b Print) (sentences int, share float64) {
	sentences, _ = common(a.Sentences, b.Sentences, ^uint64(0))
	if a.Size == 0 || b.Size == 0 {
		return sentences, 0
	}
	bound := min(a.bound(), b.bound())
	both, ofA := common(a.Shingles, b.Shingles, bound)
	_, ofB := common(b.Shingles, a.Shingles, bound)
	of := min(ofA, ofB)
	switch {
	case a.Size < b.Size:
		of = ofA
	case a.Size > b.Size:
		of = ofB
	}
	if of == 0 {
		return sentences, 0
	}
	return sentences, float64(both) / float64(of)
}

// bound returns up to where the sketch of p has every shingle of its text.
func (p Print) bound() uint64 {
	if len(p.Shingles) == 0 || len(p.Shingles) == p.Size {
		return ^uint64(0)
	}
	return p.Shingles[len(p.Shingles)-1]
}

// common returns how many of the hashes of a up to bound are in b, and how
// many there are.
func common(a, b Hashes, bound uint64) (both, of int) {
	j := 0
	for _, x := range a {
		if x > bound {
			break
		}
		of++
		for j < len(b) && b[j] < x {
			j++
		}
		if j < len(b) && b[j] == x {
			both++
		}
	}
	return both, of
}

// hash returns a hash of words that is the same on every machine and day:
// FNV-1a, and a round of SplitMix64 so that the least hashes are a fair sample.
func hash(words [][]byte) uint64 {
	h := uint64(14695981039346656037)
	for _, w := range words {
		for _, c := range w {
			h = (h ^ uint64(c)) * 1099511628211
		}
		h = (h ^ ' ') * 1099511628211
	}
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// stock lists, folded, what many reports say that are not the same.
var stock = []string{
	"could not be independently", "could not independently", "not been independently", "unable to independently",
	"contributed to this report", "contributed reporting", "did not immediately respond", "did not immediately reply",
	"declined to comment", "could not be reached", "could not immediately be reached", "request for comment", "requests for comment",
	"spoke on condition of anonymity", "on the condition of anonymity", "this is a developing story", "this story has been updated",
	"this article has been updated", "this is a breaking news", "not authorized to speak", "not authorised to speak",
	"независимо проверить", "независимо подтвердить", "от комментариев отказал", "новость дополняется", "незалежно перевірити", "незалежно підтвердити", "новина доповнюється",
	"unabhangig uberprufen", "unabhangig prufen", "verifie de maniere", "verificar de forma independiente",
}

// isStock reports whether a sentence is one that many reports have.
func isStock(sentence [][]byte) bool {
	const longest = 40 // words: a longer one says more
	if len(sentence) > longest || len(sentence) < shingle {
		return false
	}
	var b strings.Builder
	for i, w := range sentence {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.Write(w)
	}
	s := b.String()
	return slices.ContainsFunc(stock, func(phrase string) bool { return strings.Contains(s, phrase) })
}
