package finding

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web/find"
)

// A Desk is where the command works.
type Desk struct {
	Out    io.Writer
	Screen func() *terminal.Screen
	Open   func(ctx context.Context) (*matcher.Rules, *store.DB, error) // the rules, and a database that is there
}

// Command returns the command that searches. The desk is asked for when it runs;
// usage marks an error as a mistake on the command line.
func Command(desk func() *Desk, usage func(error) error) *cobra.Command {
	var asJSON bool
	flags := map[string]*string{}
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search all items that are stored",
		Long: `Search lists the items in which a query is found, the latest first: a query in the
language of the rules, with the lists and entities of rules.yaml, or plain words, of
which all must be there. What was found is marked.

The daemon keeps the index that makes this quick; what came a moment ago may not be
in it yet, and right after an upgrade older items are not, which search says.`,
		Example: `  coupwatch search general dismissed
  coupwatch search '$coup NEAR/12 @country:ml' --from 2026-01-01
  coupwatch search '"state of emergency"' --language fr --json | jq .items[].link`,
		Args: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, " ")) == "" {
				return usage(fmt.Errorf("write what to look for; see %s --help", cmd.CommandPath()))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			d := desk()
			values := url.Values{"q": {strings.Join(args, " ")}}
			for name, v := range flags {
				values.Set(name, *v)
			}
			ask, err := find.ParseAsk(values)
			if err != nil {
				return usage(err)
			}
			most, err := strconv.Atoi(*flags["most"])
			if err != nil || most < 1 {
				return usage(fmt.Errorf("--most %q should be a number from 1 to 200", *flags["most"]))
			}
			ask.Most = most
			return d.search(cmd.Context(), ask, asJSON, usage)
		},
	}
	for _, f := range [][3]string{
		{"language", "", "items in a language only, by its code: ru"},
		{"country", "", "items that name a country only, by its code: ml"},
		{"feed", "", "items of a feed only, by its URL"},
		{"rule", "", "items that a rule matches only, by its id"},
		{"told", "", "yes for items of stories that people were told of, no for others"},
		{"from", "", "items of a day or later: 2026-08-22"},
		{"to", "", "items of a day or earlier"},
		{"before", "", "go on where the last page ended"},
		{"most", "20", "items to list, up to 200"},
	} {
		flags[f[0]] = cmd.Flags().String(f[0], f[1], f[2])
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func (d *Desk) search(ctx context.Context, ask find.Ask, asJSON bool, usage func(error) error) error {
	rules, db, err := d.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was changed
	found, err := New(db, func() *matcher.Rules { return rules }).Search(ctx, ask)
	var mistakes find.Mistakes
	if errors.As(err, &mistakes) {
		return usage(errors.New(pointed(ask.Text, mistakes)))
	}
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(d.Out).Encode(found)
	}
	s := d.Screen()
	show(s, found)
	return s.Show(d.Out)
}

// pointed returns mistakes, each below its place.
func pointed(text string, mistakes find.Mistakes) string {
	var b strings.Builder
	for i, m := range mistakes {
		if i > 0 {
			b.WriteByte('\n')
		}
		from := min(m.From, len(text))
		fmt.Fprintf(&b, "the query at %q: %s", terminal.Safe(text[from:min(max(m.To, from), len(text))]), m)
	}
	return b.String()
}

// show lists what was found.
func show(s *terminal.Screen, r find.Result) {
	if !r.Since.IsZero() {
		s.Wrapped(0, "Items older than "+terminal.Moment(r.Since)+" are not in the index yet: let coupwatch run for a while.")
	}
	if len(r.Items) == 0 {
		s.Line(0, "Nothing found for "+terminal.Safe(r.Query))
		return
	}
	for _, it := range r.Items {
		s.WriteString(marked(s, it.Title) + "\n")
		where := strings.Join(append([]string{it.Publisher, terminal.Moment(it.Published)}, it.Countries...), " · ")
		if it.Story != "" {
			where += " · story " + it.Story
		}
		s.Line(2, where)
		if it.Link != "" {
			s.WriteString("  " + terminal.Safe(it.Link) + "\n")
		}
		if it.Passage.Text != "" {
			s.Wrapped(2, plain(it.Passage))
		}
		s.WriteString("\n")
	}
	about := ""
	switch {
	case r.More:
		about = "more than "
	case r.About:
		about = "about "
	}
	s.Wrapped(0, fmt.Sprintf("%d of %s%s", len(r.Items), about, terminal.Count(r.Total, "item")))
	if r.Next > 0 {
		s.Wrapped(0, fmt.Sprintf("Further back: the same with --before %d", r.Next))
	}
}

// marked returns a quote with what was found strong, or in brackets.
func marked(s *terminal.Screen, q find.Marked) string {
	return cut(q, func(text string) string { return s.Strong("[" + text + "]") })
}

// plain is as marked, for what is wrapped.
func plain(q find.Marked) string { return cut(q, func(text string) string { return "[" + text + "]" }) }

func cut(q find.Marked, mark func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range q.Marks {
		b.WriteString(terminal.Safe(q.Text[at:m.Start]))
		b.WriteString(mark(terminal.Safe(q.Text[m.Start:m.End])))
		at = m.End
	}
	b.WriteString(terminal.Safe(q.Text[at:]))
	return strings.Join(strings.Fields(b.String()), " ")
}
