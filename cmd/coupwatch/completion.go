package main

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

// complete gives each command its completions, and refuses shells that there
// are none for. Completions are silent about whatever goes wrong, since a shell
// asks for them, and make no database.
func (p *program) complete(root *cobra.Command) {
	arguments := map[string]cobra.CompletionFunc{
		"mute": p.mutable, "unmute": p.mutable,
		"story": first(p.storyIDs), "names": first(p.entityIDs),
		"retry": p.alertIDs, "drop": p.alertIDs,
		"why": cobra.NoFileCompletions,
	}
	flags := map[string]map[string]cobra.CompletionFunc{
		"names":  {"kind": cobra.FixedCompletions(kinds, cobra.ShellCompDirectiveNoFileComp)},
		"replay": {"speed": cobra.FixedCompletions([]string{"max", "1", "60", "600"}, cobra.ShellCompDirectiveNoFileComp)},
	}
	for _, cmd := range root.Commands() {
		if ids := arguments[cmd.Name()]; ids != nil {
			cmd.ValidArgsFunction = ids
		} else if !strings.Contains(cmd.Use, " ") {
			cmd.ValidArgsFunction = cobra.NoFileCompletions // it takes no argument
		}
		for name, values := range flags[cmd.Name()] {
			if err := cmd.RegisterFlagCompletionFunc(name, values); err != nil {
				panic(err) // there is no such flag: a mistake in the table above
			}
		}
	}
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args, cmd.RunE = cobra.ArbitraryArgs, refuseShell
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
		return usageError{fmt.Errorf("name a shell: %s", strings.Join(shells, ", "))}
	}
	return usageError{fmt.Errorf("there is no completion for %q; there is for %s", args[0], strings.Join(shells, ", "))}
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
func (p *program) mutable(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	kinds := []cobra.Completion{"story", "rule", "entity", "feed"}
	which := map[string]func(*cobra.Command) []cobra.Completion{"story": p.storyIDs, "rule": p.ruleIDs, "entity": p.entityIDs, "feed": p.feedNames}
	switch {
	case len(args) == 0:
		return beginning(begun, kinds), cobra.ShellCompDirectiveNoFileComp
	case len(args) == 1 && which[args[0]] != nil:
		return beginning(begun, which[args[0]](cmd)), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// known returns the rules as they are on the command line or in the settings;
// nil if they cannot be read.
func (p *program) known(cmd *cobra.Command) *matcher.Rules {
	if p.start(cmd) != nil {
		return nil
	}
	rules, err := lookUpRules(p.Rules)
	if err != nil {
		return nil
	}
	return rules
}

func (p *program) ruleIDs(cmd *cobra.Command) (all []cobra.Completion) {
	rules := p.known(cmd)
	if rules == nil {
		return nil
	}
	for _, id := range rules.RuleIDs() {
		all = append(all, cobra.CompletionWithDesc(id, rules.Title(id)))
	}
	return all
}

func (p *program) entityIDs(cmd *cobra.Command) (all []cobra.Completion) {
	rules := p.known(cmd)
	if rules == nil {
		return nil
	}
	for _, id := range rules.EntityIDs() {
		all = append(all, cobra.CompletionWithDesc(id, rules.EntityName(id)))
	}
	return all
}

func (p *program) feedNames(cmd *cobra.Command) (all []cobra.Completion) {
	rules := p.known(cmd)
	if rules == nil {
		return nil
	}
	for _, f := range rules.Feeds() {
		if f.Name != "" {
			all = append(all, cobra.CompletionWithDesc(f.Name, f.URL))
		}
	}
	return all
}

// How far back completions look, how much they list, and how long they may
// take: somebody waits for them with a finger on a key.
const (
	completedSince  = 30 * 24 * time.Hour
	mostCompletions = 100
	completionTime  = 2 * time.Second
)

// asked calls do with the database, if there is one already.
func (p *program) asked(cmd *cobra.Command, do func(ctx context.Context, db *store.DB)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(contextOf(cmd)), completionTime)
	defer cancel()
	if p.start(cmd) != nil {
		return
	}
	db, err := p.openStored(ctx)
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

func (p *program) storyIDs(cmd *cobra.Command) (all []cobra.Completion) {
	p.asked(cmd, func(ctx context.Context, db *store.DB) {
		now := time.Now()
		stories, err := db.Stories(ctx, now.Add(-completedSince), now.AddDate(100, 0, 0))
		if err != nil {
			return
		}
		for _, s := range stories[:min(len(stories), mostCompletions)] {
			all = append(all, cobra.CompletionWithDesc(s.ID, terminal.Safe(terminal.Cut(s.Headline, 80))))
		}
	})
	return all
}

// alertIDs completes alerts that were not sent, each once.
func (p *program) alertIDs(cmd *cobra.Command, args []string, begun string) (all []cobra.Completion, _ cobra.ShellCompDirective) {
	p.asked(cmd, func(ctx context.Context, db *store.DB) {
		alerts, err := db.Outbox(ctx, mostCompletions)
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
