package main

import (
	"context"

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
	completion.Shells(root, asUsage)
}
