package feedlist

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/news"
)

// Commands returns the commands below "feeds". The desk is asked for when one of
// them runs; usage marks an error as one of the command line.
func Commands(desk func() *Desk, usage func(error) error) []*cobra.Command {
	c := commands{desk, usage}
	return []*cobra.Command{c.try()}
}

type commands struct {
	desk  func() *Desk
	usage func(error) error
}

// oneArgument wants one argument, and says which.
func (c commands) oneArgument(which string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0 || strings.TrimSpace(args[0]) == "":
			return c.usage(fmt.Errorf("%s; see %s --help", which, cmd.CommandPath()))
		case len(args) > 1:
			return c.usage(errors.New("write one at a time; words to search for go into quotes"))
		}
		return nil
	}
}

func (c commands) try() *cobra.Command {
	var asJSON bool
	var as news.Feed
	cmd := &cobra.Command{
		Use:   "try URL|SITE|WORDS",
		Short: "Find the feeds of a site, and show what they are and what the rules make of them",
		Long: `Try reads an address as the daemon would, and shows what it is: format, title,
language, how much it brings, what its items have, what is wrong with it, and by
which rule each of the last would be told. Nothing is stored or changed.

Of a web page it finds the feeds: those that the page names, those that it links
to, those at usual addresses. It knows those of channels of YouTube, of profiles of
Mastodon and Bluesky, of Reddit, and of topics of Google News. Words are searched
for in Google News. It exits with 1 if there is no feed.`,
		Example: `  coupwatch feeds try https://feeds.bbci.co.uk/news/world/africa/rss.xml
  coupwatch feeds try meduza.io
  coupwatch feeds try @desk@mastodon.example
  coupwatch feeds try --language fr "coup d'État Mali"
  coupwatch feeds try "site:bellingcat.com when:7d"`,
		Args: c.oneArgument("write the address of a feed or a site"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.desk().Try(cmd.Context(), args[0], as, asJSON)
		},
	}
	c.describe(cmd, &as)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a feed")
	return cmd
}

// describe adds the flags that say how a feed is to be read.
func (c commands) describe(cmd *cobra.Command, as *news.Feed) {
	cmd.Flags().StringVar(&as.Language, "language", "", "the language of its texts, such as fr, if it does not say")
	cmd.Flags().StringSliceVar(&as.Tags, "tag", nil, "a tag for rules and routes; may stand several times")
}
