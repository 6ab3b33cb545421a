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

// paragraphs are what stands around a line of a page, by language.
var paragraphs = map[string][2]string{
	"en": {"Soldiers of the guard took the palace at dawn, and nobody was hurt.", "The borders were closed, and the ministers were told to stay at home."},
	"ru": {"Солдаты охраны заняли дворец на рассвете, и никто не пострадал.", "Границы закрыли, а министрам велели оставаться дома."},
	"uk": {"Солдати охорони зайняли палац на світанку, і ніхто не постраждав.", "Кордони зачинили, а міністрам наказали лишатися вдома."},
	"de": {"Soldaten der Garde nahmen im Morgengrauen den Palast, und niemand wurde verletzt.", "Die Grenzen wurden geschlossen, und die Minister sollten zu Hause bleiben."},
	"fr": {"Des soldats de la garde ont pris le palais à l'aube, et nul n'a été blessé.", "Les frontières ont été fermées, et les ministres sont restés chez eux."},
}

// A line for the page is flagged, and no word of the report around it.
func TestBoilerplateTable(t *testing.T) {
	for _, row := range rows(t, "boilerplate.tsv", 3) {
		want, language, line := row[0] == "page", row[1], row[2]
		around, ok := paragraphs[language]
		if !ok {
			around = paragraphs["en"]
		}
		before, after := len(text.Words(around[0])), len(text.Words(around[1]))
		var doc text.Text
		doc.Set(around[0]+"\n\n"+line+"\n\n"+around[1], language)
		flagged := func(from, to int) (n int) {
			for i := from; i < to; i++ {
				if doc.Flags(i)&text.Boilerplate != 0 {
					n++
				}
			}
			return n
		}
		if n := flagged(before, doc.Len()-after); want && n != doc.Len()-after-before || !want && n > 0 {
			t.Errorf("%s: %d of %d words are flagged, want all: %v: %s", language, n, doc.Len()-after-before, want, line)
		}
		if n := flagged(0, before) + flagged(doc.Len()-after, doc.Len()); n > 0 {
			t.Errorf("%s: %d words of the paragraphs around are flagged: %s", language, n, line)
		}
	}
}

// A reader sees of markup what testdata/plain.tsv says, and what is plain stays
// as it is.
func TestPlainTable(t *testing.T) {
	for _, row := range rows(t, "plain.tsv", 3) {
		name, in, want := row[0], row[1], row[2]
		got := text.Plain(in)
		if got != want {
			t.Errorf("%s: Plain(%q) = %q, want %q", name, in, got, want)
		}
		if strings.ContainsAny(got, "&<") {
			continue // what was escaped twice may be markup
		}
		if again := text.Plain(got); again != got {
			t.Errorf("%s: the plain text %q is made %q", name, got, again)
		}
	}
}
