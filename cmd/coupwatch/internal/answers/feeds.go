package answers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// sickFirst returns feeds in their order, but those with a problem before those
// without.
func sickFirst(feeds []news.FeedState) []news.FeedState {
	rank := func(f news.FeedState) int {
		if f.Problem != "" {
			return 0
		}
		return 1
	}
	return slices.SortedStableFunc(slices.Values(feeds), func(a, b news.FeedState) int { return cmp.Compare(rank(a), rank(b)) })
}

// Feeds writes a table of feeds, those with a problem first.
func Feeds(w io.Writer, feeds []news.FeedState, now time.Time) {
	t := terminal.NewTable("lllllrrlll", "FEED", "STATE", "LANGUAGE", "LAST GOOD", "LAST NEW", "SIZE", "ITEMS", "SCHEDULE", "NEXT", "PROBLEM")
	for _, f := range sickFirst(feeds) {
		t.Row(terminal.Safe(terminal.Cut(cmp.Or(f.Name, f.URL), 32)), FeedState(f), terminal.Dash(f.Language), terminal.Ago(f.LastGood, now), terminal.Ago(f.LastNew, now),
			terminal.Bytes(f.Size), terminal.Thousands(f.Items), terminal.Safe(terminal.Cut(schedule(f), 24)), terminal.Until(nextReading(f, now), now), terminal.Safe(terminal.Cut(whyNot(f, now), 160)))
	}
	t.Write(w, "")
}

// A listedFeed is a feed as feeds --json prints it.
type listedFeed struct {
	URL       string     `json:"url"`
	Name      string     `json:"name"`
	Publisher string     `json:"publisher"`
	Language  string     `json:"language,omitempty"`
	Schedule  string     `json:"schedule"`
	Pace      *float64   `json:"pace_seconds,omitempty"`  // between two readings, as an adaptive schedule has found it
	Usual     *float64   `json:"usual_seconds,omitempty"` // between two items
	Wish      *float64   `json:"wish_seconds,omitempty"`  // between two readings, as the publisher wants it
	Tags      []string   `json:"tags"`
	State     string     `json:"state"` // "ok", "new", "odd" or "failed"
	Problem   string     `json:"problem,omitempty"`
	Failures  int        `json:"failures"` // in a row
	Items     int        `json:"items"`    // stored
	Bytes     int        `json:"bytes"`    // of the last whole answer
	LastRead  *time.Time `json:"last_read"`
	LastGood  *time.Time `json:"last_good"`
	LastNew   *time.Time `json:"last_new"`
	Next      *time.Time `json:"next"`
	MovedTo   string     `json:"moved_to,omitempty"` // where it is read, since its server says so for good
	HeldUntil *time.Time `json:"held_until"`         // when its host wants to be asked again; null if next is earlier or no later
}

// WriteFeeds writes a line of JSON for each feed, those with a problem first.
func WriteFeeds(w io.Writer, feeds []news.FeedState, now time.Time) error {
	lines := json.NewEncoder(w)
	for _, f := range sickFirst(feeds) {
		state, _, _ := strings.Cut(FeedState(f), " ")
		err := lines.Encode(listedFeed{
			Pace: secondsOrNone(pace.Found(f)), Usual: secondsOrNone(pace.Usual(f.Recent)), Wish: secondsOrNone(f.Wish),
			URL: f.URL, Name: f.Name, Publisher: f.Publisher, Language: f.Language, Schedule: f.Schedule, Tags: List(f.Tags),
			State: state, Problem: f.Problem, Failures: f.Failures, Items: f.Items, Bytes: f.Size,
			LastRead: OrNull(f.LastRead), LastGood: OrNull(f.LastGood), LastNew: OrNull(f.LastNew), Next: OrNull(nextReading(f, now)), HeldUntil: OrNull(heldUntil(f, now)), MovedTo: movedTo(f),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// movedTo returns the new address of a feed that has moved, "" for none.
func movedTo(f news.FeedState) string {
	if f.Moved.Settled() {
		return f.Moved.To
	}
	return ""
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

// whyNot says what is wrong with a feed, "" if nothing is.
func whyNot(f news.FeedState, now time.Time) string {
	if until := heldUntil(f, now); f.Problem == "" && !until.IsZero() {
		return "its server asked to be left alone until " + until.Format("2 January 15:04 UTC")
	}
	if f.Problem == "" && f.Moved.Settled() {
		return "it has moved; write into rules.yaml: url: " + f.Moved.To
	}
	return f.Problem
}

// FeedState says in a word how a feed is.
func FeedState(f news.FeedState) string {
	switch {
	case f.LastRead.IsZero():
		return "new"
	case f.Failures > 0:
		return fmt.Sprintf("failed %d×", f.Failures)
	case f.Problem != "":
		return "odd"
	}
	return "ok"
}
