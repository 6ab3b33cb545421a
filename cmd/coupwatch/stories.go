package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
)

func storiesCommand(p *program) *cobra.Command {
	var since string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "stories",
		Short: "List the stories of the last days",
		Long: `Stories lists the stories that had a report since then, the latest first: how
grave and how firm each is, how many reports and publishers tell it, and on how
many independent origins they rest at most. See one of them with: coupwatch story`,
		Example: `  coupwatch stories
  coupwatch stories --since 30d
  coupwatch stories --json | jq 'select(.status == "official")'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			now := time.Now()
			from, err := parseSince(since, now)
			if err != nil {
				return err
			}
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			stories, err := db.Stories(cmd.Context(), from, now.AddDate(100, 0, 0)) // some feeds are ahead of time
			if err != nil {
				return err
			}
			untold, err := db.Untold(cmd.Context(), now)
			switch {
			case err != nil:
				return err
			case asJSON:
				return answers.WriteStories(p.out, stories, untold)
			case len(stories) == 0:
				fmt.Fprintf(p.out, "No story had a report since %s. See further back with --since 30d.\n", terminal.Moment(from))
				return nil
			}
			s := p.newScreen()
			answers.Stories(s, stories, untold, now)
			return s.Show(p.out)
		},
	}
	cmd.Flags().StringVar(&since, "since", "7d", "list stories with a report since then: 7d, 2w, 36h or 2026-08-22")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a story")
	return cmd
}
