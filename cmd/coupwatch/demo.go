package main

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
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/newswire"
	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

func demoCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Watch three days of an invented newswire in half a minute",
		Long: `Demo serves the feeds of a dozen invented outlets on this machine and watches them
with the real daemon and a temporary database: a rumour that one exile started
and many retell, an officer's defection, a mutiny that ends in an official
statement, a denial, and a great deal of sport and business. It shows what a desk
would have seen. It needs no network, no account and no setting.`,
		Example: "  coupwatch demo",
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.demo(cmd.Context()) },
	}
}

// step is how far the newswire's story moves in a second.
const step = 2*time.Hour + 30*time.Minute

// A desk is the daemon's parts as the demo puts them together: those of run,
// with a clock that is driven by hand.
type desk struct {
	wire  *newswire.Server
	db    *store.DB
	use   *daemon.InUse
	watch *watcher.Watcher
	send  *notify.Sender
	book  *daemon.Ledger
}

// demo plays the newswire from its beginning to its end.
func (p *program) demo(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "coupwatch-demo-")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer os.RemoveAll(dir)
	p.LogLevel = max(p.LogLevel, slog.LevelWarn) // the desk is what matters here
	p.log = newLog(p.err, p.Settings)
	d, stop, err := p.openDesk(ctx, dir)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer stop()
	sum := d.use.File.Current().Summary()
	s := p.newScreen()
	s.Wrapped(0, fmt.Sprintf("Three days of an invented newswire: %s, %s. Alerts appear as a desk would see them.", terminal.Count(sum.Feeds, "outlet"), terminal.Count(sum.Rules, "rule")))
	fmt.Fprintln(p.out, s)
	if err := d.play(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return p.sumUp(ctx, d)
}

// openDesk serves the newswire and wires a daemon to it.
func (p *program) openDesk(ctx context.Context, dir string) (d *desk, stop func(), err error) {
	wire, err := newswire.Load()
	if err != nil {
		return nil, nil, err
	}
	d = &desk{wire: newswire.NewServer(wire)}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	srv := &http.Server{Handler: d.wire, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = srv.Serve(ln) }() // ends when srv is closed
	file := filepath.Join(dir, "rules.yaml")
	if err = os.WriteFile(file, []byte(newswire.Rules("http://"+ln.Addr().String())), 0o600); err == nil {
		d.use = &daemon.InUse{}
		d.use.File, err = matcher.Open(file, p.log)
	}
	if err == nil {
		d.db, err = store.Open(ctx, "sqlite:"+filepath.Join(dir, "demo.db"))
	}
	if err != nil {
		srv.Close()
		return nil, nil, err
	}
	d.book = &daemon.Ledger{DB: d.db}
	fetch := fetch.New(fetch.Options{UserAgent: "Coupwatch/" + version(), Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	d.watch = watcher.New(watcher.Options{Rules: d.use.Rules, Fetch: fetch, Store: d.book, Health: d.db, Decide: d.book.At, Log: p.log, Workers: 4})
	d.send = notify.NewSender(d.db, notify.Channels{Console: notify.NewConsole(p.out, p.coloured(), p.demoStyle(d.use))}, p.log)
	return d, func() { srv.Close(); d.db.Close() }, nil
}

// play moves the story on and does the daemon's jobs at each step. A feed is
// due again after a second, so a step takes one.
func (d *desk) play(ctx context.Context) error {
	tick := time.NewTicker(time.Second + 50*time.Millisecond)
	defer tick.Stop()
	for at := time.Duration(0); ; at = min(at+step, newswire.Length) {
		d.wire.Set(at)
		if err := d.watch.Poll(ctx); err != nil {
			return err
		}
		d.watch.Wait()
		if err := d.send.Flush(ctx); err != nil {
			return err
		}
		d.send.Wait()
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

// sumUp shows the digest and what was kept from the desk.
func (p *program) sumUp(ctx context.Context, d *desk) error {
	digest, err := d.db.Digest(ctx, news.Period{From: d.wire.Clock().Add(-newswire.Length), To: time.Now().Add(time.Hour), UpTo: math.MaxInt64})
	if err != nil {
		return err
	}
	if err := notify.DigestText(p.out, digest, p.demoStyle(d.use)); err != nil {
		return err
	}
	s := p.newScreen()
	s.Wrapped(0, fmt.Sprintf("%s read, %d matched, %s in %s. The rest was folded or left to the digest.",
		terminal.Count(d.book.Total.New, "item"), d.book.Total.Matched, terminal.Count(d.book.Total.Alerts, "alert"), terminal.Count(len(digest.Stories), "story")))
	fmt.Fprint(p.out, "\n", s)
	return nil
}

// demoStyle is the style of the terminal, for news that all are of the country
// of the newswire.
func (p *program) demoStyle(use *daemon.InUse) notify.Style {
	style := p.onScreen(p.style(use))
	style.Land = func(string) string { return newswire.Country }
	style.Page = nil // there is none after the demo
	return style
}
