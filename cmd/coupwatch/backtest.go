package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/backtest"
	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// backtestOptions are what backtest is asked for.
type backtestOptions struct {
	since     string // from when stored items are replayed
	diff      string // another rules file, or ""
	events    string // a file that says of which event items tell, or ""
	limited   bool
	maxPerDay float64 // if limited
	asJSON    bool
}

func backtestCommand(p *program) *cobra.Command {
	var o backtestOptions
	cmd := &cobra.Command{
		Use:   "backtest [FILE…]",
		Short: "Show what a desk would have heard of items of the past",
		Long: `Backtest takes items of the past through the rules and the stories as the daemon
does, in order of time, and shows what people would have heard: stories, alerts
a day, the busiest rules and terms, and on whom the top stories rest. Nothing is
stored or sent. It decides about an item at the moment when it was published,
so that none is too old to be told.

The items are those in the database, by default of the last 30 days, or those in
files, which are as match reads them and need not be in order. A feed that the
rules file does not name has its host for a publisher.

With --diff it shows which stories people would hear of that they would not have
heard of by another rules file, and the reverse. With --max-per-day it exits
with 1 if there are more alerts a day, on average. With --json it prints one
object for each report, in order of time: what became of it, and in which story.

With --events, a file with the columns id and event, it also says how well the
stories are these events, by B-cubed: of all their items, of those of all events
but the largest, and of the largest alone, for one event of many reports may be
most of the figure (leave-one-event-out). And it names the events of three items
or more of which people did not hear by the third, in a story of their own.`,
		Example: `  coupwatch backtest --since 30d
  coupwatch backtest --rules new.yaml --diff rules.yaml --since 12w
  coupwatch backtest --max-per-day 4 archive.jsonl.gz
  coupwatch backtest --json archive.jsonl.gz | jq 'select(.kind == "new")'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.limited = cmd.Flags().Changed("max-per-day"); o.limited && !(o.maxPerDay >= 0) {
				return usageError{fmt.Errorf("--max-per-day %v should be a number of alerts, such as 3.5", o.maxPerDay)}
			}
			if len(args) > 0 && cmd.Flags().Changed("since") {
				return usageError{errors.New("--since is for items in the database; name it or files, not both")}
			}
			return p.backtest(cmd.Context(), args, o)
		},
	}
	cmd.Flags().StringVar(&o.since, "since", "30d", "replay stored items from then on: 30d, 2w, 36h or 2026-08-22")
	cmd.Flags().StringVar(&o.diff, "diff", "", "another rules file to compare with")
	cmd.Flags().StringVar(&o.events, "events", "", "file that says of which event items tell: how well do stories hold them")
	cmd.Flags().Float64Var(&o.maxPerDay, "max-per-day", 0, "exit with 1 if there are more alerts a day, on average")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print one JSON object for each report")
	return cmd
}

// backtest replays items and shows what people would have heard.
func (p *program) backtest(ctx context.Context, files []string, o backtestOptions) error {
	defer debug.SetGCPercent(debug.SetGCPercent(50)) // months of news are kept at once
	var events map[string]string
	if o.events != "" {
		var err error
		if events, err = backtest.ReadEvents(o.events); err != nil {
			return err
		}
	}
	rules, err := p.backtestRules(o.diff)
	if err != nil {
		return err
	}
	past, err := p.readPast(ctx, files, o.since, rules, events)
	if err != nil {
		return err
	}
	after := backtest.NewOutcome(past)
	w := bufio.NewWriter(p.out)
	if o.asJSON {
		after.Each = backtest.StepWriter(w)
	}
	var folding *backtest.Folding
	if events != nil {
		folding = backtest.NewFolding(events, past.Times)
		after.Each = folding.Following(after.Each)
	}
	if err := p.decide(ctx, rules[0], past.Reports[0], after, o.asJSON); err != nil {
		return err
	}
	var before *backtest.Outcome
	if o.diff != "" {
		before = backtest.NewOutcome(past)
		if err := p.decide(ctx, rules[1], past.Reports[1], before, false); err != nil {
			return err
		}
	}
	switch {
	case !o.asJSON:
		s := p.newScreen()
		answers.Backtest{Rules: p.Rules, After: after, Folding: folding, Other: o.diff, Before: before, Limited: o.limited, MaxPerDay: o.maxPerDay}.Show(s)
		err = s.Show(p.out)
	case before != nil:
		err = backtest.WriteChanges(w, backtest.Compare(before, after))
	}
	if o.asJSON && folding != nil {
		err = errors.Join(err, backtest.WriteFolding(w, folding.Figures()))
	}
	if err = errors.Join(err, w.Flush()); err != nil {
		return err
	}
	if o.limited && after.AlertsPerDay() > o.maxPerDay {
		return fmt.Errorf("%.2f alerts a day are more than the %g of --max-per-day", after.AlertsPerDay(), o.maxPerDay)
	}
	return nil
}

// backtestRules reads the rules file, and the one to compare with unless it is
// "".
func (p *program) backtestRules(diff string) ([]*matcher.Rules, error) {
	var all []*matcher.Rules
	for _, file := range []string{p.Rules, diff} {
		if file == "" {
			continue
		}
		rules, err := readRules(file)
		if err != nil {
			return nil, err
		}
		all = append(all, rules)
	}
	return all, nil
}

// readPast matches the items in files, or else those in the database, with the
// rules. It notes when those of the events were published.
func (p *program) readPast(ctx context.Context, files []string, since string, rules []*matcher.Rules, events map[string]string) (*backtest.Past, error) {
	from, err := parseSince(since, time.Now())
	if err != nil {
		return nil, err
	}
	progress, stop := p.showProgress("matched", files)
	defer stop()
	r := backtest.NewReader(rules, progress)
	r.Note(events)
	if len(files) > 0 {
		err = r.Files(ctx, files)
	} else {
		err = p.replayStored(ctx, r, from)
	}
	if err != nil {
		return nil, err
	}
	past, err := r.Past()
	switch {
	case err != nil && len(files) == 0:
		return nil, fmt.Errorf("%w in %s since %s; start coupwatch, or name files with items", err, settings.ShownURL(p.Database), from.Format(time.DateOnly))
	case err != nil:
		return nil, fmt.Errorf("%s: %w", strings.Join(files, ", "), err)
	}
	return past, nil
}

func (p *program) replayStored(ctx context.Context, r *backtest.Reader, from time.Time) error {
	db, err := p.openStored(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	return r.Stored(ctx, db, from)
}

// decide decides about reports. How far it is shows what is printed, if it is.
func (p *program) decide(ctx context.Context, rules *matcher.Rules, reports []*news.Report, o *backtest.Outcome, printed bool) error {
	var m *archive.Meter
	if !printed || !terminal.IsTerminal(p.out) {
		var stop func()
		m, stop = p.showProgress("decided about", nil)
		defer stop()
	}
	return o.Decide(ctx, rules.Policy(), reports, m)
}
