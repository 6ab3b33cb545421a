package terminal

import "testing"

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -999: "-999", 1234567: "1,234,567"} {
		if got := Thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[float64]int64{0: 0, 999: 999, 265_670: 266_000, 1_999_999: 2_000_000} {
		if got := roughly(n); got != want {
			t.Errorf("roughly(%v) = %d, want %d", n, got, want)
		}
	}
}
