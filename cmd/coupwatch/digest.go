package main

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/daemon"
	"github.com/coupwatch/coupwatch/notify"
)

func digestCommand(p *program) *cobra.Command {
	var html bool
	cmd := &cobra.Command{
		Use:   "digest --preview",
		Short: "Show the digest as it would be sent now",
		Long: `Digest shows what the next daily digest would say if it were sent now: what has
been told since the last one. Nothing is sent.`,
		Example: `  coupwatch digest --preview
  coupwatch digest --preview --html > digest.html`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			rules, err := openRules(p.Rules, p.log)
			if err != nil {
				return err
			}
			db, err := p.openStored(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			use := &daemon.InUse{File: rules, MailTo: p.MailTo}
			digest := notify.NewDigest(db, use.Policy)
			digest.Almost = daemon.Almost(use, db, p.log)
			d, err := digest.Preview(cmd.Context(), time.Now())
			if err != nil {
				return err
			}
			if html {
				return notify.DigestHTML(p.out, d, p.onScreen(p.style(use)))
			}
			return notify.DigestText(p.out, d, p.onScreen(p.style(use)))
		},
	}
	cmd.Flags().Bool("preview", true, "print it; the daemon sends the real one when it is due")
	cmd.Flags().BoolVar(&html, "html", false, "print the HTML part of the mail")
	return cmd
}
