package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

func readCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "read URL|FILE…",
		Short: "Show what coupwatch sees in a feed",
		Long: `Read shows the items of feeds as coupwatch sees them, before any rule. Nothing is
stored. It exits with 1, and says why, if one of them is no feed. A URL that
rules.yaml has is asked for and read as that says: over its proxy, in its charset.`,
		Example: `  coupwatch read https://feeds.bbci.co.uk/news/world/africa/rss.xml
  coupwatch read --json saved.xml | jq .title`,
		Args: atLeastOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			var problems []error
			sources := p.sources()
			if slices.ContainsFunc(args, answers.IsURL) {
				if rules, err := matcher.Read(p.Rules); err == nil { // else they are as any
					sources.Feeds = rules.Feeds()
				}
			}
			for _, source := range args {
				data, mediaType, err := sources.Load(cmd.Context(), source)
				if err != nil {
					problems = append(problems, err)
					continue
				}
				feed := sources.Feed(source)
				source = feed.URL
				doc, err := watcher.ReadAnswer(fetch.Answer{Data: data, ContentType: mediaType, Address: source}, feed)
				if err != nil {
					problems = append(problems, fmt.Errorf("%s: %w", source, err))
					continue
				}
				if err := p.showFeed(source, doc, asJSON); err != nil {
					return err
				}
			}
			return errors.Join(problems...)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object an item")
	return cmd
}

func (p *program) showFeed(source string, doc watcher.Document, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(p.out)
		for _, it := range doc.Items {
			if err := enc.Encode(answers.ItemJSON(it)); err != nil {
				return err
			}
		}
		return nil
	}
	fmt.Fprintf(p.out, "%s: %s, %s, language %s\n", source, terminal.Dash(doc.Title), terminal.Count(len(doc.Items), "item"), terminal.Dash(doc.Language))
	if doc.Problem != "" {
		fmt.Fprintf(p.out, "  problem: %s\n", doc.Problem)
	}
	if doc.Foreign != "" {
		fmt.Fprintf(p.out, "  problem: %s\n", doc.Foreign)
	}
	for _, it := range doc.Items {
		when := "no date         "
		if !it.Published.IsZero() {
			when = it.Published.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(p.out, "  %s  %s\n", when, it.Title)
		if it.Link != "" {
			fmt.Fprintf(p.out, "  %16s  %s\n", "", it.Link)
		}
	}
	return nil
}
