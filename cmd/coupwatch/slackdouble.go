package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

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
	address := "http://" + reachable(ln.Addr().String())
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
