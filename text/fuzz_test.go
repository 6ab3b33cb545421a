package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/text/inflect"
)

func FuzzSet(f *testing.F) {
	for _, s := range []string{
		"", englishNews, russianNews, mixedNews, "<em>co</em>u&#112; &amp;quot;x&amp;quot;", "U.S. U. S. т.е. d’état Mali's",
		"Title\n\nRead also: x\nBy Jane Roe\n© 2021\nIn World\n-\nA teaser.", "c\u043eup е\u0308 \u1112\u1161 政变 ｶﾞ ﷺ \xff\xfe", "a-\nb 1,2.3 '", "U.", "\u202e<!--",
	} {
		f.Add(s, "")
		f.Add(s, "ru")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		var doc text.Text
		doc.Set(s, lang)
		doc.EndsInQuestion()
		last, sentence := 0, 0
		for i := range doc.Len() {
			start, end := doc.Span(i)
			if start < last || start >= end || end > len(s) {
				t.Fatalf("span %d of %q is %d to %d after %d", i, s, start, end, last)
			}
			if utf8.ValidString(s) && !utf8.ValidString(s[start:end]) {
				t.Fatalf("span %d of %q cuts a character", i, s)
			}
			last = end
			if n := doc.Sentence(i); n < sentence || n > sentence+1 {
				t.Fatalf("word %d of %q is in sentence %d after %d", i, s, n, sentence)
			}
			sentence = doc.Sentence(i)
			w := string(doc.Word(i))
			if w == "" || !utf8.ValidString(w) {
				t.Fatalf("word %d of %q is %q", i, s, w)
			}
			inflect.Stem(doc.Lang(), w)
		}
		if !strings.ContainsAny(s, "&<") {
			for i := range doc.Len() {
				start, end := doc.Span(i)
				if got, want := text.Fold(s[start:end]), string(doc.Word(i)); got != want {
					t.Fatalf("Fold(%q) = %q, want %q as in %q", s[start:end], got, want, s)
				}
			}
		}
	})
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{
		"", "a < b & c", "<p>One</p><br>Two &amp;quot;", "<a href=\"x>y", "<!-- <script>", "&#0;&#x110000;&ngt;", "\xff\u00ad\x00", "<script></ſcript>", "a\r\n\u2029b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Plain(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Plain(%q) = %q, which is not UTF-8", s, got)
		}
		if strings.TrimSpace(got) != got || strings.Contains(got, "  ") || strings.Contains(got, "\n\n\n") {
			t.Fatalf("Plain(%q) = %q, which is not tidy", s, got)
		}
		if strings.ContainsAny(got, "\x00\x07\r\t\u00ad\u200b") {
			t.Fatalf("Plain(%q) = %q, which has hidden characters", s, got)
		}
		if !strings.ContainsAny(got, "&<") && text.Plain(got) != got {
			t.Fatalf("Plain(%q) = %q, which is changed again to %q", s, got, text.Plain(got))
		}
	})
}
