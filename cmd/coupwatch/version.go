package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/terminal"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// release is the version of a released build, set by the linker.
var release string

// version returns the release, or the commit that was built.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel-" + s.Value[:12]
		}
	}
	return "devel"
}

// userAgent is what publishers see in their logs: who asks, and where to complain.
func (p *program) userAgent() string {
	return "Coupwatch/" + version() + " (+" + p.Contact + ")"
}

// fetching says how feeds are asked for.
func (p *program) fetching() fetch.Options {
	return fetch.Options{UserAgent: p.userAgent(), Private: p.AllowPrivate, Proxy: p.ProxyFor(), Env: settings.Environment, Secrets: p.Secrets}
}

func versionCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  coupwatch version",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.out, "coupwatch %s\n", version())
			return err
		},
	}
}

// healthCommand asks a running daemon for its health: an image without a shell
// has no other way to ask.
func healthCommand(p *program) *cobra.Command {
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
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 5*time.Second)
			defer cancel()
			addr := strings.Replace(p.Listen, "0.0.0.0", "127.0.0.1", 1)
			if strings.HasPrefix(addr, ":") {
				addr = "127.0.0.1" + addr
			}
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/healthz", nil)
			if err != nil {
				return err
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
			return p.showHealth(res.StatusCode, body, alive)
		},
	}
	cmd.Flags().BoolVar(&alive, "alive", false, "only whether it does its work, not whether people can be told")
	return cmd
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

func (p *program) showHealth(code int, body []byte, alive bool) error {
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
	fmt.Fprintf(p.out, "%s: %s\n", h.Status, told)
	for _, problem := range h.Problems {
		fmt.Fprintf(p.out, "  %s\n", problem)
	}
	if len(h.Channels) > 0 && !alive {
		return fmt.Errorf("nothing can be sent to %s; what is owed goes out when that is mended", h.Channels[0].Channel)
	}
	return nil
}
