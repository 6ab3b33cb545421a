package main

import (
	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
)

func rulesCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Show how many alerts of each rule people found relevant",
		Long: `Rules shows, for each rule, how many stories people called relevant and how many
noise, with the buttons of Slack, and what that says about its precision: the
share of relevant ones, and in brackets where the true share lies with a
probability of 95 % (Wilson). Below ten stories it says "too few".

A story counts once for each rule; the last word about it counts. Below stand the
latest items that people reported as missed, with /coupwatch missed in Slack.`,
		Example: `  coupwatch rules`,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules, db, err := p.openWithRules(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			labels, err := db.Labels(cmd.Context())
			if err != nil {
				return err
			}
			grades := answers.Grades(rules.RuleIDs(), labels)
			if asJSON {
				return answers.WriteGrades(p.out, grades)
			}
			answers.ShowGrades(p.out, grades, rules.Title, rules.Version())
			return answers.ShowMissed(p.out, cmd.Context(), db, labels)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a rule")
	return cmd
}
