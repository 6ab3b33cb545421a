package terminal

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/text/fit"
)

// Short bars have a column for each thing, the dark ones first.
func TestBars(t *testing.T) {
	s := &Screen{Columns: 80}
	s.Bars(2, []Bar{{"Mon", 2, 3}, {"Tue", 0, 0}, {"Wed", 0, 1}})
	if got, want := s.String(), "  Mon  ██▒ 3\n  Tue  ·\n  Wed  ▒ 1\n"; got != want {
		t.Errorf("the chart is\n%s\nwant\n%s", got, want)
	}
}

// Long bars are drawn to scale, and no row is wider than the screen.
func TestBarsFit(t *testing.T) {
	for _, columns := range []int{60, 80, 200} {
		s := &Screen{Columns: columns, Terminal: true}
		s.Bars(2, []Bar{{"Thu  1 Jan 2026", 0, 1000}, {"Fri  2 Jan 2026", 0, 500}, {"Sat  3 Jan 2026", 0, 1}})
		rows := strings.Split(strings.TrimSuffix(s.String(), "\n"), "\n")
		bars := func(i int) int { return strings.Count(rows[i], "▒") }
		if bars(0) < columns/2 || bars(1) != (bars(0)+1)/2 || bars(2) != 1 {
			t.Errorf("bars of %d, %d and %d on %d columns", bars(0), bars(1), bars(2), columns)
		}
		for _, row := range rows {
			if n := fit.Width(row); n > columns {
				t.Errorf("a row takes %d columns of %d: %q", n, columns, row)
			}
		}
	}
}
