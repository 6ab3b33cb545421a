package backtest

import (
	"testing"
	"time"
)

// A chart has a row for each day of a short time, and for longer times rows
// for weeks, months and years, so that it fits on a screen.
func TestByTime(t *testing.T) {
	for _, tt := range []struct {
		days  int
		unit  string
		rows  int
		first string
	}{
		{1, "day", 1, "Thu  1 Jan 2026"},
		{31, "day", 31, "Thu  1 Jan 2026"},
		{36, "week", 6, "29 Dec 2025"},
		{365, "week", 53, "29 Dec 2025"},
		{900, "month", 30, "Jan 2026"},
		{3000, "year", 9, "2026"},
	} {
		from := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
		o := NewOutcome(&Past{From: from, To: from.AddDate(0, 0, tt.days-1)})
		o.byDay[day(from)], o.firsts[day(from)] = 3, 2
		unit, rows := o.ByTime()
		if unit != tt.unit || len(rows) != tt.rows {
			t.Errorf("%d days: %d rows of a %s, want %d of a %s", tt.days, len(rows), unit, tt.rows, tt.unit)
		}
		if want := (Row{tt.first, 2, 3}); rows[0] != want {
			t.Errorf("%d days: the first row is %v, want %v", tt.days, rows[0], want)
		}
	}
}
