// Worldgen makes world.tsv, the outlines of the countries, of TopoJSON by Natural
// Earth, which is in the public domain, as the npm package world-atlas has it:
//
//	npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//	go run ./web/chart/worldgen package/countries-110m.json package/countries-50m.json >web/chart/world.tsv
//
// The first file gives the outlines, the second where the countries lie that the
// first leaves out for being small. Each line is a code, the middle of the
// country's greatest part, and a path, on a sheet of 2,000 by 840 in the Equal
// Earth projection, without the Antarctic.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// An atlas is a TopoJSON file of countries.
type atlas struct {
	Arcs      [][][2]float64
	Transform struct{ Scale, Translate [2]float64 }
	Objects   struct {
		Countries struct {
			Geometries []struct {
				Type       string
				ID         string
				Arcs       json.RawMessage
				Properties struct{ Name string }
			}
		}
	}
}

type point struct{ x, y float64 }

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: worldgen OUTLINES POINTS")
	}
	outlines, points := countries(os.Args[1]), countries(os.Args[2])
	for code, rings := range points {
		if _, known := outlines[code]; !known && code != "" {
			outlines[code] = rings[:1]
		} else {
			delete(points, code)
		}
	}
	var lines []string
	for code, rings := range outlines {
		_, small := points[code]
		lines = append(lines, line(code, rings, small))
	}
	slices.Sort(lines)
	fmt.Fprintln(os.Stdout, strings.Join(lines, "\n"))
}

// line writes a country, of which rings are the parts, the greatest first.
func line(code string, rings [][]point, small bool) string {
	middle := centre(rings[0])
	var path strings.Builder
	for _, ring := range rings {
		if !small {
			path.WriteString(drawn(ring))
		}
	}
	return fmt.Sprintf("%s\t%.0f\t%.0f\t%s", cmp.Or(code, "-"), middle.x, middle.y, path.String())
}

// countries reads the rings of each country by its code; those without a code are
// together.
func countries(file string) map[string][][]point {
	text, err := os.ReadFile(file)
	if err != nil {
		log.Fatal(err)
	}
	var a atlas
	if err := json.Unmarshal(text, &a); err != nil {
		log.Fatal(err)
	}
	all := map[string][][]point{}
	for _, g := range a.Objects.Countries.Geometries {
		code := ""
		if region, err := language.ParseRegion(g.ID); err == nil {
			code = strings.ToLower(region.String())
		} else if g.Properties.Name == "Kosovo" {
			code = "xk"
		}
		polygons := make([][][]int, 1)
		to := any(&polygons[0])
		if g.Type == "MultiPolygon" {
			to = &polygons
		}
		if code == "aq" {
			continue
		}
		if err := json.Unmarshal(g.Arcs, to); err != nil {
			log.Fatal(err)
		}
		for _, p := range polygons {
			for _, part := range cut(a.ring(p[0])) {
				all[code] = append(all[code], projected(part))
			}
		}
	}
	for _, rings := range all {
		slices.SortFunc(rings, func(a, b []point) int { return cmp.Compare(math.Abs(area(b)), math.Abs(area(a))) })
	}
	return all
}

// ring returns the points of a ring, in degrees; an arc below zero runs backwards.
func (a atlas) ring(arcs []int) (out []point) {
	for _, n := range arcs {
		var x, y float64
		var run []point
		for _, d := range a.Arcs[max(n, ^n)] {
			x, y = x+d[0], y+d[1]
			run = append(run, point{x*a.Transform.Scale[0] + a.Transform.Translate[0], y*a.Transform.Scale[1] + a.Transform.Translate[1]})
		}
		if n < 0 {
			slices.Reverse(run)
		}
		out = append(out, run...)
	}
	return out
}

// cut cuts a ring where it crosses the edge of the sheet, at 180 degrees: what lies
// beyond it belongs to the other side.
func cut(ring []point) [][]point {
	turn := 0.0
	across := false
	for i := 1; i < len(ring); i++ {
		switch d := ring[i].x + turn - ring[i-1].x; {
		case d > 180:
			turn -= 360
		case d < -180:
			turn += 360
		}
		ring[i].x += turn
		across = across || turn != 0
	}
	if !across {
		return [][]point{ring}
	}
	var parts [][]point
	for _, edge := range []float64{-180, 180} { // it went over one of them
		west, east := half(ring, edge, -1), half(ring, edge, 1)
		if len(west) > 2 && len(east) > 2 {
			for i := range west {
				if edge < 0 {
					west[i].x += 360
				}
			}
			for i := range east {
				if edge > 0 {
					east[i].x -= 360
				}
			}
			parts = append(parts, west, east)
		}
	}
	return parts
}

// half returns the part of a ring on one side of a meridian.
func half(ring []point, edge, side float64) (out []point) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		in, next := (p.x-edge)*side >= 0, (q.x-edge)*side >= 0
		if in {
			out = append(out, p)
		}
		if in != next {
			t := (edge - p.x) / (q.x - p.x)
			out = append(out, point{edge, p.y + t*(q.y-p.y)})
		}
	}
	return out
}

// projected puts a ring on the sheet.
func projected(ring []point) (out []point) {
	for _, p := range ring {
		out = append(out, project(p.x, p.y))
	}
	return out
}

// project puts a place on the sheet: Equal Earth, by Šavrič, Patterson and Jenny.
func project(lon, lat float64) point {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	x := lon * math.Pi / 180 * math.Cos(t) / (math.Sqrt(3) / 2 * (a1 + 3*a2*t2 + t6*(7*a3+9*a4*t2)))
	y := t * (a1 + a2*t2 + t6*(a3+a4*t2))
	return point{1000 + x*1000/2.7067, 470 - y*1000/2.7067}
}

// drawn writes a ring as a path of whole numbers, without what is too small to be
// seen.
func drawn(ring []point) string {
	const finest = 2
	var b strings.Builder
	last := point{math.Inf(1), 0}
	n := 0
	for _, p := range ring {
		p = point{math.Round(p.x), math.Round(p.y)}
		dx, dy := p.x-last.x, p.y-last.y
		switch {
		case n == 0:
			fmt.Fprintf(&b, "M%.0f %.0f", p.x, p.y)
		case math.Abs(dx) < finest && math.Abs(dy) < finest:
			continue
		case n == 1:
			fmt.Fprintf(&b, "l%.0f %.0f", dx, dy)
		default:
			fmt.Fprintf(&b, " %.0f %.0f", dx, dy)
		}
		last = p
		n++
	}
	if n < 3 {
		return ""
	}
	return strings.ReplaceAll(b.String(), " -", "-") + "z"
}

func area(ring []point) (sum float64) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		sum += p.x*q.y - q.x*p.y
	}
	return sum / 2
}

// centre returns the centre of gravity of a ring.
func centre(ring []point) (c point) {
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		w := (p.x*q.y - q.x*p.y) / (6 * area(ring))
		c.x, c.y = c.x+(p.x+q.x)*w, c.y+(p.y+q.y)*w
	}
	return c
}
