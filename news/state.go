package news

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A State says in a word how a feed is. Each feed has one: the gravest that is true.
type State string

// The states, the gravest last.
const (
	FeedNew     State = "new"     // never read yet
	FeedFresh   State = "fresh"   // it brought something not long ago
	FeedQuiet   State = "quiet"   // it brings nothing, as is usual for the hour
	FeedMoved   State = "moved"   // its server says that it lies elsewhere for good, where it is read
	FeedForeign State = "foreign" // its texts are not in the language that it, or rules.yaml, says
	FeedUndated State = "undated" // most of its items have no date
	FeedPartial State = "partial" // it is cut off, carries far fewer items than it did, or cuts its texts
	FeedLate    State = "late"    // it brings nothing for longer than its cadence allows
	FeedEmpty   State = "empty"   // it carries no items
	FeedBlocked State = "blocked" // its server refuses to let us read it
	FeedDead    State = "dead"    // it has failed for long, or is gone
)

// States are all states, the gravest last.
var States = []State{FeedNew, FeedFresh, FeedQuiet, FeedMoved, FeedForeign, FeedUndated, FeedPartial, FeedLate, FeedEmpty, FeedBlocked, FeedDead}

// Grave returns the place of a state in [States]; -1 for none of them.
func (s State) Grave() int {
	for i, x := range States {
		if x == s {
			return i
		}
	}
	return -1
}

// Wrong reports whether somebody should look after a feed in that state.
func (s State) Wrong() bool { return s.Grave() > FeedMoved.Grave() }

// Signs are what tells how a feed is beside how its last readings went. The zero
// value is that nothing is known.
type Signs struct {
	Ails    State   `json:"ails,omitempty"`   // [FeedForeign], [FeedUndated], [FeedPartial] or [FeedEmpty], as it was when it was last read in full; "" for none of them
	Fails   State   `json:"fails,omitempty"`  // [FeedBlocked], or [FeedDead] if it is gone for good, as of the last attempt; "" if that worked or failed otherwise
	Content Content `json:"content,omitzero"` // what it usually carries
	Gap     Gap     `json:"gap,omitzero"`     // what of it may have been missed
	Silence Silence `json:"silence,omitzero"` // how long it has brought nothing
}

// A Content is what a feed usually carries. The zero value is that it was never read.
type Content struct {
	Since  time.Time `json:"since,omitzero"` // when it was measured first
	At     time.Time `json:"at,omitzero"`    // and last
	Fewest float64   `json:"fewest"`         // items in its document, lately, when they were fewest
	Length float64   `json:"length"`         // characters of the texts of an item, on the average of hundreds
	Lately float64   `json:"lately"`         // of about ten
	Dated  float64   `json:"dated"`          // the share of items with a date, of about ten

	WasDated bool `json:"was_dated,omitempty"` // most had one at some time
}

// A Gap is that a feed carried, at a reading, nothing that was known from the one
// before: what stood in it in between and fell out may have been missed. The zero
// value is that this never was.
type Gap struct {
	From  time.Time     `json:"from,omitzero"` // the reading before
	At    time.Time     `json:"at,omitzero"`   // the reading
	Span  time.Duration `json:"span"`          // how far back its items went; 0 if they have no dates
	Times int           `json:"times"`         // how often in a row, with less than a day in between
}

// A Told is what operators know of a feed. The zero value is nothing.
type Told struct {
	State   State     `json:"state,omitempty"`   // the wrong one that they heard of; [FeedFresh] if that is over, "" if they heard of none
	Trouble string    `json:"trouble,omitempty"` // what they heard of, perhaps with other feeds, until all of those are well; "" for nothing
	Since   time.Time `json:"since,omitzero"`    // when they did
	As      State     `json:"as,omitempty"`      // as what they heard of it, even if it is well by now
	Text    string    `json:"text,omitempty"`    // and what
	Turning State     `json:"turning,omitempty"` // the state that it has and of which they have not heard yet; "" for none
	Turned  time.Time `json:"turned,omitzero"`   // since when it has it
}

// GapLasts is how long a feed with a gap is read faster, and it is said.
const GapLasts = 24 * time.Hour

// Open reports whether a gap is of the last day.
func (g Gap) Open(now time.Time) bool { return !g.At.IsZero() && now.Sub(g.At) < GapLasts }

// Longest times for which a feed may fail without more being said.
const (
	failsLong  = 24 * time.Hour
	failsNever = 3 // attempts, if none ever worked
)

// Silence returns how long the feed has brought nothing. If nothing was learned of
// it, since it was silent all the while, a week is too long.
func (f FeedState) Silence() Silence {
	if f.Signs.Silence.Since.IsZero() && !f.LastNew.IsZero() {
		return Silence{Since: f.LastNew, Quiet: f.LastNew.Add(24 * time.Hour), Late: f.LastNew.Add(7 * 24 * time.Hour)}
	}
	return f.Signs.Silence
}

