package answers

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// roomyOutbox is from how many columns on a line has room for all of an alert.
const roomyOutbox = 180

// Outbox shows alerts and the channels that are in trouble. On a narrow terminal
// what they are about stands on lines of its own.
func Outbox(s *terminal.Screen, channels []outbox.Channel, alerts []outbox.Delivery, now time.Time) {
	if len(alerts) == 0 {
		s.WriteString("No alert was owed yet.\n")
		return
	}
	for _, c := range channels {
		s.Wrapped(0, fmt.Sprintf("%s is in trouble since %s UTC, tried %s: %s", terminal.Safe(c.Name), terminal.Moment(c.Since), terminal.Times(c.Failures), terminal.Safe(c.Problem)))
	}
	roomy := !s.Terminal || s.Columns >= roomyOutbox
	t := terminal.NewTable("llllrll", "STATE", "WHEN", "CHANNEL", "KIND", "TRIES")
	if roomy {
		t.Add("WHAT", "ALERT")
	}
	for _, d := range alerts {
		t.Row(d.State(), deliveryWhen(d, now), terminal.Safe(terminal.Cut(d.Channel, 28)), string(d.Kind), fmt.Sprint(d.Attempts))
		if roomy {
			t.Add(alertWhat(d), d.ID)
		}
	}
	for i, row := range t.Lines() {
		s.Line(0, row)
		if !roomy && i > 0 { // ids are there to be copied, so they stay whole
			s.Wrapped(2, alertWhat(alerts[i-1]))
			s.WriteString("  " + alerts[i-1].ID + "\n")
		}
	}
}

// alertWhat says what an alert is about and why it was not sent, if it was not.
func alertWhat(d outbox.Delivery) string {
	what := terminal.Safe(terminal.Cut(AlertTitle(d.Alert), 60))
	if d.Problem != "" {
		what += " – " + terminal.Safe(terminal.Cut(d.Problem, 100))
	}
	return what
}

// deliveryWhen says when an alert was sent or given up, or is tried next.
func deliveryWhen(d outbox.Delivery, now time.Time) string {
	switch {
	case !d.Sent.IsZero():
		return terminal.Ago(d.Sent, now)
	case !d.Failed.IsZero():
		return terminal.Ago(d.Failed, now)
	}
	return terminal.Until(d.DueAt, now)
}

// AlertTitle is what an alert is about, on one line.
func AlertTitle(a news.Alert) string {
	switch {
	case a.Kind == news.Daily && a.Digest != nil:
		return "digest of " + a.Digest.Date
	case a.Kind == news.Notice:
		return a.Notice
	case a.Kind == news.Late:
		return "summary of what came too late"
	}
	return a.Story.Headline
}

// An outboxLine is an alert as outbox --json prints it.
type outboxLine struct {
	ID       string    `json:"id"`
	State    string    `json:"state"`
	Channel  string    `json:"channel"`
	Kind     news.Kind `json:"kind"`
	Story    string    `json:"story,omitempty"`
	Title    string    `json:"title"`
	Reason   string    `json:"reason,omitempty"`
	Attempts int       `json:"attempts"`
	Problem  string    `json:"problem,omitempty"`
	Summary  string    `json:"summary,omitempty"` // id of the alert that tells it instead
	Owed     time.Time `json:"owed"`
	Due      time.Time `json:"due,omitzero"`
	Sent     time.Time `json:"sent,omitzero"`
	Failed   time.Time `json:"failed,omitzero"`
}

// WriteOutbox writes a line of JSON for each alert.
func WriteOutbox(w io.Writer, alerts []outbox.Delivery) error {
	out := json.NewEncoder(w)
	for _, d := range alerts {
		line := outboxLine{d.ID, d.State(), d.Channel, d.Kind, d.Story.ID, AlertTitle(d.Alert), d.Reason, d.Attempts, d.Problem, d.Summary, d.Owed, d.DueAt, d.Sent, d.Failed}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
