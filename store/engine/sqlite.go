package engine

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"
)

// patience is how long to wait for another program to free a SQLite database.
const patience = 10 * time.Second

// sqliteReaders is how many SQLite readers there may be beside the one writer.
const sqliteReaders = 4

// ConnectSQLite returns the database in the file at path. Its queries wait for
// other programs that have locked it, but no longer than patience.
func ConnectSQLite(path string, patience time.Duration) (*DB, error) {
	if path == "" || path == ":memory:" {
		return nil, errors.New("open the database: no file is named; write sqlite:coupwatch.db")
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	// FULL: what is committed is on the disk. With NORMAL a power cut takes back all
	// since the log was last copied, so that what was told is told again; readings that
	// wait together share a commit, and 2,000 feeds are read as fast.
	both := fmt.Sprintf("&_foreign_keys=on&_busy_timeout=%d&_synchronous=FULL&_stmt_cache_size=64", patience.Milliseconds())
	writes := sql.OpenDB(newConnector(path, file+"?_txlock=immediate&_journal_mode=WAL&_cache_size=-8000"+both, patience))
	writes.SetMaxOpenConns(1)
	reads := sql.OpenDB(newConnector(path, file+"?_query_only=on"+both, patience))
	reads.SetMaxOpenConns(sqliteReaders)
	reads.SetMaxIdleConns(sqliteReaders)
	return &DB{Dialect: sqlite, Name: path, Path: path, Holder: rand.Text(), Writes: writes, Reads: reads}, nil
}

// A connector makes connections to a SQLite file that are all set up alike. A
// PRAGMA given to a pool would bind one of its connections.
type connector struct {
	path     string
	source   string
	patience time.Duration
	driver   *sqlite3.SQLiteDriver
}

func newConnector(path, source string, patience time.Duration) connector {
	return connector{path, source, patience, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		// The data source name has no word for these. Copying the log into the
		// database every 16 MB instead of every 4 makes new items a fifth cheaper,
		// since pages of indexes are copied once for many items. What a long reader
		// made the log grow to beyond that is cut off when it has gone.
		_, err := c.Exec("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 16777216", nil)
		return err
	}}}
}

// making is held while a file is made: to close a file gives up the locks that the
// process has on it, so that no connection may be there before.
var making sync.Mutex

// makePrivate makes the file of a database if there is none, so that its owner alone
// can read it, as what SQLite makes beside it then: it has hashes of passwords in it,
// and what a desk thinks. What cannot be made SQLite has a better error for.
func makePrivate(path string) {
	making.Lock()
	defer making.Unlock()
	if file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err == nil {
		Adopt(file, filepath.Dir(path))
		_ = file.Close() // nothing is in it
	}
}

// Connect implements [driver.Connector]. Of programs that open a new file
// together, each would have it alone to begin its log, and SQLite tells those
// that it cannot let wait at once that it is locked: they ask again.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	const pause = 20 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	makePrivate(c.path)
	for {
		conn, err := c.driver.Open(c.source)
		if !isLocked(err) {
			return conn, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(pause):
		}
	}
}

// Driver implements [driver.Connector].
func (c connector) Driver() driver.Driver { return c.driver }