// State returns how the feed is at now.
func (f FeedState) State(now time.Time) State {
	ails, silence := f.Signs.Ails, f.Silence()
	switch {
	case f.LastRead.IsZero():
		return FeedNew
	case f.Failures > 0 && f.Signs.Fails != "":
		return f.Signs.Fails
	case f.Failures > 0 && !f.LastGood.IsZero() && now.Sub(f.LastGood) > failsLong:
		return FeedDead
	case f.LastGood.IsZero() && f.Failures >= failsNever:
		return FeedDead
	case f.LastGood.IsZero():
		return FeedNew
	case ails == FeedEmpty:
		return FeedEmpty
	case !silence.Late.IsZero() && f.LastGood.After(silence.Late):
		return FeedLate
	case ails != "":
		return ails
	case f.Moved.Settled():
		return FeedMoved
	case !silence.Quiet.IsZero() && f.LastGood.After(silence.Quiet):
		return FeedQuiet
	}
	return FeedFresh
}

// StateCounts are how many feeds are in each state.
type StateCounts map[State]int

// CountStates counts feeds by the states that they have at now.
func CountStates(feeds []FeedState, now time.Time) StateCounts {
	counts := StateCounts{}
	for _, f := range feeds {
		counts[f.State(now)]++
	}
	return counts
}

// String returns such as "104 fresh, 3 late", the states in which nothing is wrong
// first and then the gravest; "none" if there are no feeds.
func (c StateCounts) String() string {
	var parts []string
	add := func(s State) {
		if n := c[s]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, s))
		}
	}
	for _, s := range []State{FeedFresh, FeedQuiet, FeedNew, FeedMoved} {
		add(s)
	}
	for _, s := range slices.Backward(States) {
		if s.Wrong() {
			add(s)
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// Sickness says how much is wrong with the feed at now, for a list in which that comes
// first: the graver its state the more; less if it only fails, or has something to
// say; 0 if nothing is.
func (f FeedState) Sickness(now time.Time) int {
	switch state := f.State(now); {
	case state.Wrong():
		return 3 + state.Grave()
	case f.Failures > 0:
		return 2
	case f.Why(now) != "":
		return 1
	}
	return 0
}

// WorstFirst sorts feeds by their [FeedState.Sickness] at now, the worst first; those
// alike stay in their order.
func WorstFirst(feeds []*FeedState, now time.Time) {
	sickness := make(map[*FeedState]int, len(feeds))
	for _, f := range feeds {
		sickness[f] = f.Sickness(now)
	}
	slices.SortStableFunc(feeds, func(a, b *FeedState) int { return sickness[b] - sickness[a] })
}

// Why says in one line what is to be said of the feed in the state that it has at
// now, "" if nothing is.
func (f FeedState) Why(now time.Time) string {
	switch state := f.State(now); {
	case state == FeedLate:
		return f.Silence().String()
	case f.Problem == "" && state == FeedMoved:
		return "it has moved; write into rules.yaml: url: " + f.Moved.To
	case f.Problem == "" && f.Signs.Gap.Open(now):
		return f.Signs.Gap.String()
	}
	return f.Problem
}

// String says since when nothing has come, and how long that usually takes.
func (s Silence) String() string {
	text := "nothing new since " + s.Since.UTC().Format("2 January 15:04 UTC")
	if s.Known {
		text += fmt.Sprintf(", where something usually comes within %s", Roughly(s.Usual.Sub(s.Since)))
	}
	return text
}

// String says what may have been missed.
func (g Gap) String() string {
	text := fmt.Sprintf("possible gap: nothing that it carried at %s stood in it any more at %s", g.From.UTC().Format("2 January 15:04"), g.At.UTC().Format("15:04 UTC"))
	if g.At.Sub(g.From) >= 12*time.Hour {
		text = fmt.Sprintf("possible gap: nothing that it carried at %s stood in it any more at %s", g.From.UTC().Format("2 January 15:04"), g.At.UTC().Format("2 January 15:04 UTC"))
	}
	return text
}

// Roughly returns a time in one unit, with a half where that says something: "40
// min", "1.5 h", "3 days".
func Roughly(d time.Duration) string {
	halves := func(unit time.Duration) float64 { return float64((2*d+unit/2)/unit) / 2 }
	switch {
	case d < 55*time.Minute:
		return fmt.Sprintf("%d min", max(1, int(d.Round(time.Minute)/time.Minute)))
	case d < 10*time.Hour:
		return fmt.Sprintf("%v h", halves(time.Hour))
	case d < 47*time.Hour:
		return fmt.Sprintf("%d h", int(d.Round(time.Hour)/time.Hour))
	case d < 10*24*time.Hour:
		return fmt.Sprintf("%v days", halves(24*time.Hour))
	}
	return fmt.Sprintf("%d days", int(d.Round(24*time.Hour)/(24*time.Hour)))
}
