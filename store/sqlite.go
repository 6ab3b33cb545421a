package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/mattn/go-sqlite3"
)

// patience is how long to wait for another program to free a SQLite database.
const patience = 10 * time.Second

// sqliteReaders is how many SQLite readers there may be beside the one writer.
const sqliteReaders = 4

// connectSQLite returns the database in the file at path. Its queries wait for
// other programs that have locked it, but no longer than patience.
func connectSQLite(path string, patience time.Duration) (*DB, error) {
	if path == "" || path == ":memory:" {
		return nil, errors.New("open the database: no file is named; write sqlite:coupwatch.db")
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	both := fmt.Sprintf("&_foreign_keys=on&_busy_timeout=%d&_synchronous=NORMAL&_stmt_cache_size=64", patience.Milliseconds())
	writes := sql.OpenDB(newConnector(file + "?_txlock=immediate&_journal_mode=WAL&_cache_size=-16000" + both))
	writes.SetMaxOpenConns(1)
	reads := sql.OpenDB(newConnector(file + "?_query_only=on" + both))
	reads.SetMaxOpenConns(sqliteReaders)
	reads.SetMaxIdleConns(sqliteReaders)
	return &DB{dialect: sqlite, name: path, path: path, writes: writes, reads: reads}, nil
}

// A connector makes connections to a SQLite file that are all set up alike. A
// PRAGMA given to a pool would bind one of its connections.
type connector struct {
	source string
	driver *sqlite3.SQLiteDriver
}

func newConnector(source string) connector {
	return connector{source, &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		// The data source name has no word for these. Copying the log into the
		// database every 16 MB instead of every 4 makes new items a fifth cheaper,
		// since pages of indexes are copied once for many items. What a long reader
		// made the log grow to beyond that is cut off when it has gone.
		_, err := c.Exec("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 16777216", nil)
		return err
	}}}
}

// Connect implements [driver.Connector].
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.source) }

// Driver implements [driver.Connector].
func (c connector) Driver() driver.Driver { return c.driver }
