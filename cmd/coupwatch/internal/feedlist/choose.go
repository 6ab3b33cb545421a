package feedlist

import (
	"errors"
	"fmt"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

// errNone is that somebody wants none of what there is.
var errNone = errors.New("nothing was added")

// choose shows the candidates and returns which one somebody wants. Where nobody
// can be asked, it is the only one, if none other was found.
func (d *Desk) choose(all []discover.Candidate, rules *matcher.Rules, found int) (int, error) {
	all = all[:min(len(all), 'p'-'a')] // letters before q, which is for none
	for i, c := range all {
		d.show(string(rune('a'+i)), factsOf(c, d.Now), rules)
		d.Screen.WriteString("\n")
	}
	if d.Key == nil {
		if found == 1 {
			return 0, nil
		}
		return 0, errors.Join(d.flush(), errors.New("there are several, and nobody to choose; give the address of one, or --yes for the first"))
	}
	letters := "a"
	if len(all) > 1 {
		letters = fmt.Sprintf("a to %c", 'a'+len(all)-1)
	}
	d.Screen.WriteString("Which one? " + letters + ", q for none: ")
	if err := d.flush(); err != nil {
		return 0, err
	}
	for {
		key, err := d.Key()
		if err != nil {
			return 0, err
		}
		switch i := int(key) - 'a'; {
		case i >= 0 && i < len(all):
			fmt.Fprintf(d.Out, "%c\n", key)
			return i, nil
		case key == 'q' || key == 'n' || key == ctrlC || key == escape:
			fmt.Fprintln(d.Out, "none")
			return 0, errNone
		}
	}
}

// Keys that say no.
const (
	ctrlC  = 3
	escape = 27
)
