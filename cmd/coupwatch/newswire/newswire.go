// Package newswire serves an invented newswire: a dozen outlets that do not
// exist, in a country that does not exist, over three days that never were.
// The demo watches it, and so does the test of the whole program.
package newswire

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"
)

//go:embed newswire.txt
var source string

//go:embed rules.yaml
var rules string

// Rules returns the rules file for the newswire when it is served at base,
// such as "http://127.0.0.1:8080".
func Rules(base string) string { return strings.ReplaceAll(rules, "http://newswire.example", base) }

// Country is where all of it happens.
const Country = "Velmaria (invented)"

// Length is how long the story of the newswire takes.
const Length = 72 * time.Hour

// An Outlet is one publisher with one feed.
type Outlet struct {
	ID       string // the last part of its feed's URL
	Name     string
	Language string
	Format   string // "rss", "rss-1251", "atom" or "json": how its feed is written
}

// An Item is one piece of an outlet's news.
type Item struct {
	Outlet  string        // its ID
	At      time.Duration // since the beginning
	Title   string
	Summary string
	Link    string // path below the outlet, made from its place in the wire
}

// A Wire is a newswire.
type Wire struct {
	Outlets []Outlet
	Items   []Item // in order of time
}

// Load returns the newswire.
func Load() (Wire, error) { return parse(source) }

// parse reads a newswire: lines "outlet: ID | name | language | format", and
// items, "day 1 09:14 | ID | title | summary". What begins with "#" is for
// readers.
func parse(src string) (Wire, error) {
	var w Wire
	n := 0
	for line := range strings.Lines(src) {
		n++
		var fields []string
		for f := range strings.SplitSeq(strings.TrimSpace(line), "|") {
			fields = append(fields, strings.TrimSpace(f))
		}
		outlet, isOutlet := strings.CutPrefix(fields[0], "outlet:")
		var err error
		switch {
		case fields[0] == "" || strings.HasPrefix(fields[0], "#"):
		case len(fields) != 4:
			err = fmt.Errorf("%d fields instead of four", len(fields))
		case isOutlet:
			w.Outlets = append(w.Outlets, Outlet{strings.TrimSpace(outlet), fields[1], fields[2], fields[3]})
		default:
			err = w.addItem(fields)
		}
		if err != nil {
			return Wire{}, fmt.Errorf("newswire: line %d: %w", n, err)
		}
	}
	slices.SortStableFunc(w.Items, func(a, b Item) int { return int(a.At - b.At) })
	return w, nil
}

func (w *Wire) addItem(fields []string) error {
	outlet := fields[1]
	if !slices.ContainsFunc(w.Outlets, func(o Outlet) bool { return o.ID == outlet }) {
		return fmt.Errorf("no outlet is called %q", outlet)
	}
	var day, hour, minute int
	if _, err := fmt.Sscanf(fields[0], "day %d %d:%d", &day, &hour, &minute); err != nil {
		return fmt.Errorf("%q is no time: %w", fields[0], err)
	}
	at := time.Duration(day-1)*24*time.Hour + time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	w.Items = append(w.Items, Item{outlet, at, fields[2], fields[3], fmt.Sprintf("%s/%d", outlet, len(w.Items)+1)})
	return nil
}
