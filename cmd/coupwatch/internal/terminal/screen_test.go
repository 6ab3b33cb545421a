package terminal

import (
	"testing"

	"github.com/coupwatch/coupwatch/text/fit"
)

func TestFit(t *testing.T) {
	for _, tt := range []struct {
		text    string
		columns int
		want    string
	}{
		{"Mutiny in Tolmin", 16, "Mutiny in Tolmin"},
		{"Mutiny in Tolmin", 15, "Mutiny in Tolm…"},
		{"Mutiny in Tolmin", 11, "Mutiny in…"},
		{"red \x1b[31malarm\x07\u202e", 40, "red [31malarm"},
		{"two\nlines", 40, "two lines"},
	} {
		if got := Fit(tt.text, tt.columns); got != tt.want || fit.Width(got) > tt.columns {
			t.Errorf("fit(%q, %d) = %q, want %q", tt.text, tt.columns, got, tt.want)
		}
	}
}

func TestWrapped(t *testing.T) {
	s := &Screen{Columns: 20, Terminal: true}
	s.Wrapped(4, "Colonel Arden told us that his men will not march.")
	want := "    Colonel Arden\n    told us that his\n    men will not\n    march.\n"
	if got := s.String(); got != want {
		t.Errorf("wrapped:\n%s\nwant:\n%s", got, want)
	}
}

func TestScreenLabelled(t *testing.T) {
	const text = "its newest item is of 2 January: the site may have given it up; look there for another"
	s := NewScreen(60, false)
	s.Labelled(2, "problem", 10, text)
	if got, want := s.String(), "  problem   its newest item is of 2 January: the site may\n            have given it up; look there for another\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s = NewScreen(0, false)
	if s.Labelled(0, "a", 2, text); s.String() != "a "+text+"\n" {
		t.Errorf("in a file: %s", s)
	}
}
