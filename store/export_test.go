package store

import (
	"context"
	"database/sql"
	"io/fs"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
)

// OpenMigrations is Open with other migrations than ours.
func OpenMigrations(ctx context.Context, location string, files fs.FS) (*DB, error) {
	e, err := engine.Connect(location)
	if err != nil {
		return nil, err
	}
	return openWith(ctx, e, files)
}

// OpenImpatient is Open of a SQLite file that waits a moment only for other
// programs.
func OpenImpatient(ctx context.Context, path string) (*DB, error) {
	e, err := engine.ConnectSQLite(path, time.Millisecond)
	if err != nil {
		return nil, err
	}
	return openWith(ctx, e, migrations)
}

func openWith(ctx context.Context, e *engine.DB, files fs.FS) (*DB, error) {
	db := newDB(e)
	if err := e.Migrate(ctx, files); err != nil {
		db.Close()
		return nil, db.fail("open the database", err)
	}
	return db, nil
}

// SQL returns the connections that write.
func (db *DB) SQL() *sql.DB { return db.writes }

// Reads returns the connections that read.
func (db *DB) Reads() *sql.DB { return db.reads }

// Waiting returns how many readings wait to be ingested.
func (db *DB) Waiting() int { return db.ingests.Waiting() }

// Holder returns what this process is called where it has claimed something.
func (db *DB) Holder() string { return db.engine.Holder }
