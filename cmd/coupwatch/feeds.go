package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/news"
)

func feedsCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "feeds",
		Short: "Show the state of each feed",
		Long: `Feeds shows, for each feed, how it is, its language, when it was last read with
success and last brought something new, how large it is, how many items of it are
stored, when it is read next, and what is wrong with it. Feeds with a problem
come first. With --json it prints one object a feed. If nothing can be recorded,
since the disk is full or the database is locked, it says so and exits with 1.`,
		Example: `  coupwatch feeds
  coupwatch feeds --json | jq 'select(.state != "ok") | .url'`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			feeds, err := db.Feeds(cmd.Context())
			if err != nil {
				return err
			}
			slices.SortStableFunc(feeds, sickFirst)
			switch {
			case asJSON:
				return p.writeFeeds(feeds)
			case len(feeds) == 0:
				fmt.Fprintf(p.out, "No feed was read yet. Start coupwatch, or try: coupwatch run --once\n")
			default:
				p.showFeeds(feeds, time.Now())
			}
			if problem := db.Probe(cmd.Context()); problem != "" {
				return fmt.Errorf("nothing can be recorded: %s", problem)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a feed")
	return cmd
}

// sickFirst orders feeds with a problem before those without.
func sickFirst(a, b news.FeedState) int {
	rank := func(f news.FeedState) int {
		if f.Problem != "" {
			return 0
		}
		return 1
	}
	return cmp.Compare(rank(a), rank(b))
}

func (p *program) showFeeds(feeds []news.FeedState, now time.Time) {
	t := terminal.NewTable("lllllrrll", "FEED", "STATE", "LANGUAGE", "LAST GOOD", "LAST NEW", "SIZE", "ITEMS", "NEXT", "PROBLEM")
	for _, f := range feeds {
		t.Row(terminal.Safe(terminal.Cut(cmp.Or(f.Name, f.URL), 32)), answers.FeedState(f), terminal.Dash(f.Language), terminal.Ago(f.LastGood, now), terminal.Ago(f.LastNew, now),
			terminal.Bytes(f.Size), terminal.Thousands(f.Items), terminal.Until(f.NextAt, now), terminal.Safe(terminal.Cut(f.Problem, 160)))
	}
	t.Write(p.out, "")
}

// A listedFeed is a feed as feeds --json prints it.
type listedFeed struct {
	URL       string     `json:"url"`
	Name      string     `json:"name"`
	Publisher string     `json:"publisher"`
	Language  string     `json:"language,omitempty"`
	Schedule  string     `json:"schedule"`
	Tags      []string   `json:"tags"`
	State     string     `json:"state"` // "ok", "new", "odd" or "failed"
	Problem   string     `json:"problem,omitempty"`
	Failures  int        `json:"failures"` // in a row
	Items     int        `json:"items"`    // stored
	Bytes     int        `json:"bytes"`    // of the last whole answer
	LastRead  *time.Time `json:"last_read"`
	LastGood  *time.Time `json:"last_good"`
	LastNew   *time.Time `json:"last_new"`
	Next      *time.Time `json:"next"`
}

func (p *program) writeFeeds(feeds []news.FeedState) error {
	lines := json.NewEncoder(p.out)
	for _, f := range feeds {
		state, _, _ := strings.Cut(answers.FeedState(f), " ")
		err := lines.Encode(listedFeed{
			URL: f.URL, Name: f.Name, Publisher: f.Publisher, Language: f.Language, Schedule: f.Schedule, Tags: answers.List(f.Tags),
			State: state, Problem: f.Problem, Failures: f.Failures, Items: f.Items, Bytes: f.Size,
			LastRead: answers.OrNull(f.LastRead), LastGood: answers.OrNull(f.LastGood), LastNew: answers.OrNull(f.LastNew), Next: answers.OrNull(f.NextAt),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
