package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/clerk"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/people"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

func muteCommand(p *program) *cobra.Command {
	var lasting, why string
	cmd := &cobra.Command{
		Use:   "mute story|rule|entity|feed NAME",
		Short: "Keep a story, rule, entity or feed from interrupting people for a time",
		Long: `Mute keeps reports of a story, of a rule, that name an entity or country, or of a
feed from interrupting anyone for a time. The digest still lists them. It takes
effect within seconds. What should stay muted belongs into rules.yaml.`,
		Example: `  coupwatch mute story s-1f3a9c0d2e4b5a67 --for 24h
  coupwatch mute entity country:ml --for 7d --why "elections, analysts know"
  coupwatch mutes
  coupwatch unmute story s-1f3a9c0d2e4b5a67`,
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := muteOf(args)
			if err != nil {
				return err
			}
			d, err := parseSpan(lasting)
			if err != nil {
				return usageError{fmt.Errorf("--for: %w", err)}
			}
			now := time.Now().UTC()
			m.Until, m.Why, m.By = now.Add(d), why, "coupwatch mute"
			return p.eachMute(cmd.Context(), m, func(db *store.DB, m news.Mute, what string) error {
				if err := db.Mute(cmd.Context(), m, now); err != nil {
					return err
				}
				until := m.Until.Format("2 Jan 2006 15:04 MST")
				fmt.Fprintf(p.out, "%s is muted until %s\n", what, until)
				p.note(cmd.Context(), db, "muted "+what+" until "+until+reason(why))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&lasting, "for", "24h", "how long, such as 90m, 24h or 7d")
	cmd.Flags().StringVar(&why, "why", "", "the reason, for the others")
	return cmd
}

func unmuteCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "unmute story|rule|entity|feed NAME",
		Short:   "End a mute before its time",
		Long:    "Unmute ends what mute or a button in Slack began. Mutes of rules.yaml end there.",
		Example: `  coupwatch unmute story s-1f3a9c0d2e4b5a67`,
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := muteOf(args)
			if err != nil {
				return err
			}
			return p.eachMute(cmd.Context(), m, func(db *store.DB, m news.Mute, what string) error {
				found, err := db.Unmute(cmd.Context(), m, time.Now())
				switch {
				case err != nil:
					return err
				case !found:
					return fmt.Errorf("%s is not muted; coupwatch mutes lists what is", what)
				}
				fmt.Fprintf(p.out, "%s is no longer muted\n", what)
				p.note(cmd.Context(), db, "unmuted "+what)
				return nil
			})
		},
	}
}

// reason puts why something was done behind what was done.
func reason(why string) string {
	if why == "" {
		return ""
	}
	return ": " + why
}

// note keeps what a command changed for the audit.
func (p *program) note(ctx context.Context, db *store.DB, what string) {
	people.Note(ctx, db, p.err, what)
}

// eachMute does something to each of the mutes that m stands for by the rules
// and the stories that there are; what is what people call it.
func (p *program) eachMute(ctx context.Context, m news.Mute, do func(db *store.DB, m news.Mute, what string) error) error {
	rules, db, err := p.openWithRules(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	mutes, err := rules.Resolve(m)
	if err != nil {
		return err
	}
	for _, m := range mutes {
		if m.Story != "" {
			s, err := db.Story(ctx, m.Story)
			if err != nil {
				return err
			}
			m.Story = s.ID
		}
		if err := do(db, m, answers.NamedMute(rules, m)); err != nil {
			return err
		}
	}
	return nil
}

func mutesCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "mutes",
		Short:   "Show what is muted, until when and by whom",
		Long:    "Mutes lists the mutes of rules.yaml and those of the database that still run. With\n--json it prints one object a mute.",
		Example: "  coupwatch mutes\n  coupwatch mutes --json",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules, db, err := p.openWithRules(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			now := time.Now()
			mutes, err := db.Mutes(cmd.Context(), now)
			if err != nil {
				return err
			}
			mutes = append(clerk.Running(rules.Policy().Mutes, now), mutes...)
			if asJSON {
				return answers.WriteMutes(p.out, rules, mutes)
			}
			answers.Mutes(p.out, rules, mutes)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a mute")
	return cmd
}

// muteOf reads what is to be muted.
func muteOf(args []string) (m news.Mute, err error) {
	if len(args) != 2 || args[1] == "" {
		return m, usageError{fmt.Errorf("write what is muted and its name, such as: story s-1f3a9c0d2e4b5a67")}
	}
	fields := map[string]*string{"story": &m.Story, "rule": &m.Rule, "entity": &m.Entity, "feed": &m.Feed}
	field := fields[args[0]]
	if field == nil {
		return m, usageError{fmt.Errorf("%q cannot be muted; a story, a rule, an entity or a feed can", args[0])}
	}
	*field, _ = news.SplitSecrets(strings.TrimPrefix(args[1], "@"))
	return m, nil
}

// parseSpan reads a time span such as 90m, 24h or 7d.
func parseSpan(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d > 0 {
		return d, nil
	}
	return 0, fmt.Errorf("%q is no time span; write it like 90m, 24h or 7d", s)
}
