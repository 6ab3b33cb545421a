// Package source reads what people name on a command line for coupwatch to look
// at: a URL, a file, standard input, or a headline in quotes.
package source

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/answers"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/fulltext"
)

// A Reader reads sources. The zero Reader reads no URL in private networks.
type Reader struct {
	fetch.Options

	// Feeds are asked for and read as they say; those that are not among them as
	// feeds that need nothing.
	Feeds []news.Feed
}

// Feed returns the feed at a URL, and who logs in if the URL says so.
func (r Reader) Feed(source string) news.Feed {
	plain, login := news.SplitSecrets(source)
	f := news.Feed{URL: plain}
	if i := slices.IndexFunc(r.Feeds, func(f news.Feed) bool { return f.URL == plain }); i >= 0 {
		f = r.Feeds[i]
	}
	f.Login = cmp.Or(login, f.Login)
	return f
}

// Item reads a text as an item: its title and its body, or if it is a JSON object
// what archives have. Of a web page it takes the text. What is neither a URL nor
// a file is the title itself.
func (r Reader) Item(ctx context.Context, source string) (news.Item, error) {
	if isHeadline(source) {
		return textItem("", source, ""), nil
	}
	data, mediaType, err := r.Load(ctx, source)
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
		if a, err := fulltext.Extract(data, mediaType, source, "", title); err == nil && a.Text != "" {
			body = a.Text // as the daemon takes it
		}
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

// Load returns what a URL, a file or standard input ("-") holds, and its media
// type if it is known.
func (r Reader) Load(ctx context.Context, source string) (data []byte, mediaType string, err error) {
	if answers.IsURL(source) {
		fetch := fetch.New(r.Options)
		f := r.Feed(source)
		a, err := fetch.Fetch(ctx, news.FeedState{Feed: f})
		if err != nil {
			return nil, "", fmt.Errorf("%s: %w", f.URL, err)
		}
		return a.Data, a.ContentType, nil
	}
	file, err := archive.Open(source)
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	data, err = io.ReadAll(io.LimitReader(file, archive.LongestLine))
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
