// Package health is the command that asks a running daemon for its health: an image
// without a shell has no other way to ask.
package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
)

// A Daemon is the one that is asked.
type Daemon struct {
	Out    io.Writer
	Listen string // the address of its page
	Token  string // that it tells reasons for; "" for none
}

// Command returns the command. The daemon is asked for when it runs.
func Command(daemon func() Daemon, arguments cobra.PositionalArgs) *cobra.Command {
	var alive bool
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask the running daemon whether all is well",
		Long: `Health asks /healthz of the daemon at COUPWATCH_LISTEN. It exits with 1 if the
daemon does not answer, if it cannot record anything, or if nothing can be sent
over some channel. Feeds that fail and mistakes in the rules are shown, and are
no reason. With --alive only a daemon that does not answer or that cannot record
anything is one: for what starts a program again that is down.`,
		Example: "  coupwatch health\n  coupwatch health --alive",
		Args:    arguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return daemon().ask(cmd.Context(), alive)
		},
	}
	cmd.Flags().BoolVar(&alive, "alive", false, "only whether it does its work, not whether people can be told")
	return cmd
}

// ask asks for the health of the daemon and prints it.
func (d Daemon) ask(ctx context.Context, alive bool) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	addr := strings.Replace(d.Listen, "0.0.0.0", "127.0.0.1", 1)
	if strings.HasPrefix(addr, ":") {
		addr = "127.0.0.1" + addr
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/healthz", nil)
	if err != nil {
		return err
	}
	if d.Token != "" {
		req.Header.Set("Authorization", "Bearer "+d.Token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("no daemon answers at %s; start it, or say with COUPWATCH_LISTEN where its page is (%w)", addr, plainly(err))
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return err
	}
	return d.show(res.StatusCode, body, alive)
}

// plainly returns what is at the bottom of an error of the network, without the
// address that stands in the sentence around it.
func plainly(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// show prints what the daemon answered. The error is that something is wrong.
func (d Daemon) show(code int, body []byte, alive bool) error {
	var h struct {
		Status   string
		Problems []string
		Channels []struct{ Channel string }
		Feeds    int
	}
	if err := json.Unmarshal(body, &h); err != nil || code != http.StatusOK {
		return fmt.Errorf("the daemon is not well: HTTP %d: %s", code, terminal.Cut(string(body), 300))
	}
	told := terminal.Count(h.Feeds, "feed") + " watched"
	if n := len(h.Problems); n > 0 {
		told = terminal.Count(n, "problem") + ", " + told
	}
	fmt.Fprintf(d.Out, "%s: %s\n", h.Status, told)
	for _, problem := range h.Problems {
		fmt.Fprintf(d.Out, "  %s\n", problem)
	}
	if len(h.Channels) > 0 && !alive {
		return fmt.Errorf("nothing can be sent to %s; what is owed goes out when that is mended", h.Channels[0].Channel)
	}
	return nil
}
