package chart

import (
	"fmt"
	"html/template"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A Dot is a report: when it was published, and how firmly it tells the story.
type Dot struct {
	At     time.Time
	Status news.Status
	Copy   bool // of what was told before
}

// lanes are where reports stand, the highest first.
var lanes = []news.Status{news.Denied, news.Official, news.Reported, news.Claim, news.Rumour}

const (
	laneX    = 92  // where the lanes begin
	laneEnd  = 948 // and end
	laneTop  = 44
	laneHigh = 30
)

// A course is being drawn.
type course struct {
	from, to time.Time
	Lanes    []label
	Ticks    []label
	Dots     []placed
	Marks    []placed // when people were told
	Steps    string   // the line of the story's own status
	Height   int
	Width    int
	Foot     int // where the lanes end
}

type label struct {
	X, Y int
	Text string
}

type placed struct {
	X, Y  int
	Class string
}

// Course draws how a story went: each report at its time, in the lane of how
// firmly it tells the story; how firmly the story stood; and when people were
// told.
func Course(dots []Dot, steps []news.Step, told []time.Time) template.HTML {
	c := course{Width: 960, Foot: laneTop + laneHigh*len(lanes)}
	c.Height = c.Foot + 24
	if !c.span(dots, steps, told) {
		return ""
	}
	for i, s := range lanes {
		c.Lanes = append(c.Lanes, label{0, laneTop + laneHigh*i + laneHigh/2, s.String()})
	}
	c.ticks()
	for i, d := range dots {
		if lane := laneOf(d.Status); lane >= 0 {
			spread := (i%5)*3 - 6 // so that those of one moment are seen to be several
			c.Dots = append(c.Dots, placed{c.x(d.At), c.Lanes[lane].Y + spread, map[bool]string{true: "copy", false: "own"}[d.Copy]})
		}
	}
	c.climb(steps)
	for _, at := range told {
		c.Marks = append(c.Marks, placed{X: c.x(at), Y: laneTop - 14})
	}
	return draw("course.svg", c)
}

// span sets from when to when the picture goes, and reports whether there is
// anything to draw.
func (c *course) span(dots []Dot, steps []news.Step, told []time.Time) bool {
	all := slices.Clone(told)
	for _, d := range dots {
		all = append(all, d.At)
	}
	for _, s := range steps {
		all = append(all, s.At)
	}
	if len(all) == 0 {
		return false
	}
	c.from, c.to = slices.MinFunc(all, time.Time.Compare), slices.MaxFunc(all, time.Time.Compare)
	if c.to.Sub(c.from) < time.Hour {
		c.to = c.from.Add(time.Hour)
	}
	return true
}

// x returns where a time stands.
func (c *course) x(at time.Time) int {
	return laneX + int(float64(laneEnd-laneX)*float64(at.Sub(c.from))/float64(c.to.Sub(c.from)))
}

// ticks writes a handful of round times.
func (c *course) ticks() {
	long := c.to.Sub(c.from)
	every := 15 * time.Minute
	for _, e := range []time.Duration{30 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 168 * time.Hour, 672 * time.Hour} {
		if long/every > 7 {
			every = e
		}
	}
	form := "15:04"
	if long > 20*time.Hour {
		form = "2 Jan 15:04"
	}
	if every >= 24*time.Hour {
		form = "2 Jan"
	}
	for at := c.from.UTC().Truncate(every).Add(every); at.Before(c.to); at = at.Add(every) {
		if x := c.x(at); x < laneEnd-30 && x > laneX+20 {
			c.Ticks = append(c.Ticks, label{x, c.Foot + 18, at.Format(form)})
		}
	}
}

// climb draws the line of how firmly the story stood.
func (c *course) climb(steps []news.Step) {
	for i, s := range steps {
		lane := laneOf(s.Status)
		switch {
		case lane < 0 || s.Withdrawn:
		case c.Steps == "":
			c.Steps = fmt.Sprintf("M%d %d", c.x(s.At), c.Lanes[lane].Y)
		default:
			c.Steps += fmt.Sprintf("H%dV%d", c.x(steps[i].At), c.Lanes[lane].Y)
		}
	}
	if c.Steps != "" {
		c.Steps += fmt.Sprintf("H%d", laneEnd)
	}
}

func laneOf(s news.Status) int { return slices.Index(lanes, s) }
