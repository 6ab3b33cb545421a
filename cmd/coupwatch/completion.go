package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/completion"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/store"
)

// complete gives each command its completions, from the rules and the database
// of the command line or of the settings, and refuses shells that there are none
// for.
func (p *program) complete(root *cobra.Command) {
	completion.Source{
		Rules: func(cmd *cobra.Command) (*matcher.Rules, error) {
			if err := p.start(cmd); err != nil {
				return nil, err
			}
			return lookUpRules(p.Rules)
		},
		Database: func(ctx context.Context, cmd *cobra.Command) (*store.DB, error) {
			if err := p.start(cmd); err != nil {
				return nil, err
			}
			return p.openStored(ctx)
		},
	}.Arguments(root)
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
