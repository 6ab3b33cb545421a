package feedlist

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
)

// Commands returns the commands below "feeds". The desk is asked for when one of
// them runs; usage marks an error as one of the command line.
func Commands(desk func() *Desk, usage func(error) error) []*cobra.Command {
	c := commands{desk, usage}
	return []*cobra.Command{c.try(), c.add(), c.remove(), c.importing(), c.export()}
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
to, those at usual addresses, and the site's map of its news. It knows those of
channels of YouTube and Telegram, of profiles of Mastodon and Bluesky, of Reddit,
and of topics of Google News. Words are searched for in Google News, those behind
gdelt: by GDELT in the news of the world. It exits with 1 if there is no feed.`,
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

func (c commands) add() *cobra.Command {
	var as news.Feed
	var yes bool
	cmd := &cobra.Command{
		Use:   "add URL|SITE|WORDS",
		Short: "Find the feeds of a site, and write the one you choose into rules.yaml",
		Long: `Add looks for feeds as try does, shows each under a letter, and waits for one key.
The feed is written behind the others, in rules.yaml or in that file it includes
which has feeds; comments, order and layout stay. The rules with it are checked
first, and the file is replaced in one step; if they have a mistake then, or if
somebody else has just changed them, nothing is written.

Without a terminal the only feed there is will be added, and with --yes the first.
A feed that is in the rules already is told, and not added again.`,
		Example: `  coupwatch feeds add meduza.io
  coupwatch feeds add https://meduza.io/rss/all --name Meduza --language ru --tag russia,exile
  coupwatch feeds add "site:bellingcat.com when:7d" --name Bellingcat --schedule "@every 30m" --yes`,
		Args: c.oneArgument("write the address of a feed or a site"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if as.Schedule != "" {
				if _, err := schedule.Parse(as.Schedule); err != nil {
					return c.usage(fmt.Errorf("--schedule: %w", err))
				}
			}
			return c.desk().Add(cmd.Context(), args[0], as, yes)
		},
	}
	c.describe(cmd, &as)
	cmd.Flags().StringVar(&as.Name, "name", "", "how people see it (default: the title that it has)")
	cmd.Flags().StringVar(&as.Schedule, "schedule", "", "when it is read, such as \"@every 30m\" (default: that of the rules)")
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "add the first feed that is found, and do not ask")
	return cmd
}

func (c commands) remove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME|URL",
		Short: "Take a feed out of rules.yaml",
		Long: `Remove takes out the lines of one feed and nothing else, as carefully as add puts
them in. What was read of the feed stays in the database. To leave a feed alone
for a time, write disabled: true behind it instead.`,
		Example: `  coupwatch feeds remove Meduza
  coupwatch feeds remove https://meduza.io/rss/all`,
		Args: c.oneArgument("write the name or the address of a feed"),
		RunE: func(_ *cobra.Command, args []string) error { return c.desk().Remove(args[0]) },
	}
}

func (c commands) importing() *cobra.Command {
	var tags []string
	cmd := &cobra.Command{
		Use:   "import FILE.opml",
		Short: "Write the feeds of a feed reader's list into rules.yaml",
		Long: `Import reads OPML, which all feed readers write, and adds what is not in the rules
yet, as carefully as add does: all of it, or nothing if something would be a
mistake. Folders and categories become tags, in small letters and with a hyphen for
a blank. Nothing is asked of the servers; "coupwatch feeds" shows later what came
of each. It says what it added, what is there already, and what it left out, with
the line.`,
		Example: `  coupwatch feeds import subscriptions.opml
  coupwatch feeds import africa.opml --tag africa`,
		Args: c.oneArgument("name an OPML file, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := c.read(cmd, args[0])
			if err != nil {
				return err
			}
			name := args[0]
			if name == "-" {
				name = "standard input"
			}
			return c.desk().Import(name, text, tags)
		},
	}
	cmd.Flags().StringSliceVar(&tags, "tag", nil, "a tag for all of them; may stand several times")
	return cmd
}

// mostList is how long a list may be, in bytes.
const mostList = 5 << 20

// read returns what stands in a file.
func (c commands) read(cmd *cobra.Command, name string) ([]byte, error) {
	in := cmd.InOrStdin()
	if name != "-" {
		file, err := os.Open(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("%s: there is no such file", name)
		case err != nil:
			return nil, err
		}
		defer file.Close()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, mostList+1))
	if err == nil && len(text) > mostList {
		err = fmt.Errorf("it is larger than %d MB", mostList>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}

func (c commands) export() *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the feeds as OPML, for a feed reader",
		Long: `Export prints the feeds of the rules, but for disabled ones, as OPML. The first
tag of a feed is the folder in which it is, and all are its categories; import
makes the same tags of them. Logins, and keys in addresses, are left out.`,
		Example: `  coupwatch feeds export > coupwatch.opml`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return c.usage(fmt.Errorf("export takes no argument; see %s --help", cmd.CommandPath()))
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return c.desk().Export() },
	}
}

// describe adds the flags that say how a feed is to be read.
func (c commands) describe(cmd *cobra.Command, as *news.Feed) {
	cmd.Flags().StringVar(&as.Language, "language", "", "the language of its texts, such as fr, if it does not say")
	cmd.Flags().StringSliceVar(&as.Tags, "tag", nil, "a tag for rules and routes; may stand several times")
}
