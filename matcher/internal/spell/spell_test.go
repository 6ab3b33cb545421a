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
		{"ihhg", "high"}, // two swaps
		{"crtcla", ""},   // a swap and two letters left out
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
