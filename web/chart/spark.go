package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// Spark draws numbers of days side by side as a small line, the last one with a
// dot. All of one number, and none, are a flat line at the bottom or at the top.
func Spark(days []int) template.HTML {
	const wide, high = 120, 24
	if len(days) == 0 {
		return ""
	}
	most, step := 1, float64(wide-6)/float64(max(1, len(days)-1))
	for _, n := range days {
		most = max(most, n)
	}
	x := func(i int) float64 { return 3 + float64(i)*step }
	y := func(n int) float64 { return float64(high-3) - float64(max(0, n))*float64(high-6)/float64(most) }
	var path strings.Builder
	for i, n := range days {
		switch {
		case i > 0 && i+1 < len(days) && n == days[i-1] && n == days[i+1]:
			continue // a straight line goes on
		case i == 0:
			path.WriteString("M")
		default:
			path.WriteString("L")
		}
		fmt.Fprintf(&path, "%.3g %.3g", x(i), y(n))
	}
	last := len(days) - 1
	return draw("spark.svg", struct{ Path, X, Y string }{path.String(), fmt.Sprintf("%.3g", x(last)), fmt.Sprintf("%.3g", y(days[last]))})
}
