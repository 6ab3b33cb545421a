// Package feedlist is what the commands "feeds try", "feeds add" and their like
// do, and the page likewise: find the feeds of a site, show what they are, and write
// them into rules.yaml.
package feedlist

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/discover"
)

// A Desk is where somebody looks after the feeds of a rules file. All fields but
// Key must be set.
type Desk struct {
	Out, Err io.Writer
	Rules    string           // the path of rules.yaml
	Fetch    watcher.Fetcher  // of what people name
	Abroad   watcher.Fetcher  // of what pages name on other hosts
	Screen   *terminal.Screen // for answers
	Now      time.Time

	// Key waits for somebody to press one; nil where nobody can.
	Key func() (byte, error)
}

// rules returns the rules to try items by. If there are none it says why, and
// what is to be seen is seen without them.
func (d *Desk) rules() *matcher.Rules {
	rules, err := matcher.Read(d.Rules)
	switch {
	case err == nil:
		return rules
	case errors.Is(err, fs.ErrNotExist):
		fmt.Fprintf(d.Err, "there is no %s here, so no rule is tried\n", d.Rules)
	default:
		fmt.Fprintf(d.Err, "%s has mistakes, so no rule is tried; see coupwatch check\n", d.Rules)
	}
	return nil
}

// find looks for the feeds of what somebody named.
func (d *Desk) find(ctx context.Context, named string, as news.Feed, rules *matcher.Rules) (discover.Found, error) {
	if info, err := os.Stat(named); err == nil && info.Mode().IsRegular() {
		return discover.Found{}, fmt.Errorf("%s is a file; coupwatch read %s shows what is in it", named, named)
	}
	s := discover.Searcher{Fetch: d.Fetch, Abroad: d.Abroad, As: as}
	if rules != nil {
		s.Watched = rules.Feeds()
	}
	return s.Find(ctx, named)
}

// Try shows the feeds of what somebody named. The error says that there are
// none, and what to do.
func (d *Desk) Try(ctx context.Context, named string, as news.Feed, asJSON bool) error {
	rules := d.rules()
	found, err := d.find(ctx, named, as, rules)
	if asJSON {
		return errors.Join(err, d.writeJSON(found, rules))
	}
	for i, c := range found.Candidates {
		if i > 0 {
			d.Screen.WriteString("\n")
		}
		d.show("", factsOf(c, d.Now), rules)
	}
	d.showFailed(found.Failed)
	if i := slices.IndexFunc(found.Candidates, func(c discover.Candidate) bool { return !watched(c) }); i >= 0 && rules != nil {
		d.Screen.WriteString("\n")
		d.Screen.Line(0, "To watch it: "+adding(found.Candidates[i].Feed.URL, as))
	}
	return errors.Join(err, d.flush())
}

// adding returns the command that adds a feed as it was tried.
func adding(address string, as news.Feed) string {
	command := "coupwatch feeds add " + terminal.Shell(address)
	if as.Language != "" {
		command += " --language " + terminal.Shell(as.Language)
	}
	if len(as.Tags) > 0 {
		command += " --tag " + terminal.Shell(strings.Join(as.Tags, ","))
	}
	return command
}

// flush writes what is on the screen.
func (d *Desk) flush() error {
	err := d.Screen.Show(d.Out)
	d.Screen.Reset()
	return err
}
