package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/feedlist"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

func feedsCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "feeds",
		Short: "Show the state of each feed",
		Long: `Feeds shows, for each feed, its state (see docs/feeds.md), its language, when it
was last read with success and last brought something new, how often it usually
does, how large it is, how many items of it are stored, its schedule and what pace
it found by one that says auto, when it is read next, and what is wrong with it.
Feeds with a problem come first. With --json it prints one object a feed. If nothing can be recorded,
since the disk is full or the database is locked, it says so and exits with 1.`,
		Example: `  coupwatch feeds
  coupwatch feeds --json | jq 'select(.state != "fresh" and .state != "quiet") | .url'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			feeds, err := db.Feeds(cmd.Context())
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				return answers.WriteFeeds(p.out, feeds, time.Now())
			case len(feeds) == 0:
				fmt.Fprintf(p.out, "No feed was read yet. Start coupwatch, or try: coupwatch run --once\n")
			default:
				answers.Feeds(p.out, feeds, time.Now())
			}
			if problem := db.Probe(cmd.Context()); problem != "" {
				return fmt.Errorf("nothing can be recorded: %s", problem)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a feed")
	cmd.SuggestionsMinimumDistance = 2
	cmd.AddCommand(feedlist.Commands(p.feedDesk, asUsage)...)
	return cmd
}

// feedPage returns the feeds of the rules in use as the page changes them. In a dry
// run nothing is changed.
func (p *program) feedPage(d *desk, mode mode) *feedlist.Page {
	reload := p.reload(d.use, d.db, d.ops, d.reading)
	written := func(ctx context.Context) {
		if err := reload(ctx); err != nil {
			p.log.Warn("rules not read again yet", "err", err) // the job does in a moment
		}
	}
	return feedlist.NewPage(p.Rules, d.use.File, p.EditRules && !mode.dry, fetch.New(p.fetching()), p.abroad(), written)
}

// abroad returns what fetches what pages name on other hosts.
func (p *program) abroad() *fetch.HTTP {
	return fetch.New(fetch.Options{UserAgent: p.userAgent(), Proxy: p.ProxyFor()})
}

// feedDesk returns the desk at which feeds are looked after.
func (p *program) feedDesk() *feedlist.Desk {
	return &feedlist.Desk{
		Out: p.out, Err: p.err, Rules: p.Rules, Screen: p.newScreen(), Now: time.Now(),
		Key:    terminal.Keys(os.Stdin, p.out),
		Fetch:  fetch.New(p.fetching()),
		Abroad: p.abroad(),
	}
}
