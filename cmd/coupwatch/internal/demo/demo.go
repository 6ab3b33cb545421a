// Package demo plays the invented newswire through the daemon's own parts, at a
// clock that is driven by hand.
package demo

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/clerk"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/feedlist"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/pages"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/newswire"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/story"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
	"github.com/coupwatch/coupwatch/web"
)

// stepLength is how far the newswire's story moves in a step.
const stepLength = 2*time.Hour + 30*time.Minute

// Pace is how long a step takes, so that people see what happens.
const Pace = time.Second

// A Desk is the daemon's parts as the demo puts them together: those of run, with
// a clock that is driven by hand. Make it with [Open].
type Desk struct {
	DB   *store.DB
	Use  *daemon.InUse
	Book *daemon.Ledger // of what came
	Page string         // address of the page, "" for none

	rules  string // the path of rules.yaml
	fetch  *fetch.HTTP
	log    *slog.Logger
	wire   *newswire.Server
	served *http.Server
	watch  *watcher.Watcher
	send   *notify.Sender
	jobs   []schedule.Job // those of each step
	runs   schedule.Runs  // how they went, for the page
}

// Open serves the newswire and wires a daemon to it whose files lie in dir. It is
// of a version, which a server sees.
func Open(ctx context.Context, dir, version string, log *slog.Logger) (d *Desk, err error) {
	wire, err := newswire.Load()
	if err != nil {
		return nil, err
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d = &Desk{wire: newswire.NewServer(wire), Use: &daemon.InUse{}, log: log}
	d.served = &http.Server{Handler: d.wire, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = d.served.Serve(ln) }() // ends when it is closed
	d.rules = filepath.Join(dir, "rules.yaml")
	if err = os.WriteFile(d.rules, []byte(newswire.Rules("http://"+ln.Addr().String())), 0o600); err == nil {
		d.Use.File, err = matcher.Open(d.rules, log)
	}
	if err == nil {
		d.DB, err = store.Open(ctx, "sqlite:"+filepath.Join(dir, "demo.db"))
	}
	if err != nil {
		d.served.Close()
		return nil, err
	}
	d.Book = &daemon.Ledger{DB: d.DB}
	d.fetch = fetch.New(fetch.Options{UserAgent: "Coupwatch/" + version, Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	d.watch = watcher.New(watcher.Options{Rules: d.Use.Rules, Fetch: d.fetch, Store: d.Book, Health: d.DB, Decide: d.Book.At, Log: log, Workers: 4})
	d.jobs = d.runs.Keep([]schedule.Job{
		{Name: "read feeds", Every: stayEvery, Do: d.read},
		{Name: "index items", Every: stayEvery, Do: daemon.NewIndexing(d.DB, d.Use.File.Current, true).Round},
		{Name: "send alerts", Every: stayEvery, Do: d.tell},
	})
	return d, nil
}

// stayEvery is how often the jobs are done once the story is over.
const stayEvery = "@every 10s"

// read reads all feeds, to the end: at each step they have something new. Each is due
// a moment before the next, so that every demo tells the same.
func (d *Desk) read(ctx context.Context) error {
	defer d.watch.Wait()
	feeds := slices.SortedFunc(slices.Values(d.Use.Rules().Feeds()), func(a, b news.Feed) int { return strings.Compare(a.URL, b.URL) })
	first := time.Now().Add(-time.Duration(len(feeds)) * time.Millisecond)
	for i, f := range feeds {
		if _, err := d.DB.ReadNow(ctx, f.URL, first.Add(time.Duration(i)*time.Millisecond)); err != nil {
			return err
		}
	}
	return d.watch.Poll(ctx)
}

// tell sends what is owed, to the end.
func (d *Desk) tell(ctx context.Context) error {
	defer d.send.Wait()
	return d.send.Flush(ctx)
}

// step does each job once.
func (d *Desk) step(ctx context.Context) error {
	for _, job := range d.jobs {
		if err := job.Do(ctx); err != nil {
			return fmt.Errorf("%s: %w", job.Name, err)
		}
	}
	return nil
}

// Close ends it.
func (d *Desk) Close() {
	d.served.Close()
	d.DB.Close()
}

// Show serves the page of the desk until ctx is done; s says where, and to whom.
func (d *Desk) Show(ctx context.Context, s settings.Settings, state func() web.State) error {
	page := pages.Parts{
		Clerk: &clerk.Clerk{
			Use: d.Use, DB: d.DB, Runs: &d.runs, Decide: new(story.Stories).At, Next: notify.NewDigest(d.DB, d.Use.Policy),
			Version: state().Version, Where: "a folder that goes when this ends", Started: time.Now(),
		},
		DB: d.DB, Use: d.Use, Settings: s, State: state, Log: d.log, Read: func(time.Time) {}, // each is read again within seconds
		Feeds: feedlist.NewPage(d.rules, d.Use.File, false, d.fetch, d.fetch, nil),
		Rules: &pages.Rules{Context: ctx, File: d.rules, Edit: true, Reload: d.reload},
	}
	if err := page.Ready(ctx); err != nil {
		return err
	}
	ln, err := web.Listen(ctx, s.Listen)
	if err != nil {
		return err
	}
	d.Page = "http://" + ln.Addr().String()
	go func() {
		if err := web.Serve(ctx, ln, page.Options()); err != nil {
			d.log.Error("the page is gone", "err", err)
		}
	}()
	counting := d.runs.Keep([]schedule.Job{{Name: "count rules", Every: stayEvery, Do: page.Rules.Count}})
	go func() { _ = schedule.Run(ctx, counting, d.log) }() // it ends with ctx
	return nil
}

// reload takes up rules that somebody saved on the page.
func (d *Desk) reload() {
	if err := d.Use.File.Reload(context.Background()); err != nil {
		d.log.Warn("rules", "err", err)
	}
}

// Play tells a console of what happens from the beginning of the story to its end:
// it moves the story on and does the daemon's jobs at each step, which takes no less
// than pace.
func (d *Desk) Play(ctx context.Context, console *notify.Console, pace time.Duration) error {
	d.send = notify.NewSender(d.DB, notify.Channels{Console: console}, d.log)
	tick := time.NewTicker(max(pace, time.Nanosecond))
	defer tick.Stop()
	for at := time.Duration(0); ; at = min(at+stepLength, newswire.Length) {
		d.wire.Set(at)
		if err := d.step(ctx); err != nil {
			return err
		}
		if at == newswire.Length {
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Digest returns the digest of all days.
func (d *Desk) Digest(ctx context.Context) (news.Digest, error) {
	return d.DB.Digest(ctx, news.Period{From: d.wire.Clock().Add(-newswire.Length), To: time.Now().Add(time.Hour), UpTo: math.MaxInt64})
}

// Stay goes on with the jobs until ctx is done: the feeds change no more, but who is at
// the page may have an alert sent again. Call it after [Desk.Play].
func (d *Desk) Stay(ctx context.Context) error {
	tick := time.NewTicker(10 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := d.step(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}
