package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/watcher/fetch"
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
simply a headline in quotes. A story has more than one report: whether it is told
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
			it, err := p.readText(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if language != "" {
				it.Language = language
			}
			e := rules.Explain(it)
			if asJSON {
				return json.NewEncoder(p.out).Encode(e)
			}
			fmt.Fprintf(p.out, "%s\n", answers.Verdict(rules, it, e))
			return e.Render(p.out, p.coloured())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&language, "language", "", "language of the text, such as ru (default: found out)")
	return cmd
}

// readText reads the item to explain from a URL, a file, or standard input.
func (p *program) readText(ctx context.Context, source string) (news.Item, error) {
	if isHeadline(source) {
		return textItem("", source, ""), nil
	}
	data, _, err := p.load(ctx, source)
	if err != nil {
		return news.Item{}, err
	}
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0:
		return news.Item{}, fmt.Errorf("%s: there is no text", source)
	case data[0] == '{':
		first, _, _ := bytes.Cut(data, []byte("\n"))
		return archive.Line{Number: 1, Text: first}.Item(source)
	case data[0] == '<':
		title, body := text.Page(string(data))
		return textItem(source, title, body), nil
	}
	title, body, _ := strings.Cut(string(data), "\n")
	return textItem(source, title, strings.TrimLeft(body, "\n")), nil
}

func textItem(source, title, body string) news.Item {
	it := news.Item{ID: news.ItemID("", source), Title: strings.TrimSpace(title), Body: body, Fetched: time.Now().UTC()}
	if answers.IsURL(source) {
		it.Link, _ = news.SplitSecrets(source)
	}
	return it
}

// load returns what a URL, a file or standard input ("-") holds, and its media
// type if it is known.
func (p *program) load(ctx context.Context, source string) (data []byte, mediaType string, err error) {
	if answers.IsURL(source) {
		fetch := fetch.New(fetch.Options{UserAgent: userAgent(), Private: p.AllowPrivate})
		plain, login := news.SplitSecrets(source)
		a, err := fetch.Fetch(ctx, news.FeedState{Feed: news.Feed{URL: plain, Login: login}})
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", plain, err)
		}
		return a.Data, a.ContentType, nil
	}
	r, err := archive.Open(source)
	if err != nil {
		return nil, "", err
	}
	defer r.Close()
	data, err = io.ReadAll(io.LimitReader(r, archive.LongestLine))
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", source, err)
	}
	return data, "", nil
}

// fileName is what a single word looks like that was meant to be a file's name.
var fileName = regexp.MustCompile(`[/\\]|\.[a-z0-9]{1,5}$`)

// isHeadline reports whether s is neither a URL nor a file but text.
func isHeadline(s string) bool {
	if answers.IsURL(s) || s == "-" {
		return false
	}
	if !strings.ContainsAny(s, " \n") && fileName.MatchString(s) {
		return false
	}
	_, err := os.Stat(s)
	return err != nil // whatever is wrong with it as a name, it is none of a file
}
