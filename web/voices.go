package web

import (
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/board"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// said are the first of those on whose word a story rests.
type said struct {
	Voices []voice
	More   int
}

// A voice is one on whose word a story rests.
type voice struct {
	Name, Through string // Through is the first outlet, "" if it spoke for itself
	Reports       int
}

// voices returns the first three on whose word a story rests, those with most
// reports first.
func voices(c board.Card) said {
	roots := slices.Clone(c.Origins)
	slices.SortStableFunc(roots, func(a, b news.Origin) int { return b.Reports - a.Reports })
	const most = 3
	v := said{More: max(0, c.Roots-most)}
	for _, o := range roots[:min(most, len(roots))] {
		v.Voices = append(v.Voices, voice{o.Name, strings.Join(sheet.First(1, sheet.Through(o)), ""), o.Reports})
	}
	return v
}
