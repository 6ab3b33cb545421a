// Package handlestest is a desk for tests of the pages of package handles: it does
// nothing, and remembers what it was asked to do.
package handlestest

import (
	"context"
	"fmt"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/handles"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// Hostile is a text from outside that tries to be more than one.
const Hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>` + "\u202e\u0000"

// A Desk is one whose deeds a test reads. All outside texts that it has are Hostile.
type Desk struct {
	Did    []string // what was done
	Mutes  []handles.Mute
	Labels []handles.Label
	Owed   map[string]handles.Alert // by id
	Refuse handles.Refusal          // refuses what changes something, if it is not ""
	Err    error                    // fails what is asked
	More   bool                     // there are more alerts
	Next   *news.Digest             // the next digest; nil for a small one

	out bool // the report was taken out
}

// New returns a desk that owes some alerts.
func New() *Desk {
	return &Desk{Owed: map[string]handles.Alert{
		"story/s/slack/new": {ID: "story/s/slack/new", State: "owed", Channel: "slack", Kind: news.New, Story: "s", Title: Hostile, Owed: noon, Due: noon, Problem: Hostile},
		"doubt":             {ID: "doubt", State: "owed", Channel: "slack", Kind: news.New, Title: "Perhaps", Doubt: true, Owed: noon},
		"late":              {ID: "late", State: "summary", Channel: "slack", Kind: news.New, Title: "Late", Summary: "sum", Owed: noon, Ended: noon},
		"lost":              {ID: "lost", State: "failed", Channel: Hostile, Kind: news.Daily, Title: "digest", Owed: noon, Ended: noon, Problem: "no such channel"},
		"sent":              {ID: "sent", State: "sent", Channel: "slack", Kind: news.New, Title: "Told", Owed: noon, Ended: noon},
	}}
}

func (d *Desk) do(format string, args ...any) error {
	if d.Refuse != "" {
		return d.Refuse
	}
	d.Did = append(d.Did, fmt.Sprintf(format, args...))
	return d.Err
}

// Handled implements [handles.Desk].
func (d *Desk) Handled(_ context.Context, story string) (handles.Handled, bool, error) {
	return handles.Handled{
		ID: story, Mutes: d.Mutes, Labels: d.Labels, Rule: "Coup " + Hostile,
		Strays: []handles.Stray{{Item: "x", Title: Hostile, Story: story, Own: "s-own", By: Hostile, At: noon}, {Title: "Came", Story: "s-other", Own: story}},
	}, story != "none", d.Err
}

// Report implements [handles.Desk].
func (d *Desk) Report(_ context.Context, story, item string) (handles.Report, bool, error) {
	return handles.Report{Item: item, Title: Hostile, Publisher: Hostile, At: noon, Matched: true}, item == "x", d.Err
}

// TakeOut implements [handles.Desk].
func (d *Desk) TakeOut(_ context.Context, story, item, by string) (handles.Taken, error) {
	taken := handles.Taken{Stray: handles.Stray{Item: item, Title: Hostile, Story: story, Own: "s-own", By: "ada", At: noon}, Before: d.out}
	if d.out {
		return taken, d.Err
	}
	d.out = d.Refuse == ""
	return taken, d.do("%s takes %s out of %s", by, item, story)
}

// Label implements [handles.Desk].
func (d *Desk) Label(_ context.Context, story, by string, relevant bool) (string, error) {
	return "Noted.", d.do("%s says of %s: %v", by, story, relevant)
}

// Unlabel implements [handles.Desk].
func (d *Desk) Unlabel(_ context.Context, story, by string) (bool, error) {
	return true, d.do("%s takes back %s", by, story)
}

// Muted implements [handles.Desk].
func (d *Desk) Muted(context.Context) ([]handles.Mute, error) { return d.Mutes, d.Err }

// Mute implements [handles.Desk].
func (d *Desk) Mute(_ context.Context, m news.Mute) ([]handles.Mute, error) {
	err := d.do("%s mutes %q for %s: %s", m.By, m.Story+m.Rule+m.Entity+m.Feed, time.Until(m.Until).Round(time.Minute), m.Why)
	return []handles.Mute{{Kind: "story", ID: m.Story, Name: Hostile, Until: m.Until}}, err
}

// Unmute implements [handles.Desk].
func (d *Desk) Unmute(_ context.Context, m news.Mute) (bool, error) {
	return len(d.Did) == 0, d.do("unmutes %q", m.Story+m.Rule+m.Entity+m.Feed)
}

// Mutable implements [handles.Desk].
func (d *Desk) Mutable() []handles.Choice {
	return []handles.Choice{{Kind: "rule", ID: "coup", Name: Hostile}}
}

// Alerts implements [handles.Desk].
func (d *Desk) Alerts(_ context.Context, q handles.Query) (owed handles.Owed, err error) {
	for _, a := range d.Owed {
		if (q.State == "" || q.State == a.State) && (q.Channel == "" || q.Channel == a.Channel) && (q.Story == "" || q.Story == a.Story) {
			owed.Alerts = append(owed.Alerts, a)
		}
	}
	owed.More = d.More
	owed.Channels = []handles.Channel{{Name: "slack", Owed: 2, Lost: 1, Since: noon, Problem: Hostile, Failures: 3, Next: noon}}
	return owed, d.Err
}

// Alert implements [handles.Desk].
func (d *Desk) Alert(_ context.Context, id string) (handles.Alert, bool, error) {
	a, found := d.Owed[id]
	return a, found, d.Err
}

// Retry implements [handles.Desk].
func (d *Desk) Retry(_ context.Context, id string) error { return d.do("retries %s", id) }

// RetryChannel implements [handles.Desk].
func (d *Desk) RetryChannel(_ context.Context, channel string) (int, error) {
	return 2, d.do("retries all of %s", channel)
}

// Drop implements [handles.Desk].
func (d *Desk) Drop(_ context.Context, id, by, why string) error {
	return d.do("%s drops %s: %s", by, id, why)
}

// DropChannel implements [handles.Desk].
func (d *Desk) DropChannel(_ context.Context, channel, by, why string) (int, error) {
	return 1, d.do("%s drops all of %s: %s", by, channel, why)
}

// Preview implements [handles.Desk].
func (d *Desk) Preview(context.Context) (news.Digest, error) {
	if d.Next != nil {
		return *d.Next, d.Err
	}
	s := news.Story{ID: "s", Headline: Hostile, Severity: news.High, Status: news.Claim, Reports: 3, FirstSeen: noon, LastSeen: noon, Origins: []news.Origin{{Name: Hostile, Via: []string{Hostile}}}}
	return news.Digest{
		Date: "2026-08-22", From: noon.AddDate(0, 0, -1), To: noon, Stories: []news.Story{s}, Muted: []news.Story{s}, More: 3, Older: 1,
		Items: 1200, Reports: 30, Feeds: 9, Sick: []news.FeedState{{Feed: news.Feed{Name: Hostile}, Problem: Hostile, Failures: 9}},
		Almost: []news.NearMiss{{Title: Hostile, Link: "javascript:alert(1)", Publisher: Hostile, Rule: "coup", Missing: Hostile}}, Days: []news.Day{{Date: "2026-08-21", Stories: 4, Told: 1}},
	}, d.Err
}

// Past implements [handles.Desk].
func (d *Desk) Past(context.Context) ([]handles.Past, error) {
	return []handles.Past{{Key: "2026-08-21T05:00Z", Due: noon, Channels: []string{"slack", Hostile}, Sent: noon}}, d.Err
}

// Digest implements [handles.Desk].
func (d *Desk) Digest(ctx context.Context, key string) (news.Digest, bool, error) {
	digest, err := d.Preview(ctx)
	return digest, key == "2026-08-21T05:00Z", err
}

// DigestText implements [handles.Desk].
func (d *Desk) DigestText(news.Digest) (string, error) { return "the text " + Hostile, d.Err }

// Status implements [handles.Desk].
func (d *Desk) Status(context.Context) (handles.Status, error) {
	return handles.Status{
		Version: "1.2", Go: "go1.26", Started: noon, Wrong: []string{Hostile}, Rules: handles.RulesStatus{Version: "abc", Loaded: noon, Problem: Hostile, Rules: 4},
		Database: handles.StoreStatus{Where: Hostile, Bytes: 4_100_000, Free: 9e9, Problem: Hostile, Since: noon},
		Channels: []handles.SeenChannel{{Name: Hostile, Tested: noon, Problem: Hostile, Owed: 2}, {Name: "console", Printed: true}, {Name: "slack"}},
		Jobs:     []handles.Job{{Name: "read feeds", Every: "@every 1m", Began: noon, Took: 1234 * time.Millisecond, Times: 3, Problem: Hostile}, {Name: "prune", Every: "@daily"}},
	}, d.Err
}
