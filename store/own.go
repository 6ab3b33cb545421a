package store

import (
	"context"
	"database/sql"

	"github.com/coupwatch/coupwatch/store/internal/row"
	"github.com/coupwatch/coupwatch/store/outbox"
)

// Own keeps a second daemon off a SQLite database, until release is called or
// the process ends, however it ends. The error says which process has it. With
// PostgreSQL, where replicas are welcome, it does nothing.
//
// What a process that died had claimed is free again at once: nobody else can
// have it.
func (db *DB) Own(ctx context.Context) (release func(), err error) {
	if release, err = db.engine.Own(); err != nil || db.engine.Path == "" {
		return release, err
	}
	if err := db.freeAll(ctx); err != nil {
		release()
		return nil, db.fail("own the database", err)
	}
	return release, nil
}

// freeAll ends the leases of all hosts, and makes alerts due again that were
// being sent: whether they arrived is in doubt.
func (db *DB) freeAll(ctx context.Context) error {
	return db.update(ctx, func(tx *sql.Tx) error {
		if _, err := row.Exec(ctx, tx, `UPDATE hosts SET lease_until = 0 WHERE lease_until > 0`); err != nil {
			return err
		}
		return outbox.Disclaim(ctx, tx)
	})
}
