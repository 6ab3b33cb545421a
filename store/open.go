// Package store remembers feeds, items, stories and alerts in SQLite or
// PostgreSQL. Here are feeds, items and stories: what a reading brings is stored
// and decided in one transaction, by [DB.Ingest]. The alerts are in package
// [outbox] and the pages behind links in package [pages], whose methods the
// database has.
//
// The two engines share one schema, in migrations, and one text of every query;
// package [engine] opens them and holds what differs. Times are stored in milliseconds,
// and the time now is always a parameter.
//
// With PostgreSQL several replicas may use one database: a host is asked for
// one feed at a time, a story is changed by one of them at a time, and an
// alert is owed once. A SQLite database belongs to one daemon; see [DB.Own].
// Other programs may read it meanwhile.
package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"time"

	"github.com/coupwatch/coupwatch/store/census"
	"github.com/coupwatch/coupwatch/store/coverage"
	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/closed"
	"github.com/coupwatch/coupwatch/store/internal/crowd"
	"github.com/coupwatch/coupwatch/store/opinions"
	"github.com/coupwatch/coupwatch/store/outbox"
	"github.com/coupwatch/coupwatch/store/pages"
	"github.com/coupwatch/coupwatch/store/people"
	"github.com/coupwatch/coupwatch/store/replicas"
	"github.com/coupwatch/coupwatch/store/search"
	"github.com/coupwatch/coupwatch/store/sources"
	"github.com/coupwatch/coupwatch/store/subscriptions"
	"github.com/coupwatch/coupwatch/store/upgrade"
	"github.com/coupwatch/coupwatch/store/views"
)

//go:embed migrations/*.sql
var migrations embed.FS

// DB is a database. It is safe for concurrent use; make one with [Open]. What is
// owed to people is in its [outbox.Alerts], what is known of coverage in its [coverage.Book],
// what hubs send in its [subscriptions.Subscriptions], what people said in its
// [opinions.Opinions], what they ask of one feed in its [sources.Sources], the filters that
// they keep in its [views.Shelf], who may use the page in its [people.People].
type DB struct {
	*outbox.Alerts
	*coverage.Book
	*pages.Pages
	*people.People
	*replicas.Replicas
	*subscriptions.Subscriptions
	*opinions.Opinions
	*sources.Sources
	*views.Shelf
	*census.Counter

	Search *search.Index // items by their words

	engine        *engine.DB
	writes, reads *sql.DB // of the engine

	// What the text of a query ends with, or compares by; see [engine.Dialect].
	forUpdate, skipLocked string

	ingests *crowd.Group[*pending]
	closed  closed.Cache
}

// newDB returns the database of an engine.
func newDB(e *engine.DB) *DB {
	db := &DB{Alerts: outbox.New(e), Book: coverage.New(e), Subscriptions: subscriptions.New(e), Opinions: opinions.New(e), Sources: sources.New(e), Shelf: views.New(e), Pages: pages.New(e), People: people.New(e), Replicas: replicas.New(e, free, freeUnread), Search: search.New(e), Counter: census.New(e), engine: e, writes: e.Writes, reads: e.Reads, forUpdate: e.ForUpdate, skipLocked: e.SkipLocked}
	db.ingests = crowd.New((*pending).feed, db.ingestTogether)
	return db
}

// Open opens the database at location, makes it if it is a SQLite file that
// does not exist, and brings its schema up to date.
//
// The location is the name of a SQLite file, alone or after "sqlite:", or a
// URL of PostgreSQL, "postgres://user:password@host:5432/database". Errors
// never tell the password.
func Open(ctx context.Context, location string) (*DB, error) {
	e, err := engine.Connect(location)
	if err != nil {
		return nil, err
	}
	db := newDB(e)
	if err := db.upgrade(ctx); err != nil {
		return nil, errors.Join(db.fail("open the database", err), db.Close())
	}
	return db, nil
}

// upgrade brings the schema up to date and fills in what it newly asks for.
func (db *DB) upgrade(ctx context.Context) error {
	if err := db.engine.Migrate(ctx, migrations); err != nil {
		return err
	}
	if err := upgrade.Logins(ctx, db.engine); err != nil {
		return err
	}
	return upgrade.Links(ctx, db.engine)
}

// ErrAway is in the error of [Open] where a PostgreSQL server does not answer, or
// takes nobody at the moment: that may end by itself.
var ErrAway = engine.ErrAway

// Close closes the database. It waits for queries that have started.
func (db *DB) Close() error { return db.engine.Close() }

// Copy writes a copy of the SQLite database at location into a new file; see
// [engine.Copy].
func Copy(ctx context.Context, location, file string) error { return engine.Copy(ctx, location, file) }

// Condition says why nothing can be written to the database, and since when;
// "" if all is well as far as this process has seen.
func (db *DB) Condition() (problem string, since time.Time) { return db.engine.Condition() }

// Probe says why nothing can be written to the database, as far as that can be
// seen from outside and without writing; "" if all seems well.
func (db *DB) Probe(ctx context.Context) string {
	return db.engine.Probe(ctx, `UPDATE settings SET value = value WHERE name = 'stories'`)
}

// Room returns how many bytes the disk of a SQLite database has left, if that is known.
func (db *DB) Room() (bytes uint64, known bool) { return db.engine.Room() }

// Exposed returns the file of the database if others on this machine than its owner
// and group can read it, and else "".
func (db *DB) Exposed() string { return db.engine.Exposed() }

// update runs f in a transaction, which is undone if f fails or panics.
func (db *DB) update(ctx context.Context, f func(*sql.Tx) error) error {
	return db.engine.Update(ctx, f)
}

// alone makes all others who ask for the same lock wait until tx ends.
func (db *DB) alone(ctx context.Context, tx *sql.Tx, lock int64) error {
	return db.engine.Alone(ctx, tx, lock)
}

// fail returns err, if it is not nil, as an error of doing something, in plain
// words.
func (db *DB) fail(doing string, err error) error { return db.engine.Fail(doing, err) }

// Vacuum gives the room back that what was forgotten took on disk. A SQLite
// database has to be the caller's own, and takes as much room again meanwhile.
func (db *DB) Vacuum(ctx context.Context) error {
	_, err := db.writes.ExecContext(ctx, `VACUUM`)
	return db.fail("vacuum the database", err)
}
