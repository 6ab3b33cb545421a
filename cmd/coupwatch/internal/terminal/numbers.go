package terminal

import (
	"fmt"

	"github.com/coupwatch/coupwatch/text/numbers"
)

// Thousands writes a number with a comma after each three digits.
func Thousands[N int | int64](n N) string { return numbers.Thousands(n) }

// roughly rounds to three digits.
func roughly(n float64) int64 {
	unit := 1.0
	for n/unit >= 1000 {
		unit *= 10
	}
	return int64(n/unit+0.5) * int64(unit)
}

// Count writes a number of things: "1 entity", "12 feeds".
func Count(n int, thing string) string { return fmt.Sprint(n) + " " + numbers.Plural(n, thing) }

// Counted is [Count] with commas in the number.
func Counted(n int, thing string) string { return Thousands(n) + " " + numbers.Plural(n, thing) }

// Times says how often: "once", "twice", "3 times".
func Times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return Thousands(n) + " times"
}

// Bytes writes a size in its largest unit, a dash for none.
func Bytes(n int) string {
	switch {
	case n == 0:
		return "–"
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000_000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// Days writes a number of days.
func Days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return Thousands(n) + " days"
}
