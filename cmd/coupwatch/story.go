package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
)

func storyCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "story ID",
		Short: "Show a story: how firm it is, who says so, what happened, who heard",
		Long: `Story shows everything of one story: how it climbed from rumour to official, each
step with the sentence that carried it; on whom its reports rest, through which
outlets, and who has it from there; what happened in it and who copied that; and
what people heard of it, when, and over which channels.

The beginning of an id is enough; "coupwatch stories" and "coupwatch why" show
ids. The number of independent origins is an upper bound: reports may have more
in common than their texts admit.`,
		Example: `  coupwatch story s-4a1610a1
  coupwatch story --json s-4a1610a1 | jq .ladder`,
		Args: exactlyOneID,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			rules, _ := readRules(p.Rules) // a story can be read without them
			x, err := answers.ReadStory(cmd.Context(), db, strings.TrimSpace(args[0]), rules)
			if err != nil {
				return fmt.Errorf("%w; see coupwatch stories", err)
			}
			if asJSON {
				return json.NewEncoder(p.out).Encode(x.JSON())
			}
			s := p.newScreen()
			x.Show(s)
			return s.Show(p.out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func exactlyOneID(cmd *cobra.Command, args []string) error {
	if len(args) != 1 || strings.TrimSpace(args[0]) == "" {
		return usageError{fmt.Errorf("give the id of one story, or its beginning; coupwatch stories shows them; see %s --help", cmd.CommandPath())}
	}
	return nil
}
