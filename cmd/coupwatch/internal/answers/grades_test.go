package answers

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

func TestWilson(t *testing.T) {
	tests := []struct {
		yes, n    int
		low, high float64 // as published tables have them
	}{
		{0, 10, 0, 0.2775}, {5, 10, 0.2366, 0.7634}, {10, 10, 0.7225, 1}, {81, 263, 0.2553, 0.3662},
	}
	for _, tt := range tests {
		low, high := wilson(tt.yes, tt.n)
		if d := max(low-tt.low, tt.low-low, high-tt.high, tt.high-high); d > 0.0001 {
			t.Errorf("wilson(%d, %d) = %.4f, %.4f, want %.4f, %.4f", tt.yes, tt.n, low, high, tt.low, tt.high)
		}
	}
}

func TestGrades(t *testing.T) {
	at := func(n int) time.Time { return time.Date(2026, 8, 22, 12, n, 0, 0, time.UTC) }
	var labels []news.Label
	for i := range 12 {
		labels = append(labels, news.Label{Item: fmt.Sprint(i), Story: fmt.Sprint("s", i), Rule: "coup", Relevant: i < 9, By: "anna", At: at(i)})
	}
	labels = append(labels,
		news.Label{Item: "again", Story: "s0", Rule: "coup", Relevant: false, By: "boris", At: at(20)}, // the last word on s0
		news.Label{Item: "x", Story: "s1", Rule: "gone", Relevant: true, By: "anna", At: at(21)})
	got := Grades([]string{"mutiny", "coup"}, labels)
	var lines []string
	for _, g := range got {
		lines = append(lines, fmt.Sprintf("%s %d %d %s", g.Rule, g.Relevant, g.Noise, g.precision()))
	}
	want := "mutiny 0 0 –; coup 8 4 67 % (39–86); gone 1 0 too few"
	if s := strings.Join(lines, "; "); s != want {
		t.Errorf("grades %q, want %q", s, want)
	}
}
