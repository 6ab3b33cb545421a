package store

import (
	"context"
	"database/sql"

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
		return func() { db.leave(ctx) }, nil
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
