package people

import (
	"context"
	"fmt"
	"io"
	"os/user"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
)

// Note keeps for the audit what somebody changed by a command, as a sentence without
// a name: "muted rule coup". The name is that of their account on this machine. It is
// done already, so that a failure is only told, on errs.
func Note(ctx context.Context, db *store.DB, errs io.Writer, what string) {
	who := "somebody"
	if u, err := user.Current(); err == nil && u.Username != "" {
		who = u.Username
	}
	deed := news.Deed{At: time.Now(), Who: who, From: "command line", What: news.Redact(what)}
	if err := db.NoteDeed(ctx, deed); err != nil {
		fmt.Fprintf(errs, "this is not in the audit: %v\n", err)
	}
}

func (d *Desk) note(ctx context.Context, db *store.DB, what string) { Note(ctx, db, d.Err, what) }
