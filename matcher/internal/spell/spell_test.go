package spell_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/matcher/internal/spell"
)

func TestNearest(t *testing.T) {
	known := []string{"high", "low", "medium", "critical", "силовики"}
	tests := []struct{ got, want string }{
		{"hgih", "high"},        // a swap
		{"hihg", "high"},        //
		{"critcal", "critical"}, // a letter left out
		{"mediumm", "medium"},   // a letter too many
		{"Low", "low"},          // capitals
		{"силовикы", "силовики"},
		{"urgent", ""},
		{"high", ""}, // it is right as it is
		{"", ""},
	}
	for _, tt := range tests {
		if got := spell.Nearest(tt.got, known); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.got, got, tt.want)
		}
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "acb", 1},
		{"kitten", "sitting", 3},
		{"ABC", "abc", 0},
	}
	for _, tt := range tests {
		if got := spell.Distance(tt.a, tt.b); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
		if got := spell.Distance(tt.b, tt.a); got != tt.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
		}
	}
}
