package terminal

import (
	"fmt"
	"math"
	"strings"

	"github.com/coupwatch/coupwatch/text/fit"
)

// A Bar is a row of a chart: of all things, so many are drawn dark.
type Bar struct {
	Label     string
	Dark, All int
}

// Bars draws a chart after indent blanks, to scale if the longest row would be
// wider than the screen. All labels take as many columns as the first.
func (s *Screen) Bars(indent int, rows []Bar) {
	most := 1
	for _, r := range rows {
		most = max(most, r.All)
	}
	room := s.Columns - fit.Width(rows[0].Label) - len(fmt.Sprint(most)) - indent - 4
	each := math.Min(1, float64(room)/float64(most)) // columns for a thing
	for _, r := range rows {
		dark, all := int(math.Ceil(each*float64(r.Dark))), int(math.Ceil(each*float64(r.All)))
		bar := strings.Repeat("█", dark) + strings.Repeat("▒", all-dark)
		number := fmt.Sprint(r.All)
		if r.All == 0 {
			number = "·"
		}
		s.Line(indent, strings.TrimRight(r.Label+"  "+bar+strings.Repeat(" ", min(len(bar), 1))+number, " "))
	}
}
