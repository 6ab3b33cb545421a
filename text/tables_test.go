package text_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// A text is cut into sentences where testdata/sentences.tsv has a bar.
func TestSentenceTable(t *testing.T) {
	for _, row := range rows(t, "sentences.tsv", 2) {
		language, marked := row[0], row[1]
		var doc text.Text
		doc.Set(strings.ReplaceAll(marked, "|", ""), language)
		var got, want []string
		for i := range doc.Len() {
			if n := doc.Sentence(i); n == len(got) {
				got = append(got, string(doc.Word(i)))
			} else {
				got[n] += " " + string(doc.Word(i))
			}
		}
		for part := range strings.SplitSeq(marked, "|") {
			want = append(want, strings.Join(text.Words(part), " "))
		}
		if g, w := strings.Join(got, " | "), strings.Join(want, " | "); g != w {
			t.Errorf("%s: sentences\n%s, want\n%s", language, g, w)
		}
	}
}

// A text is cut into the words of testdata/words.tsv, and each is where it
// stands: the words of the spans are the words of the text.
func TestWordTable(t *testing.T) {
	for _, row := range rows(t, "words.tsv", 3) {
		name, in, want := row[0], row[1], row[2]
		if got := strings.Join(text.Words(in), " "); got != want {
			t.Errorf("%s: the words of %q are %q, want %q", name, in, got, want)
		}
		var doc text.Text
		doc.Set(in, "")
		for i := range doc.Len() {
			if start, end := doc.Span(i); text.Fold(in[start:end]) != string(doc.Word(i)) {
				t.Errorf("%s: %q is said to be the word %q", name, in[start:end], doc.Word(i))
			}
		}
	}
}

func TestHashtagTable(t *testing.T) {
	src := rows(t, "hashtags.tsv", 2)
	for _, row := range src {
		if got := strings.Join(text.Words(row[0]), " "); got != row[1] {
			t.Errorf("the words of %q are %q, want %q", row[0], got, row[1])
		}
	}
}
