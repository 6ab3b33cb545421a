package terminal

import (
	"fmt"
	"strconv"
	"strings"
)

// Thousands writes a number with a comma after each three digits.
func Thousands[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// roughly rounds to three digits.
func roughly(n float64) int64 {
	unit := 1.0
	for n/unit >= 1000 {
		unit *= 10
	}
	return int64(n/unit+0.5) * int64(unit)
}

// Count writes a number of things: "1 entity", "12 feeds".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if stem, ok := strings.CutSuffix(thing, "y"); ok && !strings.HasSuffix(stem, "a") { // entities, but days
		return fmt.Sprintf("%d %sies", n, stem)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Counted is [Count] with commas in the number.
func Counted(n int, thing string) string {
	number, things, _ := strings.Cut(Count(n, thing), " ")
	if n >= 1000 {
		number = Thousands(n)
	}
	return number + " " + things
}

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
