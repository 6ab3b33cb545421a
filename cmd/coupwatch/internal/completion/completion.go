// Package completion tells a shell what may come next on a command line: ids of
// stories, alerts, rules and entities, and names of feeds, each with what people
// call it. Somebody waits for it with a finger on a key, so it looks at the latest
// only, gives up soon, and is silent about whatever goes wrong.
package completion

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/store"
)

// A Source is where ids come from. An error means that there are none; neither
// may make a file or a database that is not there.
type Source struct {
	Rules    func(*cobra.Command) (*matcher.Rules, error)
	Database func(context.Context, *cobra.Command) (*store.DB, error) // which is closed after use
}

// Arguments gives the commands of root completions for their arguments. One that
// takes no argument is not completed by the names of files.
func (s Source) Arguments(root *cobra.Command) {
	arguments := map[string]cobra.CompletionFunc{
		"mute": s.mutable, "unmute": s.mutable,
		"story": first(s.storyIDs), "names": first(s.entityIDs),
		"retry": s.alertIDs, "drop": s.alertIDs,
		"why": cobra.NoFileCompletions, "try": cobra.NoFileCompletions, "add": cobra.NoFileCompletions,
		"remove": first(s.feedNames),
	}
	all := root.Commands()
	for _, cmd := range root.Commands() {
		all = append(all, cmd.Commands()...)
	}
	for _, cmd := range all {
		if ids := arguments[cmd.Name()]; ids != nil {
			cmd.ValidArgsFunction = ids
		} else if !strings.Contains(cmd.Use, " ") {
			cmd.ValidArgsFunction = cobra.NoFileCompletions // it takes no argument
		}
	}
}

// Flag completes a flag of a command by the values that it may have. It panics
// if the command has no such flag.
func Flag(cmd *cobra.Command, name string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err)
	}
}

// Shells gives root the command that prints completions for a shell. Asked for
// another shell it names those that there are; usage marks that as a mistake on the
// command line.
func Shells(root *cobra.Command, usage func(error) error) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args = cobra.ArbitraryArgs
			cmd.RunE = func(cmd *cobra.Command, args []string) error { return usage(refuseShell(cmd, args)) }
		}
	}
}

// refuseShell names the shells for which there are completions.
func refuseShell(cmd *cobra.Command, args []string) error {
	var shells []string
	for _, shell := range cmd.Commands() {
		shells = append(shells, shell.Name())
	}
	if len(args) == 0 {
		return fmt.Errorf("name a shell: %s", strings.Join(shells, ", "))
	}
	return fmt.Errorf("there is no completion for %q; there is for %s", args[0], strings.Join(shells, ", "))
}

// first completes the first argument only.
func first(ids func(*cobra.Command) []cobra.Completion) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return beginning(begun, ids(cmd)), cobra.ShellCompDirectiveNoFileComp
	}
}

// beginning returns those of all that begin so.
func beginning(begun string, all []cobra.Completion) []cobra.Completion {
	return slices.DeleteFunc(all, func(c cobra.Completion) bool { return !strings.HasPrefix(c, begun) })
}

// mutable completes what can be muted: its kind, and then which.
func (s Source) mutable(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	kinds := []cobra.Completion{"story", "rule", "entity", "feed"}
	which := map[string]func(*cobra.Command) []cobra.Completion{"story": s.storyIDs, "rule": s.ruleIDs, "entity": s.entityIDs, "feed": s.feedNames}
	switch {
	case len(args) == 0:
		return beginning(begun, kinds), cobra.ShellCompDirectiveNoFileComp
	case len(args) == 1 && which[args[0]] != nil:
		return beginning(begun, which[args[0]](cmd)), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

func (s Source) ruleIDs(cmd *cobra.Command) (all []cobra.Completion) {
	rules, err := s.Rules(cmd)
	if err != nil {
		return nil
	}
	for _, id := range rules.RuleIDs() {
		all = append(all, cobra.CompletionWithDesc(id, rules.Title(id)))
	}
	return all
}

func (s Source) entityIDs(cmd *cobra.Command) (all []cobra.Completion) {
	rules, err := s.Rules(cmd)
	if err != nil {
		return nil
	}
	for _, id := range rules.EntityIDs() {
		all = append(all, cobra.CompletionWithDesc(id, rules.EntityName(id)))
	}
	return all
}

func (s Source) feedNames(cmd *cobra.Command) (all []cobra.Completion) {
	rules, err := s.Rules(cmd)
	if err != nil {
		return nil
	}
	for _, f := range rules.Feeds() {
		if f.Name != "" {
			all = append(all, cobra.CompletionWithDesc(f.Name, f.URL))
		}
	}
	return all
}

// How far back completions look, how much they list, and how long they may take.
const (
	since    = 30 * 24 * time.Hour
	most     = 100
	patience = 2 * time.Second
)

// ask calls do with the database, if there is one already.
func (s Source) ask(cmd *cobra.Command, do func(ctx context.Context, db *store.DB)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(contextOf(cmd)), patience)
	defer cancel()
	db, err := s.Database(ctx, cmd)
	if err != nil {
		return
	}
	defer db.Close()
	do(ctx, db)
}

// contextOf returns the context of a command, which has none while it is
// completed in a test.
func contextOf(cmd *cobra.Command) context.Context {
	if ctx := cmd.Context(); ctx != nil {
		return ctx
	}
	return context.Background()
}

func (s Source) storyIDs(cmd *cobra.Command) (all []cobra.Completion) {
	s.ask(cmd, func(ctx context.Context, db *store.DB) {
		now := time.Now()
		stories, err := db.Stories(ctx, now.Add(-since), now.AddDate(100, 0, 0))
		if err != nil {
			return
		}
		for _, s := range stories[:min(len(stories), most)] {
			all = append(all, cobra.CompletionWithDesc(s.ID, terminal.Safe(terminal.Cut(s.Headline, 80))))
		}
	})
	return all
}

// alertIDs completes alerts that were not sent, each once.
func (s Source) alertIDs(cmd *cobra.Command, args []string, begun string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
	s.ask(cmd, func(ctx context.Context, db *store.DB) {
		alerts, err := db.Outbox(ctx, most)
		if err != nil {
			return
		}
		for _, a := range alerts {
			if a.Sent.IsZero() && !slices.Contains(args, a.ID) {
				all = append(all, cobra.CompletionWithDesc(a.ID, terminal.Safe(terminal.Cut(a.Story.Headline, 80))))
			}
		}
	})
	return beginning(begun, all), cobra.ShellCompDirectiveNoFileComp
}
