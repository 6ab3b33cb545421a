package answers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// sickFirst returns feeds in their order, but those with a problem before those
// without, the gravest first.
func sickFirst(feeds []news.FeedState, now time.Time) []news.FeedState {
	rank := func(f news.FeedState) int {
		switch state := f.State(now); {
		case state.Wrong():
			return -2 * state.Grave()
		case f.Why(now) != "":
			return -1
		}
		return 0
	}
	return slices.SortedStableFunc(slices.Values(feeds), func(a, b news.FeedState) int { return cmp.Compare(rank(a), rank(b)) })
}

// Feeds writes a table of feeds, those with a problem first, and how many there are
// in each state.
func Feeds(w io.Writer, feeds []news.FeedState, now time.Time) {
	t := terminal.NewTable("lllllrrrlll", "FEED", "STATE", "LANGUAGE", "LAST GOOD", "LAST NEW", "USUALLY", "SIZE", "ITEMS", "SCHEDULE", "NEXT", "NOTE")
	for _, f := range sickFirst(feeds, now) {
		t.Row(terminal.Safe(terminal.Cut(cmp.Or(f.Name, f.URL), 32)), FeedState(f, now), terminal.Dash(f.Language), terminal.Ago(f.LastGood, now), terminal.Ago(f.LastNew, now), terminal.Dash(f.Silence().Every()),
			terminal.Bytes(f.Size), terminal.Thousands(f.Items), terminal.Safe(terminal.Cut(schedule(f), 24)), terminal.Until(nextReading(f, now), now), terminal.Safe(terminal.Cut(note(f, now), 160)))
	}
	t.Write(w, "")
	fmt.Fprintf(w, "\nfeeds: %s\n", news.CountStates(feeds, now))
}

// A listedFeed is a feed as feeds --json prints it.
type listedFeed struct {
	URL       string     `json:"url"`
	ID        string     `json:"id"` // in the address of its page
	Name      string     `json:"name"`
	Publisher string     `json:"publisher"`
	Language  string     `json:"language,omitempty"`
	Schedule  string     `json:"schedule"`
	Pace      *float64   `json:"pace_seconds,omitempty"`  // between two readings, as an adaptive schedule has found it
	Usual     *float64   `json:"usual_seconds,omitempty"` // between two items
	Wish      *float64   `json:"wish_seconds,omitempty"`  // between two readings, as the publisher wants it
	Tags      []string   `json:"tags"`
	State     news.State `json:"state"`
	Problem   string     `json:"problem,omitempty"`
	Failures  int        `json:"failures"` // in a row
	Items     int        `json:"items"`    // stored
	Bytes     int        `json:"bytes"`    // of the last whole answer
	LastRead  *time.Time `json:"last_read"`
	LastGood  *time.Time `json:"last_good"`
	LastNew   *time.Time `json:"last_new"`
	Next      *time.Time `json:"next"`
	Every     *float64   `json:"every_seconds,omitempty"` // between two items on the average, what came at once counted once; none if it is not known
	Silent    *time.Time `json:"silent_since"`            // when something came last, within ten minutes
	Late      *time.Time `json:"late"`                    // from when on its silence is too long
	Gap       *time.Time `json:"possible_gap"`            // when nothing of it was known any more, for a day; null if it was
	MovedTo   string     `json:"moved_to,omitempty"`      // where it is read, since its server says so for good
	HeldUntil *time.Time `json:"held_until"`              // when its host wants to be asked again; null if next is earlier or no later
	Hub       string     `json:"hub,omitempty"`           // that the feed names
	Pushed    *time.Time `json:"pushed_since"`            // since when it comes from there; null if it does not
	PushNote  string     `json:"push_note,omitempty"`     // how it comes from there, or why it does not
}

// WriteFeeds writes a line of JSON for each feed, those with a problem first.
func WriteFeeds(w io.Writer, feeds []news.FeedState, now time.Time) error {
	lines := json.NewEncoder(w)
	for _, f := range sickFirst(feeds, now) {
		if err := lines.Encode(FeedJSON(f, now)); err != nil {
			return err
		}
	}
	return nil
}

