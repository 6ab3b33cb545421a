package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs those of files in the folder migrations that have not run, in
// the order of their names, each in a transaction. It refuses a database with
// migrations that are not in files.
func (db *DB) migrate(ctx context.Context, files fs.FS) error {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return err
	}
	for i, name := range names {
		names[i] = path.Base(name)
	}
	// A database that is up to date is not locked, so that commands that only
	// look something up do not wait for the daemon. This SELECT also fails if
	// the database is new; what follows tells that from other troubles.
	done, err := applied(ctx, db.reads)
	if err == nil && slices.Equal(done, names) || isLocked(err) {
		return err
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		if err := db.alone(ctx, tx, schemaLock); err != nil {
			return err
		}
		_, err := exec(ctx, tx, `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)`)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := db.apply(ctx, files, name); err != nil {
			return err
		}
	}
	return db.refuseNewer(ctx, names)
}

// applied returns the names of the migrations that have run, in order.
func applied(ctx context.Context, q querier) ([]string, error) {
	return collect(ctx, q, scanOne[string], `SELECT name FROM migrations ORDER BY name`)
}

// refuseNewer returns an error if a migration has run that is not in names.
func (db *DB) refuseNewer(ctx context.Context, names []string) error {
	done, err := applied(ctx, db.writes)
	if err != nil {
		return err
	}
	for _, name := range done {
		if !slices.Contains(names, name) {
			return fmt.Errorf("%s was written by a newer coupwatch (migration %s is unknown here); upgrade coupwatch or name another database", db.name, name)
		}
	}
	return nil
}

// apply runs the migration name unless it has run.
func (db *DB) apply(ctx context.Context, files fs.FS, name string) error {
	text, err := fs.ReadFile(files, "migrations/"+name)
	if err != nil {
		return err
	}
	err = db.update(ctx, func(tx *sql.Tx) error {
		if err := db.alone(ctx, tx, schemaLock); err != nil {
			return err
		}
		added, err := exec(ctx, tx, `INSERT INTO migrations (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`, name)
		if err != nil || added == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, string(text))
		return err
	})
	if err != nil {
		return fmt.Errorf("migration %s: %w", strings.TrimSuffix(name, ".sql"), err)
	}
	return nil
}
