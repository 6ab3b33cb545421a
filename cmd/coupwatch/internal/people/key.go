package people

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/web/login"
)

func keyCommand(desk func() *Desk, usage func(error) error) *cobra.Command {
	var revoke, api bool
	cmd := &cobra.Command{
		Use:   "key NAME",
		Short: "Make somebody a key, for feed readers or for programs",
		Long: `Key makes a key with which a feed reader, which cannot log in, reads what people
are told: /alerts.atom?key=… and /alerts.json?key=…, and nothing else. With --api it
is one that a program shows to /api/ as a bearer token, to do there what its owner
may. The one before is worth nothing any more. NAME is a user, or somebody whom a
proxy or OpenID Connect names.`,
		Example: `  coupwatch users key anna
  coupwatch users key anna --api
  coupwatch users key anna --revoke`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := named(usage, cmd, args, 0)
			if err != nil {
				return err
			}
			purpose := news.ForFeeds
			if api {
				purpose = news.ForPrograms
			}
			d := desk()
			return d.with(cmd.Context(), d.Open, func(db *store.DB) error {
				if revoke {
					return d.revoke(cmd.Context(), db, name, purpose)
				}
				return d.makeKey(cmd.Context(), db, name, purpose)
			})
		},
	}
	cmd.Flags().BoolVar(&revoke, "revoke", false, "take the key")
	cmd.Flags().BoolVar(&api, "api", false, "for programs that ask /api/")
	return cmd
}

// makeKey makes somebody a key, and prints it.
func (d *Desk) makeKey(ctx context.Context, db *store.DB, name string, purpose news.Purpose) error {
	key, hash := login.NewKey()
	if err := db.SetKey(ctx, name, purpose, hash, time.Now()); err != nil {
		return err
	}
	d.note(ctx, db, fmt.Sprintf("made a key of %s for %s", name, purpose))
	if purpose == news.ForPrograms {
		fmt.Fprintf(d.Out, "Authorization: Bearer %s\nIt is shown this once, and is for %s/api/v1/.\n", key, d.Page)
		return nil
	}
	fmt.Fprintf(d.Out, "%s/alerts.atom?key=%s\nIt is shown this once. A filter goes behind it: &country=ml&severity=high\n", d.Page, key)
	return nil
}

// revoke takes somebody's key.
func (d *Desk) revoke(ctx context.Context, db *store.DB, name string, purpose news.Purpose) error {
	found, err := db.RevokeKey(ctx, name, purpose)
	switch {
	case err != nil:
		return err
	case !found:
		return fmt.Errorf("%s has no key for %s; coupwatch users lists who has one", name, purpose)
	}
	d.note(ctx, db, fmt.Sprintf("revoked the key of %s for %s", name, purpose))
	fmt.Fprintf(d.Out, "the key of %s for %s is worth nothing any more\n", name, purpose)
	return nil
}
