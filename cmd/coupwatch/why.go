package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
)

func whyCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "why LINK|ID|GUID",
		Short: "Show why people were told of an item, or were not",
		Long: `Why shows all that is known of an item: when it was read and from which feeds, what
matched or what was missing, which story it is in and what it brought there, who
says so and how firmly, why people were told or not, and what became of the
alerts. The item is named by its link, in any of the forms in which people pass
links on, by its id, or by the guid that its feed gives it.

If no such item is stored it says whether feeds of that host are watched, and
exits with 1.`,
		Example: `  coupwatch why https://news.example/world/general-sacked
  coupwatch why --json 4a1610a1995d009d | jq .items[].reason`,
		Args: exactlyOneItem,
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			x, err := answers.FindItem(cmd.Context(), db, strings.TrimSpace(args[0]), p.readRules)
			if err != nil {
				return err
			}
			if asJSON {
				if err := json.NewEncoder(p.out).Encode(x.JSON()); err != nil {
					return err
				}
			} else {
				s := p.newScreen()
				x.Show(s)
				if err := s.Show(p.out); err != nil {
					return err
				}
			}
			return x.Unknown()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func exactlyOneItem(cmd *cobra.Command, args []string) error {
	if len(args) != 1 || strings.TrimSpace(args[0]) == "" {
		return usageError{fmt.Errorf("name one item by its link, id or guid; see %s --help", cmd.CommandPath())}
	}
	return nil
}
