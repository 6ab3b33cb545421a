package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func outboxCommand(p *program) *cobra.Command {
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "outbox",
		Short: "Show the alerts that are owed, and what became of the latest",
		Long: `Outbox lists alerts: first those that are owed, being sent or given up, with the
reason, then those that were sent, each the latest first. "summary" is what came
too late to be told by itself and waits in a summary.

As long as a channel is in trouble, all that is owed over it stays owed, and it
is tried again, at first after a minute and at last every hour. An alert that was
given up stays until it is older than the retention; retry makes it owed again,
drop gives up one that is owed.`,
		Example: `  coupwatch outbox
  coupwatch retry story/s-1f3a          the first letters are enough
  coupwatch retry --channel slack       the token was mended: send all at once
  coupwatch drop story/s-1f3a`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			alerts, err := db.Outbox(cmd.Context(), limit)
			if err != nil {
				return err
			}
			if asJSON {
				return p.outboxJSON(alerts)
			}
			channels, err := db.Troubles(cmd.Context())
			if err != nil {
				return err
			}
			return p.showOutbox(channels, alerts, time.Now())
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "how many alerts to show at the most")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object an alert")
	return cmd
}

// roomyOutbox is from how many columns on a line has room for all of an alert.
const roomyOutbox = 180

func (p *program) showOutbox(channels []store.Channel, alerts []store.Delivery, now time.Time) error {
	if len(alerts) == 0 {
		fmt.Fprintln(p.out, "No alert was owed yet.")
		return nil
	}
	s := p.newScreen()
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
	return s.Show(p.out)
}

// alertWhat says what an alert is about and why it was not sent, if it was not.
func alertWhat(d store.Delivery) string {
	what := terminal.Safe(terminal.Cut(alertTitle(d.Alert), 60))
	if d.Problem != "" {
		what += " – " + terminal.Safe(terminal.Cut(d.Problem, 100))
	}
	return what
}

// deliveryWhen says when an alert was sent or given up, or is tried next.
func deliveryWhen(d store.Delivery, now time.Time) string {
	switch {
	case !d.Sent.IsZero():
		return terminal.Ago(d.Sent, now)
	case !d.Failed.IsZero():
		return terminal.Ago(d.Failed, now)
	}
	return terminal.Until(d.DueAt, now)
}

// alertTitle is what an alert is about, on one line.
func alertTitle(a news.Alert) string {
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

func (p *program) outboxJSON(alerts []store.Delivery) error {
	out := json.NewEncoder(p.out)
	for _, d := range alerts {
		line := outboxLine{d.ID, d.State(), d.Channel, d.Kind, d.Story.ID, alertTitle(d.Alert), d.Reason, d.Attempts, d.Problem, d.Summary, d.Owed, d.DueAt, d.Sent, d.Failed}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// givenUpLately is how far back retry --all and --channel look for alerts that
// were given up.
const givenUpLately = 30 * 24 * time.Hour

func retryCommand(p *program) *cobra.Command {
	var all bool
	var channel string
	cmd := p.onAlerts("retry", "Make alerts due now that are owed or were given up",
		`Retry makes each alert due now, as if it had never been tried. An id, as outbox
shows it, may be cut short as long as one alert alone begins with it.

With --channel all alerts of a channel are due now that are owed, or were given
up within the last month but for what a person dropped, and a pause of the
channel ends. With --all those of all channels are. What is owed for more than a
day comes as one summary.`,
		func(cmd *cobra.Command, db *store.DB, id string) error {
			d, err := db.RetryAlert(cmd.Context(), id, time.Now())
			if err == nil {
				fmt.Fprintf(p.out, "%s is due now\n", d.ID)
			}
			return err
		})
	one := cmd.RunE
	cmd.Flags().BoolVar(&all, "all", false, "all alerts that are owed or were given up")
	cmd.Flags().StringVar(&channel, "channel", "", "all of this channel, such as slack or email:desk@example.org")
	cmd.Example += "\n  coupwatch retry --channel slack\n  coupwatch retry --all"
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !all && channel == "" {
			return one(cmd, args)
		}
		return p.ofChannel(cmd, args, func(db *store.DB) error {
			now := time.Now()
			n, err := db.RetryChannel(cmd.Context(), channel, now.Add(-givenUpLately), now)
			if err == nil {
				fmt.Fprintf(p.out, "%s due now\n", countBe(n, "alert"))
			}
			return err
		})
	}
	return cmd
}

func dropCommand(p *program) *cobra.Command {
	var channel string
	cmd := p.onAlerts("drop", "Give up alerts that are owed",
		`Drop gives up each alert, so that it is never sent; outbox still shows it, and
retry makes it owed again. An id, as outbox shows it, may be cut short as long
as one alert alone begins with it. With --channel it gives up all that is owed
over a channel that is there no longer, such as an address that was changed.`,
		func(cmd *cobra.Command, db *store.DB, id string) error {
			d, err := db.DropAlert(cmd.Context(), id, droppedByHand, time.Now())
			if err == nil {
				fmt.Fprintf(p.out, "%s is dropped\n", d.ID)
			}
			return err
		})
	one := cmd.RunE
	cmd.Flags().StringVar(&channel, "channel", "", "all of this channel, such as email:gone@example.org")
	cmd.Example += "\n  coupwatch drop --channel email:gone@example.org"
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if channel == "" {
			return one(cmd, args)
		}
		return p.ofChannel(cmd, args, func(db *store.DB) error {
			n, err := db.DropChannel(cmd.Context(), channel, droppedByHand, time.Now())
			if err == nil {
				fmt.Fprintf(p.out, "%s dropped\n", countBe(n, "alert"))
			}
			return err
		})
	}
	return cmd
}

// droppedByHand is the reason that outbox shows.
const droppedByHand = "dropped by hand"

// countBe writes a number of things and what they are: "3 alerts are".
func countBe(n int, thing string) string {
	if n == 1 {
		return terminal.Count(n, thing) + " is"
	}
	return terminal.Count(n, thing) + " are"
}

// ofChannel does something to the alerts of a channel, with none named.
func (p *program) ofChannel(cmd *cobra.Command, args []string, do func(*store.DB) error) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("name alerts, or give --channel or --all, not both")}
	}
	db, err := p.openStored(cmd.Context())
	if err != nil {
		return err
	}
	defer db.Close()
	return do(db)
}

// onAlerts returns a command that does something to each alert named.
func (p *program) onAlerts(name, short, long string, do func(*cobra.Command, *store.DB, string) error) *cobra.Command {
	return &cobra.Command{
		Use:     name + " ALERT…",
		Short:   short,
		Long:    long,
		Example: "  coupwatch " + name + " story/s-1f3a",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{fmt.Errorf("no alert named; coupwatch outbox lists them")}
			}
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			for _, id := range args {
				if err := do(cmd, db, id); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
