package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/completion"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/replay"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/notify/slack"
	"github.com/coupwatch/coupwatch/store"
)

// replayOptions are what replay is asked for.
type replayOptions struct {
	from, to string        // days or moments, "" for the archive's first and last
	warm     time.Duration // played before from without a word
	speed    string        // how many times faster than life, or "max"
	atOnce   bool          // each item is read when it is published
	slack    string        // a channel, "" for none
	pace     time.Duration // of messages to Slack; 0 for what Slack allows
	keep     bool          // the database of --database is used
	asJSON   bool
}

func replayCommand(p *program) *cobra.Command {
	var o replayOptions
	cmd := &cobra.Command{
		Use:   "replay ARCHIVE…",
		Short: "Play an archive through the whole program, and see each message",
		Long: `Replay plays news of the past through the daemon's own parts at a clock of its
own: each item is read when its feed would have been, matched, folded into its
story and recorded in a database, and what is owed goes out when it is due, with
gathering, quiet hours, limits and digests as rules.yaml has them. It prints each
message as a desk would have seen it, with the time at which it would have come,
and at the end what there was of each story. The same archive and rules always
give the same messages, however fast the machine is.

An archive is as match reads it: JSON Lines, also packed by gzip. A feed that the
rules file does not name has its host for a publisher and is read every five
minutes. Before --from, a week is played without a word, so that the program
remembers what it would have; what follows in the thread of a story that was told
then is left out.

The database is a temporary one, unless --database names a new file, in which
stories, story and why can be asked afterwards. Nothing is sent, unless
--to-slack names a channel: then messages are posted there too, with
SLACK_BOT_TOKEN, and to no other channel, whatever rules.yaml says.

A backtest is faster and counts; a replay shows what people would have read.`,
		Example: `  coupwatch replay archive.jsonl.gz --from 2023-06-23 --to 2023-06-25
  coupwatch replay archive.jsonl.gz --from 2023-06-24T12:00 --to 2023-06-24T20:00 --speed 600
  coupwatch replay archive.jsonl.gz --json | jq 'select(.kind == "new")'
  coupwatch replay archive.jsonl.gz --to-slack "#rehearsal"`,
		Args: atLeastOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.keep = cmd.Flags().Changed("database")
			return p.replay(cmd.Context(), args, o)
		},
	}
	cmd.Flags().StringVar(&o.from, "from", "", "the first day, or moment in UTC: 2023-06-23 or 2023-06-23T18:00")
	cmd.Flags().StringVar(&o.to, "to", "", "the last day, or the moment at which to stop reading")
	cmd.Flags().DurationVar(&o.warm, "warm", 7*24*time.Hour, "how much is played before --from without a word")
	cmd.Flags().StringVar(&o.speed, "speed", "max", "how many times faster than life, such as 600, or max")
	completion.Flag(cmd, "speed", "max", "1", "60", "600")
	cmd.Flags().BoolVar(&o.atOnce, "at-once", false, "read each item the moment it was published, as backtest does, not when its feed is due")
	cmd.Flags().StringVar(&o.slack, "to-slack", "", "post to this Slack channel as well")
	cmd.Flags().BoolVar(&o.asJSON, "json", false, "print one JSON object for each message, and one that sums up")
	return cmd
}

// replay plays the archive that files hold.
func (p *program) replay(ctx context.Context, files []string, o replayOptions) error {
	when, err := replay.ParsePlaytime(o.from, o.to, o.warm)
	if err != nil {
		return usageError{err}
	}
	speed, err := replay.ParseSpeed(o.speed)
	if err != nil {
		return usageError{err}
	}
	p.LogLevel = max(p.LogLevel, slog.LevelWarn) // what is sent is printed anyway
	p.log = newLog(p.err, p.Settings)
	file, err := matcher.Open(p.Rules, p.log)
	if err != nil {
		return err
	}
	meter, stop := p.showProgress("read", files)
	a, err := replay.Read(ctx, files, file.Current(), when, o.atOnce, meter)
	stop()
	if err != nil {
		return err
	}
	db, release, err := p.openReplay(ctx, o.keep)
	if err != nil {
		return err
	}
	defer release()
	tape, err := p.newTape(o, &daemon.InUse{File: file})
	if err != nil {
		return err
	}
	tape.Since = when.From
	pl := replay.NewPlayer(tape, db, speed, p.log, p.showPlaying)
	err = pl.Play(ctx, a)
	if err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("replay: %w", err)
	}
	return errors.Join(pl.SumUp(a), err)
}

// openReplay opens a temporary database, or the new one that the user named.
func (p *program) openReplay(ctx context.Context, keep bool) (db *store.DB, release func(), err error) {
	address, clean := p.Database, func() {}
	if !keep {
		dir, err := os.MkdirTemp("", "coupwatch-replay-")
		if err != nil {
			return nil, nil, err
		}
		address, clean = "sqlite:"+filepath.Join(dir, "replay.db"), func() { os.RemoveAll(dir) }
	}
	if db, err = store.Open(ctx, address); err != nil {
		clean()
		return nil, nil, err
	}
	release = func() { db.Close(); clean() }
	feeds, err := db.Feeds(ctx)
	if err == nil && len(feeds) > 0 {
		err = usageError{fmt.Errorf("%s is in use already; a replay needs a database of its own: name a new file with --database", settings.ShownURL(address))}
	}
	if err != nil {
		release()
		return nil, nil, err
	}
	return db, release, nil
}

// showPlaying is showProgress for so many items.
func (p *program) showPlaying(items int) (m *archive.Meter, stop func()) {
	if terminal.IsTerminal(p.out) || !terminal.IsTerminal(p.err) { // what is printed there shows how far it is
		return nil, func() {}
	}
	m = &archive.Meter{}
	m.Expect(items)
	return m, terminal.ShowProgress(p.err, m, "played", "items", 1)
}

// newTape returns what takes the messages of a replay by the rules of use, whose channels
// it becomes.
func (p *program) newTape(o replayOptions, use *daemon.InUse) (*replay.Tape, error) {
	t := &replay.Tape{Out: p.out, Coloured: p.coloured(), Columns: p.columns(), Use: use, AsJSON: o.asJSON}
	t.Style = p.onScreen(p.style(use))
	t.Style.Page = nil // there is none of a replay
	if o.slack != "" {
		if p.SlackToken == "" {
			return nil, usageError{errors.New("--to-slack needs SLACK_BOT_TOKEN; without the flag messages are printed")}
		}
		t.Slack = slack.NewBot(string(p.SlackToken), o.slack, slack.Options{Style: t.Style, API: p.SlackAPI, Pace: o.pace})
	}
	use.Channels = t.Channels()
	return t, nil
}
