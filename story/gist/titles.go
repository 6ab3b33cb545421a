package gist

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/story/sametext"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

// AddPrint takes in the print of its text, as it is and as it is remembered.
func (f *Features) AddPrint() {
	f.Print = sametext.Of(f.Report.Item)
	if raw, err := json.Marshal(f.Print); err == nil && len(f.Print.Sentences)+len(f.Print.Shingles) > 0 {
		f.Gist.Print = raw // a print is plain data: it always can be written
	}
}

// Unprint returns the print that raw remembers; an empty one if there is none.
func Unprint(raw json.RawMessage) sametext.Print {
	var p sametext.Print
	if json.Unmarshal(raw, &p) != nil {
		return sametext.Print{}
	}
	return p
}

// TitleWords returns the words of a title as titles are compared.
func TitleWords(r news.Report) string { return strings.Join(text.Words(r.Title), " ") }

// CommonWords returns how many of the words of two titles are of both, as a
// share of all.
func CommonWords(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	both := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			both++
		}
	}
	return float64(both) / float64(max(1, len(x)+len(y)-both))
}

// Spelled returns how a report writes the words of its gist: in lower case,
// unless one has a capital within a sentence.
func Spelled(r news.Report) map[string]string {
	written := map[string]string{}
	for _, f := range opens(r) {
		var doc text.Text
		doc.Set(r.Text(f), r.Language)
		n := min(doc.Len(), opening)
		shouting := titleCase(&doc, n)
		for i := range n {
			stem := inflect.Stem(doc.Lang(), string(doc.Word(i)))
			start, end := doc.Span(i)
			word, name := r.Text(f)[start:end], !shouting && isName(&doc, i)
			switch _, known := written[stem]; {
			case name:
				written[stem] = word
			case !known:
				written[stem] = strings.ToLower(word)
			}
		}
	}
	return written
}

// With returns list with each of names that it lacks; list stays as it was.
func With(list []string, names ...string) []string {
	out := slices.Clip(list)
	for _, n := range names {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
