package chart

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/coupwatch/coupwatch/text/numbers"
)

// Counts draws many numbers side by side, as those of the days of a year, with what
// to write below the first and the last.
func Counts(counts []int, first, last string) template.HTML {
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	if most == 0 {
		return ""
	}
	const wide, high, top = 360, 80, 14
	var bars strings.Builder // one path is a third of the bytes of many rectangles
	each := float64(wide) / float64(len(counts))
	for i, n := range counts {
		if n > 0 {
			h := max(1.5, float64(n)*high/float64(most))
			fmt.Fprintf(&bars, "M%.1f %dv-%.1fh%.1fv%.1fz", float64(i)*each, top+high, h, max(1, each-min(2, each/4)), h)
		}
	}
	return draw("counts.svg", struct {
		Path, Most, First, Last string
	}{bars.String(), numbers.Thousands(most), first, last})
}
