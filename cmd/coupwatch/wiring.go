package main

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"os"
	"time"

	"github.com/coupwatch/coupwatch/backtest/archive"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/delivery"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/health"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/keep"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/people"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/matcher/places"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/watcher/fulltext"
)

// openDatabase opens the database and makes it this program's own. In a dry
// run it is a copy, which release removes.
func (p *program) openDatabase(ctx context.Context, mode mode) (db *store.DB, release func(), err error) {
	if mode.dry {
		return keep.OpenCopy(ctx, p.Database)
	}
	if db, err = p.awaitDatabase(ctx, mode); err != nil {
		return nil, nil, err
	}
	disown, err := db.Own(ctx)
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	release = func() { disown(); db.Close() }
	if _, err := db.Beat(ctx); err != nil {
		release()
		return nil, nil, err
	}
	return db, release, nil
}

// awaitDatabase opens the database. As long as its server is away the daemon waits
// and says so, at first and every ten minutes.
func (p *program) awaitDatabase(ctx context.Context, mode mode) (*store.DB, error) {
	const pause, again = 2 * time.Second, 10 * time.Minute
	var said time.Time
	if file := keep.Emptied(p.Database); file != "" {
		p.log.Warn("the file of the database is there and empty: if it was not, all that was remembered is lost; stop coupwatch and restore a backup", "file", file)
	}
	for {
		db, err := store.Open(ctx, p.Database)
		if mode.once || !errors.Is(err, store.ErrAway) {
			return db, err
		}
		if time.Since(said) > again {
			p.log.Warn("waiting for the database", "err", err)
			said = time.Now()
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// openStored opens the database for a command that asks what it holds.
func (p *program) openStored(ctx context.Context) (*store.DB, error) {
	return keep.OpenStored(ctx, p.Database)
}

// keepDesk is where the database is kept.
func (p *program) keepDesk() *keep.Desk {
	return &keep.Desk{Out: p.out, Err: p.err, Database: p.Database, Open: p.openStored}
}

// peopleDesk is where it is said who may use the page. Who is added before coupwatch
// ran first makes the database.
func (p *program) peopleDesk() *people.Desk {
	page := cmp.Or(p.Page, "http://"+daemon.Reachable(p.Listen))
	make := func(ctx context.Context) (*store.DB, error) { return store.Open(ctx, p.Database) }
	return &people.Desk{Out: p.out, Err: p.err, In: os.Stdin, Page: page, Open: p.openStored, Make: make, Columns: p.columns}
}

// daemon is the one that runs, or should.
func (p *program) daemon() health.Daemon {
	return health.Daemon{Out: p.out, Listen: p.Listen, Token: string(p.MetricsToken)}
}

// openWithRules reads the rules and opens the database for a command that looks
// something up in both.
func (p *program) openWithRules(ctx context.Context) (*matcher.Rules, *store.DB, error) {
	rules, err := lookUpRules(p.Rules)
	if err != nil {
		return nil, nil, err
	}
	db, err := p.openStored(ctx)
	return rules, db, err
}

// channels returns who delivers alerts. What is not set up, and everything in
// a dry run, is printed.
func (p *program) channels(mode mode, style notify.Style) (notify.Channels, error) {
	console := notify.NewConsole(p.out, p.coloured(), p.onScreen(style))
	if mode.dry {
		return notify.Channels{Console: console}, nil
	}
	c, err := delivery.Channels(p.Settings, style)
	if err != nil {
		return c, usageError{err}
	}
	c.Console = console
	return c, nil
}

// style is how alerts show what rules.yaml and the list of countries know. Times
// are those of the digest's zone when the program starts.
func (p *program) style(use *daemon.InUse) notify.Style {
	style := notify.Style{
		Zone:    use.File.Current().Policy().Digest.Zone,
		Country: places.Name,
		Rule:    func(id string) string { return use.File.Current().Title(id) },
		Looks:   func(id string) string { return use.File.Current().Looks(id) },
		Land:    func(id string) string { return use.File.Current().Land(id) },
		Entity:  func(id string) string { return use.File.Current().EntityName(id) },
	}
	if p.Page != "" {
		style.Page = func(story string) string { return p.Page + "/story/" + url.PathEscape(story) }
	}
	return style
}

// pages returns who reads the pages behind the links of items; nil if nobody is to.
func (p *program) pages(use *daemon.InUse, keep daemon.Outbox, decide func(news.Policy, time.Time) news.Decider, paging *schedule.Alarm) *fulltext.Pages {
	if !p.FullText {
		return nil
	}
	asking := p.fetching()
	asking.Timeout, asking.MaxBytes = 15*time.Second, 2<<20
	return fulltext.NewPages(fulltext.Options{
		Reader: fulltext.New(fetch.New(asking)), Store: keep, Log: p.log, Wake: paging.At, Gap: p.HostGap,
		Feeds:  func() []news.Feed { return use.Rules().Feeds() },
		Report: func(it news.Item) (news.Report, bool) { return watcher.Report(use.Rules(), it) },
		Decide: func(now time.Time) news.Decider { return decide(use.Rules().Policy(), now) },
	})
}

// reload returns the job that takes in what people muted and a changed rules
// file, and writes the mistakes of one that has some into the log. The operators
// hear of them too, and reading is woken if the rules are others.
func (p *program) reload(use *daemon.InUse, db *store.DB, ops *daemon.Operators, reading *schedule.Alarm) func(context.Context) error {
	return func(ctx context.Context) error {
		before := use.Rules()
		defer func() {
			if use.Rules() != before {
				reading.At(time.Now()) // other feeds may be due
			}
		}()
		if err := use.ReadMutes(ctx, db); err != nil {
			return err
		}
		if problem := use.File.Reload(ctx); problem != nil && ctx.Err() == nil {
			ops.LogMistakes(problem)
		}
		places.Forget()
		return nil
	}
}

// prune returns the job that forgets what is older than the retention, and what people
// changed a year ago.
func (p *program) prune(db *store.DB) func(context.Context) error {
	return func(ctx context.Context) error {
		now := time.Now()
		return errors.Join(db.Prune(ctx, p.MatchedSince(now), now.Add(-p.Retention)), db.ForgetDeeds(ctx, now))
	}
}

// coloured reports whether answers go to a terminal that shows colours.
func (p *program) coloured() bool { return !p.NoColour && terminal.IsTerminal(p.out) }

// showProgress shows on standard error, if that is a terminal, how far the
// reading of files is. The meter it returns counts that; it is nil where nobody
// looks.
func (p *program) showProgress(verb string, files []string) (m *archive.Meter, stop func()) {
	if !terminal.IsTerminal(p.err) {
		return nil, func() {}
	}
	m = &archive.Meter{}
	return m, terminal.ShowProgress(p.err, m, verb, "items", archive.SizeOf(files))
}

// newScreen returns the screen for answers.
func (p *program) newScreen() *terminal.Screen { return terminal.NewScreen(p.columns(), p.coloured()) }

// columns returns how many columns the terminal for answers has; 0 if it is no
// terminal.
func (p *program) columns() int { return cmp.Or(terminal.Columns(p.out), p.Columns) }

// mostRead is how wide a text for reading becomes at the most.
const mostRead = 120

// onScreen returns a style for texts on the terminal, as wide as that is.
func (p *program) onScreen(style notify.Style) notify.Style {
	style.Columns = min(p.columns(), mostRead)
	return style
}