// FeedJSON returns a feed as feeds --json prints it.
func FeedJSON(f news.FeedState, now time.Time) any {
	silence := f.Silence()
	return listedFeed{
		ID: news.FeedID(f.URL), Pace: secondsOrNone(pace.Found(f)), Usual: secondsOrNone(pace.Usual(f.Recent)), Wish: secondsOrNone(f.Wish),
		URL: f.URL, Name: f.Name, Publisher: f.Publisher, Language: f.Language, Schedule: f.Schedule, Tags: List(f.Tags),
		State: f.State(now), Problem: whyNot(f, now), Every: secondsOrNone(silence.Mean()), Silent: OrNull(silence.Since), Late: OrNull(silence.Late), Gap: OrNull(openGap(f, now)),
		Failures: f.Failures, Items: f.Items, Bytes: f.Size,
		LastRead: OrNull(f.LastRead), LastGood: OrNull(f.LastGood), LastNew: OrNull(f.LastNew), Next: OrNull(nextReading(f, now)), HeldUntil: OrNull(heldUntil(f, now)), MovedTo: movedTo(f),
		Hub: f.Hub.URL, Pushed: OrNull(pushedSince(f, now)), PushNote: f.PushNote(now),
	}
}

// movedTo returns the new address of a feed that has moved, "" for none.
func movedTo(f news.FeedState) string {
	if f.Moved.Settled() {
		return f.Moved.To
	}
	return ""
}

// pushedSince returns since when a feed comes from its hub, zero if it does not.
func pushedSince(f news.FeedState, now time.Time) time.Time {
	if f.Push.On(now) {
		return f.Push.Since
	}
	return time.Time{}
}

// schedule returns the schedule of a feed, and what pace it has found by one that
// leaves it open.
func schedule(f news.FeedState) string {
	if found := pace.Found(f); found > 0 {
		return f.Schedule + ": " + terminal.Duration(found)
	}
	return f.Schedule
}

// secondsOrNone returns a time in seconds, nil for none.
func secondsOrNone(d time.Duration) *float64 {
	if d <= 0 {
		return nil
	}
	s := d.Seconds()
	return &s
}

// nextReading returns when the feed is read next.
func nextReading(f news.FeedState, now time.Time) time.Time {
	if until := heldUntil(f, now); !until.IsZero() {
		return until
	}
	return f.NextAt
}

// heldUntil returns until when the feed waits for its host beyond its own time,
// and for longer than the gap between two readings; zero if it does not.
func heldUntil(f news.FeedState, now time.Time) time.Time {
	if f.HeldUntil.After(f.NextAt) && f.HeldUntil.Sub(now) > time.Minute {
		return f.HeldUntil
	}
	return time.Time{}
}

// openGap returns when the feed had a gap if that is of the last day, else zero.
func openGap(f news.FeedState, now time.Time) time.Time {
	if f.Signs.Gap.Open(now) {
		return f.Signs.Gap.At
	}
	return time.Time{}
}

// note says what is wrong with a feed, else how it comes from its hub; "" if there is
// nothing to say.
func note(f news.FeedState, now time.Time) string {
	return cmp.Or(whyNot(f, now), f.PushNote(now))
}

// whyNot says what is wrong with a feed, "" if nothing is.
func whyNot(f news.FeedState, now time.Time) string {
	why := f.Why(now)
	if until := heldUntil(f, now); why == "" && !until.IsZero() {
		return "its server asked to be left alone until " + until.Format("2 January 15:04 UTC")
	}
	return why
}

// FeedState says in a word how a feed is at now, and how often in a row it failed.
func FeedState(f news.FeedState, now time.Time) string {
	if f.Failures > 0 {
		return fmt.Sprintf("%s, failed %d×", f.State(now), f.Failures)
	}
	return string(f.State(now))
}
