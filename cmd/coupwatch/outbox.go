package main

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/notify"
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
				return answers.WriteOutbox(p.out, alerts)
			}
			channels, err := db.Troubles(cmd.Context())
			if err != nil {
				return err
			}
			s := p.newScreen()
			answers.Outbox(s, channels, alerts, time.Now())
			return s.Show(p.out)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 50, "how many alerts to show at the most")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object an alert")
	return cmd
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
				p.note(cmd.Context(), db, "made the alert "+d.ID+" due now")
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
				p.note(cmd.Context(), db, fmt.Sprintf("made %s of %s due now", terminal.Count(n, "alert"), cmp.Or(channel, "all channels")))
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
				p.note(cmd.Context(), db, "dropped the alert "+d.ID)
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
				p.note(cmd.Context(), db, fmt.Sprintf("dropped %s of %s", terminal.Count(n, "alert"), channel))
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

func digestCommand(p *program) *cobra.Command {
	var html bool
	cmd := &cobra.Command{
		Use:   "digest --preview",
		Short: "Show the digest as it would be sent now",
		Long: `Digest shows what the next daily digest would say if it were sent now: what has
been told since the last one. Nothing is sent.`,
		Example: `  coupwatch digest --preview
  coupwatch digest --preview --html > digest.html`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules, db, err := p.openWithRules(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			use := &daemon.InUse{File: matcher.Hold(rules), MailTo: p.MailTo}
			digest := notify.NewDigest(db, use.Policy)
			digest.Almost = daemon.NearMisses{Use: use, DB: db, Log: p.log}.Find
			d, err := digest.Preview(cmd.Context(), time.Now())
			if err != nil {
				return err
			}
			if html {
				return notify.DigestHTML(p.out, d, p.onScreen(p.style(use)))
			}
			return notify.DigestText(p.out, d, p.onScreen(p.style(use)))
		},
	}
	cmd.Flags().Bool("preview", true, "print it; the daemon sends the real one when it is due")
	cmd.Flags().BoolVar(&html, "html", false, "print the HTML part of the mail")
	return cmd
}
