package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/demo"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/newswire"
	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/web/login"
)

func demoCommand(p *program) *cobra.Command {
	var page bool
	var listen string
	var pace time.Duration
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch three days of an invented newswire in half a minute",
		Long: `Demo serves the feeds of a dozen invented outlets on this machine and watches them
with the real daemon and a temporary database: a rumour that one exile started
and many retell, an officer's defection, a mutiny that ends in an official
statement, a denial, and a great deal of sport and business. It shows what a desk
would have seen. It needs no network, no account and no setting.

With --page its page is there from the beginning, changes as the days pass, and
stays when they are over, until you end it with Ctrl-C.`,
		Example: "  coupwatch demo\n  coupwatch demo --page",
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if listen != "" {
				if err := settings.SetListen(&p.Settings, listen); err != nil {
					return usageError{fmt.Errorf("--listen: %w", err)}
				}
			}
			if !page && listen == "" {
				p.Listen = ""
			}
			return p.demo(cmd.Context(), pace)
		},
	}
	cmd.Flags().BoolVar(&page, "page", false, "show the page, and leave it up when the days are over")
	cmd.Flags().StringVar(&listen, "listen", "", "address of the page (COUPWATCH_LISTEN, default 127.0.0.1:8090)")
	cmd.Flags().DurationVar(&pace, "pace", demo.Pace, "how long two and a half hours take, for tests")
	_ = cmd.Flags().MarkHidden("pace") // there is such a flag
	return cmd
}

// demo plays the newswire from its beginning to its end, and leaves the page up if
// there is one.
func (p *program) demo(ctx context.Context, pace time.Duration) error {
	dir, err := os.MkdirTemp("", "coupwatch-demo-")
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer os.RemoveAll(dir)
	p.LogLevel = max(p.LogLevel, slog.LevelWarn) // the desk is what matters here
	p.log = newLog(p.err, p.Settings)
	d, err := demo.Open(ctx, dir, version(), p.log)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer d.Close()
	if p.Listen != "" {
		if err := d.Show(ctx, settings.Settings{Listen: p.Listen, Who: settings.Who{Open: p.Open}}, (&desk{use: d.Use, db: d.DB}).state); errors.Is(err, login.ErrOpen) {
			return usageError{fmt.Errorf("demo: the page at %s: %w", p.Listen, err)}
		} else if err != nil {
			return fmt.Errorf("demo: %w", err)
		}
	}
	sum := d.Use.File.Current().Summary()
	s := p.newScreen()
	s.Wrapped(0, fmt.Sprintf("Three days of an invented newswire: %s, %s. Alerts appear as a desk would see them.", terminal.Count(sum.Feeds, "outlet"), terminal.Count(sum.Rules, "rule")))
	if d.Page != "" {
		s.Wrapped(0, "What becomes of them is at "+d.Page+"/")
	}
	fmt.Fprintln(p.out, s)
	if err := d.Play(ctx, notify.NewConsole(p.out, p.coloured(), p.demoStyle(d)), pace); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := p.sumUp(ctx, d); err != nil || d.Page == "" {
		return err
	}
	fmt.Fprintf(p.out, "\nThe page stays at %s/ until you end this with Ctrl-C.\n", d.Page)
	return d.Stay(ctx)
}

// sumUp shows the digest and what was kept from the desk.
func (p *program) sumUp(ctx context.Context, d *demo.Desk) error {
	digest, err := d.Digest(ctx)
	if err != nil {
		return err
	}
	if err := notify.DigestText(p.out, digest, p.demoStyle(d)); err != nil {
		return err
	}
	s := p.newScreen()
	s.Wrapped(0, fmt.Sprintf("%s read, %d matched, %s in %s. The rest was folded or left to the digest.",
		terminal.Count(d.Book.Total.New, "item"), d.Book.Total.Matched, terminal.Count(d.Book.Total.Alerts, "alert"), terminal.Count(len(digest.Stories), "story")))
	fmt.Fprint(p.out, "\n", s)
	return nil
}

// demoStyle is the style of the terminal, for news that all are of the country
// of the newswire.
func (p *program) demoStyle(d *demo.Desk) notify.Style {
	style := p.onScreen(p.style(d.Use))
	style.Land = func(string) string { return newswire.Country }
	style.Page = nil
	if d.Page != "" { // else there is none
		style.Page = func(story string) string { return d.Page + "/story/" + url.PathEscape(story) }
	}
	return style
}
