package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/clerk"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
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

func storyCommand(p *program) *cobra.Command {
	var without string
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
in common than their texts admit.

With --without a report is taken out of the story, for good: the story is told
anew without it, a step that rests on it is taken back, who heard it hears that,
and the report becomes a story of its own if a rule matches it.`,
		Example: `  coupwatch story s-4a1610a1
  coupwatch story s-4a1610a1 --without https://news.example/another-coup
  coupwatch story --json s-4a1610a1 | jq .ladder`,
		Args: exactlyOne("give the id of one story, or its beginning; coupwatch stories shows them"),
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			if without != "" {
				return p.takeOut(cmd.Context(), db, args[0], without)
			}
			rules, _ := lookUpRules(p.Rules) // a story can be read without them
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
	cmd.Flags().StringVar(&without, "without", "", "take this report, named by its link or id, out of the story")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// takeOut takes a report out of a story and says what became of it.
func (p *program) takeOut(ctx context.Context, db *store.DB, id, link string) error {
	rules, err := lookUpRules(p.Rules)
	if err != nil {
		return err
	}
	use := &daemon.InUse{File: matcher.Hold(rules), MailTo: p.MailTo}
	if use.Channels, err = p.channels(mode{}, p.style(use)); err != nil {
		return err
	}
	by := &clerk.Clerk{Use: use, DB: db, Decide: new(story.Stories).At}
	taken, answer, err := by.TakeOutNamed(ctx, strings.TrimSpace(id), strings.TrimSpace(link), "coupwatch story")
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, answer)
	if !taken.Before {
		p.note(ctx, db, "took “"+taken.Title+"” out of story "+taken.Story)
	}
	return nil
}

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
		Args: exactlyOne("name one item by its link, id or guid"),
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

// parseSince returns the moment that --since names: so long before now, as
// "30d", "2w" or "36h", or the beginning of a day in UTC, as "2026-08-22".
func parseSince(value string, now time.Time) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, value); err == nil {
		return day, nil
	}
	for unit, length := range map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour} {
		digits, found := strings.CutSuffix(value, unit)
		if n, err := strconv.Atoi(digits); found && err == nil && n > 0 && n < 100_000 {
			return now.Add(-time.Duration(n) * length).UTC(), nil
		}
	}
	return time.Time{}, usageError{fmt.Errorf("--since %q should be a time such as 30d, 2w or 36h, or a day such as %s", value, now.UTC().Format(time.DateOnly))}
}

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
