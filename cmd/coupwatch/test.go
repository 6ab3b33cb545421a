package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/doctor"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

func testCommand(p *program) *cobra.Command {
	var send bool
	cmd := &cobra.Command{
		Use:   "test [slack|email|webhook|chat|all]",
		Short: "See whether alerts would arrive: token, channels, mail server, recipients",
		Long: `Test looks whether alerts would arrive, over each channel that is set up and that
the rules file names: whether Slack takes the token, what the bot may do, and
whether it is in the channel; whether the mail server takes the user, the sender
and the recipients; whether the server of a webhook can be reached. It says what
is wrong and what to do, and exits with 1 if anything is.

Nothing is sent, unless --send asks for a test message over each channel.`,
		Example: `  coupwatch test
  coupwatch test slack --send`,
		ValidArgs: append(slices.Clone(testKinds), "all"),
		RunE: func(cmd *cobra.Command, args []string) error {
			kinds, err := kindsAsked(args)
			if err != nil {
				return err
			}
			return p.test(cmd.Context(), kinds, send)
		},
	}
	cmd.Flags().BoolVar(&send, "send", false, "send a test message over each channel")
	return cmd
}

// testKinds are the kinds of channels that can be tested.
var testKinds = []string{"slack", "email", "webhook", "chat"}

// kindsAsked returns the kinds that are to be tested, none for all.
func kindsAsked(args []string) ([]string, error) {
	if len(args) == 0 || slices.Contains(args, "all") {
		return nil, nil
	}
	for _, kind := range args {
		if !slices.Contains(testKinds, kind) {
			return nil, usageError{fmt.Errorf("%q cannot be tested; write slack, email, webhook, chat or all", kind)}
		}
	}
	return args, nil
}

// test tests the channels of the kinds that are asked for, or of all that are
// set up.
func (p *program) test(ctx context.Context, asked []string, send bool) error {
	rules, err := openRules(p.Rules, p.log)
	if err != nil {
		return err
	}
	use := &daemon.InUse{File: rules, MailTo: p.MailTo}
	if use.Channels, err = p.channels(mode{}, p.style(use)); err != nil {
		return err
	}
	for _, text := range p.advice(use, mode{}) {
		fmt.Fprintln(p.out, text)
	}
	bad, tested := 0, 0
	for _, kind := range testKinds {
		name := p.Missing(kind)
		switch {
		case len(asked) > 0 && !slices.Contains(asked, kind), len(asked) == 0 && name != "":
			continue
		case name != "":
			fmt.Fprintf(p.out, "%s\n  WRONG  it is not set up: set %s\n", kind, name)
			bad++
			continue
		}
		for _, channel := range use.ChannelsOfKind(kind) {
			tested++
			bad += doctor.Channel(ctx, use, channel, send).Show(p.out)
		}
	}
	switch {
	case bad > 0:
		return wrong(bad)
	case tested == 0:
		fmt.Fprintln(p.out, "No channel is set up: alerts are printed. docs/delivery.md says how to set up Slack, mail and others; coupwatch slack-double stands in for Slack.")
	case !send:
		fmt.Fprintln(p.out, "No message was sent; with --send one is.")
	}
	return nil
}

// wrong is the error that so many things are.
func wrong(things int) error {
	if things == 1 {
		return errors.New("1 thing is wrong")
	}
	return fmt.Errorf("%d things are wrong", things)
}

// advice says in sentences what is odd about the settings.
func (p *program) advice(use *daemon.InUse, mode mode) []string {
	advice := append(settings.Misspelt(settings.Names()), settings.Exposed(os.Args)...)
	if !mode.dry {
		advice = append(advice, p.Idle(use.File.Current().Policy())...)
	}
	if p.EditRules && !mode.dry {
		file, err := os.OpenFile(p.Rules, os.O_WRONLY, 0)
		if err != nil {
			return append(advice, fmt.Sprintf("COUPWATCH_EDIT_RULES is yes, and what analysts save from the page cannot be written: %v; let the user of coupwatch write the file and its folder", err))
		}
		_ = file.Close() // nothing was written
	}
	return advice
}

func slackDoubleCommand(p *program) *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "slack-double",
		Short: "Stand in for Slack, with a page that shows what a desk would see",
		Long: `Slack-double takes what coupwatch posts in the place of Slack and shows it on a
page, threads, edits and all, so that Slack can be tried without a workspace. It
takes any bot token and refuses what Slack would refuse. A form on its page makes
it refuse everything, as Slack does when a token was revoked or a channel was
archived, to see that nothing is lost by it.

It remembers nothing when it ends, and is for one machine: who reaches its port
sees everything.`,
		Example: `  coupwatch slack-double
  coupwatch slack-double --listen 127.0.0.1:9000`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.slackDouble(cmd.Context(), listen) },
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8091", "address of the page and of the API")
	return cmd
}

// slackDouble serves the double until ctx is done.
func (p *program) slackDouble(ctx context.Context, listen string) error {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("slack-double cannot be served at %s: %w; choose another address with --listen", listen, err)
	}
	address := "http://" + daemon.Reachable(ln.Addr().String())
	fmt.Fprintf(p.out, `Slack's double shows what is posted at %s/

Start coupwatch beside it with

  SLACK_API_URL=%s%s SLACK_BOT_TOKEN=xoxb-double SLACK_CHANNEL=C0123ABCD coupwatch

and see whether it works with the same before: coupwatch test slack --send
Stop with Ctrl-C.
`, address, address, slackdouble.API)
	srv := &http.Server{Handler: slackdouble.NewDouble(slackdouble.Options{AnyToken: true}), ReadHeaderTimeout: 5 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = srv.Close() }) // nothing of it is kept
	defer stop()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve slack-double: %w", err)
	}
	return nil
}
