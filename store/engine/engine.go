// Package engine opens SQLite and PostgreSQL for package store, which holds what
// is asked of them. It hides which of the two it is as far as that can be: it
// connects, brings the schema up to date, runs transactions, keeps a second
// daemon off a SQLite file, and says in plain words what is wrong with a
// database and what to do. It is the one door of both drivers, and knows no
// table but its own, migrations.
package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
)

// A Dialect is what SQLite and PostgreSQL do not have in common in the text
// of queries.
type Dialect struct {
	ForUpdate  string // ends a SELECT of rows to change: others wait for them
	SkipLocked string // ends a SELECT of rows to claim: others pass them over
	lock       string // takes the lock $1 until the transaction ends
	Bytewise   string // after a text: it is compared byte by byte
	size       string // how many bytes the database takes on disk
	columns    string // selects table, column and its place in the primary key, 0 for none
	parents    string // selects tables and those to which they refer
}

var (
	// A transaction of SQLite begins IMMEDIATE, so it is alone already.
	sqlite = Dialect{
		size: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
		columns: `
			SELECT t.name, c.name, c.pk FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
			WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
			ORDER BY t.name, c.name`,
		parents: `
			SELECT DISTINCT t.name, f."table" FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
			WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name, f."table"`,
	}

	postgres = Dialect{
		ForUpdate:  " FOR UPDATE",
		SkipLocked: " FOR UPDATE SKIP LOCKED",
		lock:       "SELECT pg_advisory_xact_lock($1)",
		Bytewise:   ` COLLATE "C"`,
		size:       "SELECT pg_database_size(current_database())",
		columns: `
			SELECT t.relname, c.attname, COALESCE(array_position(k.indkey::int2[], c.attnum), -1) + 1
			FROM pg_class AS t JOIN pg_namespace AS n ON n.oid = t.relnamespace
			JOIN pg_attribute AS c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped AND c.attgenerated = ''
			LEFT JOIN pg_index AS k ON k.indrelid = t.oid AND k.indisprimary
			WHERE t.relkind = 'r' AND n.nspname = current_schema()
			ORDER BY t.relname COLLATE "C", c.attname COLLATE "C"`,
		parents: `
			SELECT DISTINCT t.relname, p.relname FROM pg_constraint AS f
			JOIN pg_class AS t ON t.oid = f.conrelid JOIN pg_class AS p ON p.oid = f.confrelid
			JOIN pg_namespace AS n ON n.oid = t.relnamespace
			WHERE f.contype = 'f' AND n.nspname = current_schema() ORDER BY t.relname, p.relname`,
	}
)

// DB is a database. It is safe for concurrent use; make one with [Connect].
type DB struct {
	Dialect
	Name string // for people: the file, or host and database; without a password
	Path string // of the SQLite file; "" for PostgreSQL

	Holder string // what this process is called where it has claimed something; no other has the name

	// SQLite has one writer at a time. A pool of one connection lets writers
	// queue for it in order, where SQLite would let them poll. For PostgreSQL
	// both are the same.
	Writes, Reads *sql.DB

	health condition
	lost   atomic.Int64
}

// Connect returns the database at location, with nothing asked of it yet.
func Connect(location string) (*DB, error) {
	scheme, rest, found := strings.Cut(location, ":")
	switch {
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return connectPostgres(location)
	case found && scheme == "sqlite":
		return ConnectSQLite(strings.TrimPrefix(rest, "//"), patience)
	case found && strings.HasPrefix(rest, "//"):
		return nil, fmt.Errorf("open the database: unknown scheme %q; write sqlite:coupwatch.db or postgres://user:password@host/database", scheme)
	default:
		return ConnectSQLite(location, patience)
	}
}

// Size returns how many bytes the database takes on disk, without what SQLite has
// in its log.
func (db *DB) Size(ctx context.Context) (bytes int64, err error) {
	err = db.Reads.QueryRowContext(ctx, db.size).Scan(&bytes)
	return bytes, err
}

// Close closes the database. It waits for queries that have started.
func (db *DB) Close() error {
	err := db.Writes.Close()
	if db.Reads != db.Writes {
		err = errors.Join(err, db.Reads.Close())
	}
	if err != nil {
		return fmt.Errorf("close the database %s: %w", db.Name, err)
	}
	return nil
}

// Update runs f in a transaction, which is undone if f fails or panics.
func (db *DB) Update(ctx context.Context, f func(*sql.Tx) error) (err error) {
	defer func() {
		db.NoteWrite(err, false)
		if cutOff(err) {
			db.lost.Add(1)
		}
	}()
	tx, err := db.Writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Lost returns how many transactions had an end that is not known here: the
// connection to the server broke. What they claimed may be claimed, and nobody know
// of it.
func (db *DB) Lost() int64 { return db.lost.Load() }

// Alone makes all others who ask for the same lock wait until tx ends.
func (db *DB) Alone(ctx context.Context, tx *sql.Tx, lock int64) error {
	if db.lock == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, db.lock, lock)
	return err
}
