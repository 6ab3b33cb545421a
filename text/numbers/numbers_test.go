package numbers_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/text/numbers"
)

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -999: "-999", 1234567: "1,234,567"} {
		if got := numbers.Thousands(n); got != want {
			t.Errorf("Thousands(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestPlural(t *testing.T) {
	for _, tt := range []struct {
		n           int
		thing, want string
	}{
		{0, "report", "reports"},
		{1, "story", "story"},
		{2, "story", "stories"},
		{2, "day", "days"},
		{8431, "independent origin", "independent origins"},
		{3, "country", "countries"},
	} {
		if got := numbers.Plural(tt.n, tt.thing); got != tt.want {
			t.Errorf("Plural(%d, %q) = %q, want %q", tt.n, tt.thing, got, tt.want)
		}
	}
}
