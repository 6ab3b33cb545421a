package store

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/store/pages"
	"github.com/coupwatch/coupwatch/store/subscriptions"
)

// Own keeps a second daemon off a SQLite database, until release is called or
// the process ends, however it ends. The error says which process has it. What a
// process that died had claimed is free again at once: nobody else can have it.
//
// With PostgreSQL, where replicas are welcome, release ends what this process has
// claimed, so that the others need not wait until they miss its [DB.Beat].
func (db *DB) Own(ctx context.Context) (release func(), err error) {
	if db.engine.Path == "" {
		return func() { db.Leave(ctx) }, nil
	}
	if release, err = db.engine.Own(); err != nil {
		return nil, err
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		if err := free(ctx, tx, ""); err != nil {
			return err
		}
		return subscriptions.Disclaim(ctx, tx)
	})
	if err != nil {
		release()
		return nil, db.fail("own the database", err)
	}
	return release, nil
}

// free ends the leases that holder has of hosts and pages, or anybody if it is "", and
// makes alerts due again that it was sending.
func free(ctx context.Context, tx *sql.Tx, holder string) error {
	if err := freeUnread(ctx, tx, holder); err != nil {
		return err
	}
	return outbox.Disclaim(ctx, tx, holder)
}

// freeUnread ends the leases that holder has of hosts and pages, or anybody if it is
// "". A host that is to be left alone stays so: nobody reads it.
func freeUnread(ctx context.Context, tx *sql.Tx, holder string) error {
	_, err := row.Exec(ctx, tx, `
		UPDATE hosts SET lease_until = 0
		WHERE lease_until > 0 AND reading <> '' AND ($1 = '' OR holder = $1)`, holder)
	if err != nil {
		return err
	}
	return pages.Disclaim(ctx, tx, holder)
}
