// Package store remembers feeds, items, stories and alerts in SQLite or
// PostgreSQL.
//
// The two engines share one schema and one text of every query; a dialect
// holds all that differs. Times are stored in milliseconds, and the time now
// is always a parameter.
//
// With PostgreSQL several replicas may use one database: a host is asked for
// one feed at a time, a story is changed by one of them at a time, and an
// alert is owed once. A SQLite database belongs to one daemon; see [DB.Own].
// Other programs may read it meanwhile.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// A dialect is what SQLite and PostgreSQL do not have in common in the text
// of queries.
type dialect struct {
	forUpdate  string // ends a SELECT of rows to change: others wait for them
	skipLocked string // ends a SELECT of rows to claim: others pass them over
	lock       string // takes the lock $1 until the transaction ends
	bytewise   string // after a text: it is compared byte by byte
}

var (
	// A transaction of SQLite begins IMMEDIATE, so it is alone already.
	sqlite = dialect{}

	postgres = dialect{
		forUpdate:  " FOR UPDATE",
		skipLocked: " FOR UPDATE SKIP LOCKED",
		lock:       "SELECT pg_advisory_xact_lock($1)",
		bytewise:   ` COLLATE "C"`,
	}
)

// postgresConns is how many connections are kept to a PostgreSQL server.
const postgresConns = 12

// connectTimeout is how long to wait for a PostgreSQL server unless the URL
// says otherwise.
const connectTimeout = 10 * time.Second

// DB is a database. It is safe for concurrent use; make one with [Open].
type DB struct {
	dialect
	name string // for people: the file, or host and database; without a password
	path string // of the SQLite file; "" for PostgreSQL

	// SQLite has one writer at a time. A pool of one connection lets writers
	// queue for it in order, where SQLite would let them poll. For PostgreSQL
	// both are the same.
	writes, reads *sql.DB

	health  condition
	ingests *group
	closed  closedCache
}

// Open opens the database at location, makes it if it is a SQLite file that
// does not exist, and brings its schema up to date.
//
// The location is the name of a SQLite file, alone or after "sqlite:", or a
// URL of PostgreSQL, "postgres://user:password@host:5432/database". Errors
// never tell the password.
func Open(ctx context.Context, location string) (*DB, error) {
	db, err := connect(location)
	if err != nil {
		return nil, err
	}
	if err := db.upgrade(ctx); err != nil {
		return nil, errors.Join(db.fail("open the database", err), db.Close())
	}
	return db, nil
}

// upgrade brings the schema up to date and fills in what it newly asks for.
func (db *DB) upgrade(ctx context.Context) error {
	if err := db.migrate(ctx, migrations); err != nil {
		return err
	}
	if err := db.forgetLogins(ctx); err != nil {
		return err
	}
	return db.fillLinks(ctx)
}

// Close closes the database. It waits for queries that have started.
func (db *DB) Close() error {
	err := db.writes.Close()
	if db.reads != db.writes {
		err = errors.Join(err, db.reads.Close())
	}
	if err != nil {
		return fmt.Errorf("close the database %s: %w", db.name, err)
	}
	return nil
}

// connect returns the database at location, with nothing asked of it yet.
func connect(location string) (*DB, error) {
	scheme, rest, found := strings.Cut(location, ":")
	switch {
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return connectPostgres(location)
	case found && scheme == "sqlite":
		return connectSQLite(strings.TrimPrefix(rest, "//"), patience)
	case found && strings.HasPrefix(rest, "//"):
		return nil, fmt.Errorf("open the database: unknown scheme %q; write sqlite:coupwatch.db or postgres://user:password@host/database", scheme)
	default:
		return connectSQLite(location, patience)
	}
}

func connectPostgres(location string) (*DB, error) {
	config, err := pgx.ParseConfig(location)
	if err != nil {
		// What the parser says may quote the location, password and all.
		return nil, errors.New("open the database: the PostgreSQL URL is malformed; " +
			"write postgres://user:password@host:5432/database, with special characters of the password percent-encoded")
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	name := fmt.Sprintf("%s at %s:%d", config.Database, config.Host, config.Port)
	return &DB{dialect: postgres, name: name, writes: pool, reads: pool, ingests: newGroup()}, nil
}
