package terminal

import "testing"

func TestRoughly(t *testing.T) {
	for n, want := range map[float64]int64{0: 0, 999: 999, 265_670: 266_000, 1_999_999: 2_000_000} {
		if got := roughly(n); got != want {
			t.Errorf("roughly(%v) = %d, want %d", n, got, want)
		}
	}
}
