package chart

import (
	_ "embed"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/coupwatch/coupwatch/news"
)

// outlines are the countries, as worldgen makes them.
//
//go:embed world.tsv
var outlines string

// A country is where it lies on a sheet of 2,000 by 840.
type country struct {
	X, Y int
	Path string // "" if it is too small to be drawn
}

// countries returns the countries by their codes.
var countries = sync.OnceValue(func() map[string]country {
	all := map[string]country{}
	for line := range strings.Lines(outlines) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		x, _ := strconv.Atoi(f[1]) // worldgen writes numbers
		y, _ := strconv.Atoi(f[2])
		all[f[0]] = country{x, y, f[3]}
	}
	return all
})

// Land draws the countries alone: a picture that never changes, for the ground of
// [World].
var Land = sync.OnceValue(func() []byte {
	var paths []string
	for _, c := range countries() {
		if c.Path != "" {
			paths = append(paths, c.Path)
		}
	}
	slices.Sort(paths)
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 840"><path fill="#8a94a6" fill-opacity=".28" stroke="#8a94a6" stroke-opacity=".55" stroke-width="1" d="` + strings.Join(paths, "") + `"/></svg>`)
})

// A Spot is a country with stories.
type Spot struct {
	Code     string // two letters
	Stories  int
	Severity news.Severity // of the gravest
}

// World draws on the ground of [Land], which lies at the address land, where the
// stories are; with the outlines of these countries if they are asked for, which
// makes it some kilobytes larger. Without them, and without stories, it is none.
func World(land string, spots []Spot, outlined bool) template.HTML {
	type mark struct {
		Spot
		country
		Radius int
	}
	var marks []mark
	for _, s := range spots {
		if c, known := countries()[s.Code]; known {
			if !outlined {
				c.Path = ""
			}
			marks = append(marks, mark{s, c, 24 + 4*min(s.Stories, 7)})
		}
	}
	if len(marks) == 0 && !outlined {
		return ""
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return int(a.Severity) - int(b.Severity) }) // the gravest on top
	return draw("world.svg", struct {
		Land  string
		Marks []mark
	}{land, marks})
}
