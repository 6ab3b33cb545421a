package main

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
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
