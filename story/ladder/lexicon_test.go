package ladder

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// Each entry of the lexicon is found in a text that has it: it is spelled as
// words are folded, and of a class that is known.
func TestLexicon(t *testing.T) {
	entries := 0
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			t.Fatalf("%q: want a class, a language and words", line)
		}
		for entry := range strings.SplitSeq(f[2], ",") {
			entries++
			var doc text.Text
			_, last, _ := strings.Cut(f[0], "+")
			doc.Set(strings.ReplaceAll(entry, "*", "")+" "+last, f[1])
			words := make([]word, doc.Len())
			for i := range words {
				words[i].text = string(doc.Word(i))
			}
			tag(words, f[1])
			want := meaningOf(f[0])
			if len(words) == 0 || words[0].is&want.is == 0 && words[0].has&want.has == 0 {
				t.Errorf("%s, %s: %q is not found", f[0], f[1], entry)
			}
		}
	}
	if entries == 0 {
		t.Fatal("no entries")
	}
}
