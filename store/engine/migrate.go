package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// schemaLock is held while the schema is changed.
const schemaLock = 7264871 // any fixed number

// Migrate runs those of files in the folder migrations that have not run, in
// the order of their names, each in a transaction. What PostgreSQL has to be told
// otherwise stands in a file that ends in .postgres.sql, beside the one of that name.
// It refuses a database with migrations that are not in files.
func (db *DB) Migrate(ctx context.Context, files fs.FS) error {
	names, err := fs.Glob(files, "migrations/*.sql")
	if err != nil {
		return err
	}
	for i, name := range names {
		names[i] = path.Base(name)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, forPostgres) })
	// A database that is up to date is not locked, so that commands that only
	// look something up do not wait for the daemon. This SELECT also fails if
	// the database is new; what follows tells that from other troubles.
	done, err := applied(ctx, db.Reads)
	if err == nil && slices.Equal(done, names) || isLocked(err) {
		return err
	}
	if err := errors.Join(db.refuseUnfinished(done), db.refuseForeign(ctx)); err != nil {
		return err
	}
	err = db.Update(ctx, func(tx *sql.Tx) error {
		if err := db.Alone(ctx, tx, schemaLock); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)`)
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

// ErrForeign is that a SQLite file has tables, and none of coupwatch's.
var ErrForeign = errors.New("belongs to another program")

// refuseForeign returns [ErrForeign] if a SQLite file belongs to another program. It
// only reads: the first write would leave the file in WAL mode, whatever came of
// it. With PostgreSQL, where programs may share a database, it does nothing.
func (db *DB) refuseForeign(ctx context.Context) error {
	if db.Path == "" {
		return nil
	}
	var table sql.NullString
	err := db.Reads.QueryRowContext(ctx, `
		SELECT MIN(name) FROM sqlite_master
		WHERE type = 'table' AND NOT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'migrations')`).Scan(&table)
	if err == nil && table.Valid {
		err = fmt.Errorf("%s %w (it has a table %q and none of coupwatch's); name another file", db.Path, ErrForeign, table.String)
	}
	return err
}

// applied returns the names of the migrations that have run, in order.
func applied(ctx context.Context, q *sql.DB) (names []string, err error) {
	rows, err := q.QueryContext(ctx, `SELECT name FROM migrations ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// refuseNewer returns an error if a migration has run that is not in names.
func (db *DB) refuseNewer(ctx context.Context, names []string) error {
	done, err := applied(ctx, db.Writes)
	if err != nil {
		return err
	}
	for _, name := range done {
		if !slices.Contains(names, name) {
			return fmt.Errorf("%s was written by a newer coupwatch (migration %s is unknown here); upgrade coupwatch or name another database", db.Name, name)
		}
	}
	return nil
}

// forPostgres ends the names of files for PostgreSQL alone.
const forPostgres = ".postgres.sql"

// migration returns the text of a migration.
func (db *DB) migration(files fs.FS, name string) ([]byte, error) {
	if db.Path == "" {
		text, err := fs.ReadFile(files, "migrations/"+strings.TrimSuffix(name, ".sql")+forPostgres)
		if !errors.Is(err, fs.ErrNotExist) {
			return text, err
		}
	}
	return fs.ReadFile(files, "migrations/"+name)
}

// apply runs the migration name unless it has run.
func (db *DB) apply(ctx context.Context, files fs.FS, name string) error {
	text, err := db.migration(files, name)
	if err != nil {
		return err
	}
	err = db.Update(ctx, func(tx *sql.Tx) error {
		if err := db.Alone(ctx, tx, schemaLock); err != nil {
			return err
		}
		added, err := tx.ExecContext(ctx, `INSERT INTO migrations (name) VALUES ($1) ON CONFLICT (name) DO NOTHING`, name)
		if err != nil {
			return err
		}
		if n, err := added.RowsAffected(); err != nil || n == 0 {
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
