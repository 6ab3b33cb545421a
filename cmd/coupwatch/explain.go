package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/source"
	"github.com/coupwatch/coupwatch/news"
)

func explainCommand(p *program) *cobra.Command {
	var asJSON bool
	var language string
	cmd := &cobra.Command{
		Use:   "explain URL|FILE|TEXT|-",
		Short: "Show what matches in a text, and why",
		Long: `Explain reads one text and says whether people would be told of it; then it
shows, with what was found highlighted, the verdict of each rule, the gravest
first: matched, lowered, taken away, or what was missing. The text is a file
whose first line is the title, a web page, a JSON object as match reads it, or
simply a headline in quotes. What is warm, for rules that ask WARM(…), is known by
the database, if there is one. A story has more than one report: whether it is told
already, muted or over a limit is not looked at.`,
		Example: `  coupwatch explain "Palace guard mutinies in Bamako"
  coupwatch explain article.txt
  coupwatch explain https://news.example/world/general-sacked
  coupwatch explain - < article.txt`,
		Args: exactlyOne("name one URL or file, a headline in quotes, or - for standard input"),
		RunE: func(cmd *cobra.Command, args []string) error {
			rules, err := readRules(p.Rules)
			if err != nil {
				return err
			}
			it, err := p.sources().Item(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if language != "" {
				it.Language = language
			}
			e := rules.Explain(it, nil)
			var warm news.Warmth
			var unknown error
			if e.AsksWarm {
				warm, unknown = p.warmAt(cmd.Context(), it)
				e = rules.Explain(it, warm)
			}
			if asJSON {
				return json.NewEncoder(p.out).Encode(e)
			}
			fmt.Fprintf(p.out, "%s\n", answers.Verdict(rules, it, e, warm))
			if unknown != nil {
				fmt.Fprintf(p.out, "nothing is known to be warm: %v\n", unknown)
			}
			return e.Render(p.out, p.coloured())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&language, "language", "", "language of the text, such as ru (default: found out)")
	return cmd
}

// warmAt returns of whom people were told before an item. If that cannot be known,
// the error says why, and nothing is warm.
func (p *program) warmAt(ctx context.Context, it news.Item) (news.Warmth, error) {
	db, err := p.openStored(ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return answers.WarmAt(ctx, db, it)
}

// sources returns who reads what is named on the command line.
func (p *program) sources() source.Reader {
	return source.Reader{Options: p.fetching()}
}
