package text

import "testing"

func TestQuoted(t *testing.T) {
	for _, tt := range []struct {
		gap           string
		inside, first bool
		want          bool
	}{
		{" «", false, false, true},
		{"» ", true, false, false},
		{" „", false, false, true},
		{"“ ", true, false, false}, // of a German pair
		{" “", false, false, true},
		{"”, ", true, false, false},
		{" ‘", false, false, true},
		{"’s ", true, false, true}, // an owner
		{"\"", false, true, true},
		{" \"", false, false, true},
		{"\" ", true, false, false},
		{" ", true, false, true},
		{"", false, false, false},
	} {
		if got := Quoted(tt.inside, tt.first, tt.gap); got != tt.want {
			t.Errorf("after %q: %v, want %v", tt.gap, got, tt.want)
		}
	}
}
