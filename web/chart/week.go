package chart

import (
	"fmt"
	"html/template"
	"strings"
)

// Shades of a cell, the faintest first; a cell without one is empty.
const shades = 5

// The size of a cell of a week, with the gap beside it, and where the first one is.
const (
	cell     = 16
	weekLeft = 34
	weekTop  = 16
)

// Week draws how much there is in each hour of the day, from midnight on, of each day
// of the week, from Monday on: the more, the darker. It is nothing of nothing.
func Week(week [7][24]float64) template.HTML {
	most := 0.0
	for _, day := range week {
		for _, n := range day {
			most = max(most, n)
		}
	}
	if most == 0 {
		return ""
	}
	// One path a shade, and not a rectangle an hour, is a third of the bytes.
	var paths [shades]strings.Builder
	for d, day := range week {
		for h, n := range day {
			if shade := int(n / most * shades); n/most >= 0.02 {
				fmt.Fprintf(&paths[min(shade, shades-1)], "M%d %dh%dv%dh-%dz", weekLeft+h*cell, weekTop+d*cell, cell-2, cell-2, cell-2)
			}
		}
	}
	type mark struct {
		X, Y int
		Text string
	}
	var days, hours []mark
	for i, name := range []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"} {
		days = append(days, mark{0, weekTop + i*cell + 11, name})
	}
	for h := 0; h < 24; h += 6 {
		hours = append(hours, mark{weekLeft + h*cell, 11, fmt.Sprintf("%02d:00", h)})
	}
	var drawn []string
	for i := range paths {
		drawn = append(drawn, paths[i].String())
	}
	return draw("week.svg", struct {
		Width, Height int
		Days, Hours   []mark
		Paths         []string
	}{weekLeft + 24*cell, weekTop + 7*cell, days, hours, drawn})
}
