// Package chart draws what the page shows as pictures: SVG, made by templates, so
// that whatever stands in it is escaped. Colours and type are the page's, by
// classes: a picture has no style of its own, which the page's policy would not
// let through. What a picture shows is told in words beside it, and it is hidden
// from who has it read aloud.
package chart

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"

	"github.com/coupwatch/coupwatch/news"
)

//go:embed pictures
var sources embed.FS

var pictures = template.Must(template.ParseFS(sources, "pictures/*.svg"))

// draw draws a picture. It fails for no data that this package gives it, which
// its tests hold; a picture that is not made is none.
func draw(name string, data any) template.HTML {
	var b bytes.Buffer
	if err := pictures.ExecuteTemplate(&b, name, data); err != nil {
		return ""
	}
	return template.HTML(b.String())
}

// rungs are the steps of the ladder, the lowest first.
var rungs = []news.Status{news.Rumour, news.Claim, news.Reported, news.Official}

// A rung is one bar of a ladder.
type rung struct {
	X, Y, Height int
	On           bool // so firmly it is told, or was before it was denied
}

// Ladder draws how firmly a story is told as four bars that grow, and struck
// through if it is denied.
func Ladder(status news.Status, steps []news.Step) template.HTML {
	top := status
	if status == news.Denied { // what is denied was told so firmly
		top = 0
		for _, s := range steps {
			if s.Status != news.Denied && !s.Withdrawn {
				top = max(top, s.Status)
			}
		}
	}
	var bars []rung
	for i, s := range rungs {
		height := 5 + 4*i
		bars = append(bars, rung{X: 2 + 8*i, Y: 19 - height, Height: height, On: s <= top})
	}
	return draw("ladder.svg", struct {
		Bars   []rung
		Denied bool
	}{bars, status == news.Denied})
}

// A Bar is one of several numbers that stand side by side.
type Bar struct {
	Label string
	N     int
	Mark  int // of N, so many stand out
}

// Bars draws numbers side by side, such as stories a day.
func Bars(bars []Bar) template.HTML {
	most := 1
	for _, b := range bars {
		most = max(most, b.N)
	}
	type column struct {
		Bar
		X, Y, Height, MarkY, MarkHeight int
	}
	const high = 64
	var columns []column
	for i, b := range bars {
		h, m := 0, 0
		if b.N > 0 {
			h = max(2, b.N*high/most)
		}
		if b.Mark > 0 {
			m = max(2, b.Mark*high/most)
		}
		columns = append(columns, column{b, 4 + i*40, 18 + high - h, h, 18 + high - m, m})
	}
	return draw("bars.svg", struct {
		Columns []column
		Width   string
	}{columns, fmt.Sprint(8 + len(bars)*40)})
}
