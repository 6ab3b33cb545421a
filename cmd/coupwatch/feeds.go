package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/news"
)

func feedsCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "feeds",
		Short: "Show the state of each feed",
		Long: `Feeds shows, for each feed, when it was last read with success, when it is read
next, how many items of it are stored, and what is wrong with it. Feeds with a
problem come first.`,
		Example: `  coupwatch feeds`,
		Args:    noArguments,
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
			if len(feeds) == 0 {
				fmt.Fprintf(p.out, "No feed was read yet. Start coupwatch, or try: coupwatch run --once\n")
				return nil
			}
			return p.showFeeds(feeds, time.Now())
		},
	}
}

func (p *program) showFeeds(feeds []news.FeedState, now time.Time) error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FEED\tSTATE\tLAST GOOD\tNEXT\tITEMS\tPROBLEM")
	for _, sick := range []bool{true, false} {
		for _, f := range feeds {
			if (f.Problem != "") == sick {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\n", cut(f.Name, 32), feedState(f), ago(f.LastGood, now), until(f.NextAt, now), f.Items, cut(f.Problem, 160))
			}
		}
	}
	return w.Flush()
}

// feedState says in a word how a feed is.
func feedState(f news.FeedState) string {
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

func ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return short(now.Sub(t)) + " ago"
}

func until(t, now time.Time) string {
	if !t.After(now) {
		return "due"
	}
	return "in " + short(t.Sub(now))
}

// short writes a duration by its largest unit.
func short(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return strings.TrimSuffix(max(d, 0).Round(time.Second).String(), "m0s")
}
