package text_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// Each word of testdata/flags.tsv has the flags of its row and no others.
func TestFlagTable(t *testing.T) {
	names := map[string]text.Flag{
		"-": 0, "capital": text.Capital, "caps": text.AllCaps, "mixed": text.Mixed, "number": text.Number, "initials": text.Initials,
	}
	for _, row := range rows(t, "flags.tsv", 2) {
		var want text.Flag
		for name := range strings.FieldsSeq(row[0]) {
			want |= names[name]
		}
		for word := range strings.FieldsSeq(row[1]) {
			var doc text.Text
			doc.Set(word, "")
			if doc.Len() != 1 || doc.Flags(0) != want {
				t.Errorf("%q is %d words, the first with the flags %b, want %b (%s)", word, doc.Len(), doc.Flags(0), want, row[0])
			}
		}
	}
}

func TestQuestionTable(t *testing.T) {
	for _, row := range rows(t, "questions.tsv", 2) {
		var doc text.Text
		doc.Set(row[1], "")
		if got := doc.EndsInQuestion(); got != (row[0] == "yes") {
			t.Errorf("%q ends in a question: %t", row[1], got)
		}
	}
}

func TestGivenTable(t *testing.T) {
	for _, row := range rows(t, "given.tsv", 3) {
		var doc text.Text
		doc.Set(row[2], row[0])
		if got := doc.Lang(); got != row[1] {
			t.Errorf("%q, given as %q, is taken for %q, want %q", row[2], row[0], got, row[1])
		}
	}
}

// A word's span in a text with markup is what it was made of, no more and no
// less.
func TestSpanTable(t *testing.T) {
	for _, row := range rows(t, "spans.tsv", 3) {
		word, in, want := row[0], row[1], row[2]
		var doc text.Text
		doc.Set(in, "")
		found := false
		for i := range doc.Len() {
			if string(doc.Word(i)) != word {
				continue
			}
			found = true
			if start, end := doc.Span(i); in[start:end] != want {
				t.Errorf("%s in %q stands at %q, want %q", word, in, in[start:end], want)
			}
		}
		if !found {
			t.Errorf("%s is not in %q: %q", word, in, text.Words(in))
		}
	}
}

// However a text is cut short, nothing breaks, and what is whole of it reads as
// before.
func TestCutShort(t *testing.T) {
	for _, row := range rows(t, "plain.tsv", 3) {
		in := row[1]
		for n := range len(in) {
			plain := text.Plain(in[:n])
			if strings.Contains(plain, "  ") || strings.HasPrefix(plain, " ") || strings.Contains(plain, "\n\n\n") {
				t.Errorf("Plain(%q) = %q, which is not tidy", in[:n], plain)
			}
			var doc text.Text
			doc.Set(in[:n], "")
			for i := range doc.Len() {
				if start, end := doc.Span(i); start < 0 || start >= end || end > n {
					t.Errorf("%q: word %d stands from %d to %d", in[:n], i, start, end)
				}
			}
		}
	}
}
