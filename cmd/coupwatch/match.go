package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

func matchCommand(p *program) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "match FILE…",
		Short: "Match news items in files against the rules",
		Long: `Match reads news items as JSON Lines, one object a line with any of the fields
id, published, feed, lang, title, description, content and link, and prints
those that a rule matches, in their order. Files packed by gzip are unpacked;
"-" is standard input. It makes no stories, so that nothing is warm. With --json it prints one object an item, with its id,
rules, severity and the spans that were found.`,
		Example: `  coupwatch match archive.jsonl.gz
  coupwatch match --json --rules new.yaml - < items.jsonl`,
		Args: atLeastOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			rules, err := readRules(p.Rules)
			if err != nil {
				return err
			}
			show := answers.ReportLine
			if asJSON {
				show = answers.ReportJSON
			}
			m := matching{rules: rules, show: show}
			if !terminal.IsTerminal(p.out) { // what is printed there shows how far it is
				var stop func()
				m.meter, stop = p.showProgress("matched", args)
				defer stop()
			}
			w := bufio.NewWriter(p.out)
			for _, name := range args {
				if err := m.file(cmd.Context(), name, w); err != nil {
					w.Flush()
					return err
				}
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object an item")
	return cmd
}

func atLeastOneFile(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError{fmt.Errorf("no file named; see %s --help", cmd.CommandPath())}
	}
	return nil
}

// A matching is how files are matched.
type matching struct {
	rules *matcher.Rules
	show  func(io.Writer, news.Report) error
	meter *archive.Meter
}

// file writes the items of the file that match, in their order. It decodes and
// matches on all processors.
func (m matching) file(ctx context.Context, name string, w io.Writer) error {
	return archive.Each(ctx, name, m.meter,
		func(lines []archive.Line) ([]byte, error) { return m.match(lines, name) },
		func(out []byte) error {
			_, err := w.Write(out)
			return err
		})
}

// match returns what is to be printed of the items in lines of the file name.
func (m matching) match(lines []archive.Line, name string) ([]byte, error) {
	items, err := archive.Items(lines, name)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	for _, it := range items {
		if r, ok := m.rules.Match(it); ok {
			if err := m.show(&out, r); err != nil {
				return nil, err
			}
		}
	}
	m.meter.AddHandled(len(lines))
	return []byte(out.String()), nil
}
