// Coupwatch watches the world's news for coups, coup rumours, mutinies, plots,
// purges and defections, and tells a desk in Slack and by email.
//
// The program is the function run: a table of jobs on one database. Most other
// files of this package are one command each; what commands say stands in
// internal/answers, what they say it on in internal/terminal, what they read in
// internal/source, what may come next on a command line in internal/completion,
// what an operator decides in internal/settings, and the parts of the daemon in
// internal/daemon.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	_ "time/tzdata" // zones of rules.yaml, also where the system has none

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/finding"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/health"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/keep"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/manual"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/people"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

// Exit codes: an answer of no, such as a rules file with problems, is failed.
const (
	ok     = 0
	failed = 1
	usage  = 2
)

func main() { os.Exit(realMain()) }

// realMain runs the command line and returns the exit code. It is apart from
// main so that tests can run the whole program.
func realMain() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := rootCommand()
	err := root.ExecuteContext(ctx)
	var wrong usageError
	var problems matcher.Problems
	switch {
	case err == nil || ctx.Err() != nil && errors.Is(err, context.Canceled):
		return ok
	case errors.As(err, &problems): // their places come first, so that editors find them
		fmt.Fprintln(os.Stderr, news.Redact(problems.Error()))
		return failed
	case errors.As(err, &wrong):
		fmt.Fprintf(os.Stderr, "coupwatch: %s\n", news.Redact(err.Error()))
		return usage
	}
	fmt.Fprintf(os.Stderr, "coupwatch: %s\n", news.Redact(err.Error()))
	return failed
}

// A usageError is a mistake on the command line or in the settings.
type usageError struct{ error }

func asUsage(err error) error { return usageError{err} }

// program is what all commands share.
type program struct {
	settings.Settings
	out io.Writer // answers
	err io.Writer // what is not an answer
	log *slog.Logger
}

func rootCommand() *cobra.Command {
	p := &program{}
	root := &cobra.Command{
		Use:   "coupwatch",
		Short: "Watch the world's news for coups, mutinies, plots, purges and defections",
		Long: `Coupwatch watches news feeds for coups, coup rumours, mutinies, plots, purges
and defections, and tells a desk of analysts in Slack, by email or right here.

Without a command it does what "coupwatch run" does.`,
		Example: `  coupwatch                       watch the feeds of ./rules.yaml
  coupwatch demo                  see it at work, with no network and no account
  coupwatch check                 is rules.yaml without mistakes?
  coupwatch explain article.txt   what matches here, and why`,
		Args:          noArguments,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return p.start(cmd)
		},
	}
	root.SuggestionsMinimumDistance = 2
	runs := runCommand(p)
	root.RunE = runs.RunE
	root.Flags().AddFlagSet(runs.Flags())
	root.PersistentFlags().String("rules", "", "rules file (COUPWATCH_RULES, default rules.yaml)")
	root.PersistentFlags().String("database", "", "database (DATABASE_URL, default sqlite:coupwatch.db)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%s; see %s --help", flagProblem(err), cmd.CommandPath())}
	})
	for _, group := range []struct {
		id, title string
		commands  []*cobra.Command
	}{
		{"watch", "Watch and tell:", []*cobra.Command{runs, demoCommand(p), feedsCommand(p), digestCommand(p), outboxCommand(p), retryCommand(p), dropCommand(p), health.Command(p.daemon, noArguments), testCommand(p), doctorCommand(p), slackDoubleCommand(p)}},
		{"keep", "Keep the database:", keep.Commands(p.keepDesk, asUsage)},
		{"people", "Who may use the page:", people.Commands(p.peopleDesk, asUsage)},
		{"stories", "What was told, and why:", []*cobra.Command{storiesCommand(p), storyCommand(p), whyCommand(p), finding.Command(func() *finding.Desk { return &finding.Desk{Out: p.out, Screen: p.newScreen, Open: p.openWithRules} }, asUsage), muteCommand(p), mutesCommand(p), unmuteCommand(p)}},
		{"rules", "Write rules and try them:", []*cobra.Command{checkCommand(p), explainCommand(p), matchCommand(p), namesCommand(p), readCommand(p), backtestCommand(p), replayCommand(p), rulesCommand(p)}},
	} {
		root.AddGroup(&cobra.Group{ID: group.id, Title: group.title})
		for _, command := range group.commands {
			command.GroupID = group.id
		}
		root.AddCommand(group.commands...)
	}
	root.AddCommand(append(manual.Commands(version, asUsage), versionCommand(p))...)
	p.complete(root)
	refuseHelp(root)
	return root
}

// refuseHelp has help of what is no command say so: it showed that of the program.
func refuseHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	help, _, err := root.Find([]string{"help"})
	if err != nil || help == root {
		return
	}
	help.Args = func(_ *cobra.Command, args []string) error {
		found, rest, err := root.Find(args)
		if err != nil {
			return usageError{err}
		}
		return noArguments(found, rest)
	}
}

// flagProblem says what is wrong with a flag, without the names of functions.
func flagProblem(err error) string {
	var number *strconv.NumError
	if errors.As(err, &number) {
		return strings.Replace(err.Error(), number.Error(), "write a number", 1)
	}
	return err.Error()
}

// exactlyOne wants one argument, and says which.
func exactlyOne(which string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 || strings.TrimSpace(args[0]) == "" {
			return usageError{fmt.Errorf("%s; see %s --help", which, cmd.CommandPath())}
		}
		return nil
	}
}

// noArguments refuses arguments, and names the command that was perhaps meant.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usageError{fmt.Errorf("unknown command %q; did you mean %q?", args[0], near[0])}
	}
	return usageError{fmt.Errorf("unknown command or argument %q; see %s --help", args[0], cmd.CommandPath())}
}

// start reads the settings and makes the log, for every command.
func (p *program) start(cmd *cobra.Command) (err error) {
	if p.Settings, err = settings.Read(settings.Environment); err != nil {
		return usageError{fmt.Errorf("the settings are not right:\n%w", err)}
	}
	for name, field := range map[string]*string{"rules": &p.Rules, "database": &p.Database} {
		if v, _ := cmd.Flags().GetString(name); v != "" {
			*field = v
		}
	}
	p.out, p.err = cmd.OutOrStdout(), cmd.ErrOrStderr()
	p.log = newLog(p.err, p.Settings)
	return nil
}

func newLog(w io.Writer, s settings.Settings) *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel, ReplaceAttr: withoutLogins}
	if s.LogJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// withoutLogins keeps the logins of addresses out of what is logged.
func withoutLogins(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value.Any().(type) {
	case string:
		a.Value = slog.StringValue(news.Redact(v))
	case error:
		a.Value = slog.StringValue(news.Redact(v.Error()))
	}
	return a
}
