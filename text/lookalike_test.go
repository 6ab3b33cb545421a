package text_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text"
)

// A word with letters of another script that look alike is folded as the word
// that people read, even where most of its letters are of the other, and is
// flagged. A word that mixes scripts honestly stays as it is.
func TestMixedScripts(t *testing.T) {
	tests := []struct {
		in, want string
		mixed    bool
	}{
		{"c\u043eup", "coup", true},
		{"\u0441\u043eup", "coup", true},
		{"\u0441\u043eu\u0440", "coup", true},
		{"\u043fepe\u0432opo\u0442", "переворот", true}, // three letters of nine are Cyrillic
		{"\u043c\u044fTe\u0436", "мятеж", true},
		{"\u0411yHT", "бунт", true},
		{"Kpe\u043c\u043b\u044c", "кремль", true},
		{"переворот", "переворот", false},
		{"coup", "coup", false},
		{"Zдуб", "zдуб", false},
	}
	for _, tt := range tests {
		var doc text.Text
		doc.Set(tt.in, "")
		if doc.Len() != 1 {
			t.Fatalf("%q has %d words, want 1", tt.in, doc.Len())
		}
		if got, mixed := string(doc.Word(0)), doc.Flags(0)&text.Mixed != 0; got != tt.want || mixed != tt.mixed {
			t.Errorf("%q is folded to %q, mixed %v; want %q, %v", tt.in, got, mixed, tt.want, tt.mixed)
		}
	}
}
