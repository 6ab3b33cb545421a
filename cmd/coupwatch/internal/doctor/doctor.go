// Package doctor looks over what has to be right so that a desk hears of a coup:
// the rules, the database, the disk, the clock, the feeds and what is owed. What
// channels say comes from package notify. It only looks.
package doctor

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/notify"
)

// A Ward is what was found about one matter, such as the database.
type Ward struct {
	Name     string
	Findings []notify.Finding
}

// good is a finding that something is right.
func good(what, format string, args ...any) notify.Finding {
	return notify.Finding{What: what, Seen: true, Says: fmt.Sprintf(format, args...)}
}

// unseen is a finding that something could not be seen.
func unseen(what, format string, args ...any) notify.Finding {
	return notify.Finding{What: what, Says: fmt.Sprintf(format, args...)}
}

// bad is a finding that something is wrong; err says what to do.
func bad(what string, err error) notify.Finding { return notify.Finding{What: what, Err: err} }

// Show prints a ward, a line for each finding, and returns how many things are
// wrong.
func (w Ward) Show(to io.Writer) (wrong int) {
	fmt.Fprintln(to, terminal.Safe(w.Name))
	for _, f := range w.Findings {
		word, says := say(f)
		if f.Err != nil {
			wrong++
		}
		fmt.Fprintf(to, "  %-6s %s: %s\n", word, f.What, terminal.Safe(says))
	}
	return wrong
}

// say returns a finding as people read it.
func say(f notify.Finding) (word, says string) {
	switch {
	case f.Err != nil:
		return "WRONG", f.Err.Error()
	case f.Seen:
		return "ok", f.Says
	default:
		return "?", f.Says
	}
}

// WriteJSON prints a JSON object for each finding, and returns how many things
// are wrong.
func (w Ward) WriteJSON(to io.Writer) (wrong int, err error) {
	enc := json.NewEncoder(to)
	for _, f := range w.Findings {
		word, says := say(f)
		if f.Err != nil {
			wrong++
		}
		state := map[string]string{"WRONG": "wrong", "?": "unknown", "ok": "ok"}[word]
		if err := enc.Encode(line{w.Name, f.What, state, says}); err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

type line struct {
	Ward  string `json:"ward"`
	What  string `json:"what"`
	State string `json:"state"` // ok, wrong or unknown
	Says  string `json:"says"`
}
