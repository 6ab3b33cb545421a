package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
)

// steady is after how long without a failure a database is well again that has
// taken nothing of any size since: longer than what could not be recorded is left
// alone.
const steady = 3 * time.Minute

// A condition is what is wrong with a database: its disk is full, or it is
// locked, or read-only, or out of reach.
type condition struct {
	mu          sync.Mutex
	problem     string
	since, last time.Time
}

// Condition says why nothing can be written to the database, and since when;
// "" if all is well as far as this process has seen.
func (db *DB) Condition() (problem string, since time.Time) {
	db.health.mu.Lock()
	defer db.health.mu.Unlock()
	return db.health.problem, db.health.since
}

// NoteWrite takes in how an attempt to write came out. That something was
// written ends a trouble only after a while: a little may fit on a disk on
// which much does not.
func (db *DB) NoteWrite(err error, much bool) {
	c := &db.health
	problem := ""
	if err != nil {
		if problem = db.broken(err); problem == "" {
			return // it is not of the database
		}
	}
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case problem != "" && c.problem == "":
		c.problem, c.since, c.last = problem, now, now
	case problem != "":
		c.problem, c.last = problem, now
	case much || now.Sub(c.last) > steady:
		c.problem = ""
	}
}

// broken says what is wrong with the database if err is of that kind, else "".
func (db *DB) broken(err error) string {
	var lite sqlite3.Error
	var connect *pgconn.ConnectError
	var refused *pgconn.PgError
	switch {
	case errors.Is(err, context.Canceled):
		return ""
	case errors.As(err, &lite):
		return db.advise(lite)
	case errors.As(err, &connect):
		return fmt.Sprintf("PostgreSQL database %s: %s", db.Name, adviseConnect(connect))
	case errors.As(err, &refused):
		return db.adviseRefused(refused)
	}
	return ""
}

// adviseRefused says what an error of PostgreSQL means for its operator, "" if
// it is one of the program.
func (db *DB) adviseRefused(err *pgconn.PgError) string {
	switch {
	case err.Code == "53100": // disk_full
		return "the disk of PostgreSQL database " + db.Name + " is full; make room"
	case err.Code == "25006": // read_only_sql_transaction
		return "PostgreSQL database " + db.Name + " takes no writes; is it a standby, or set to read-only?"
	case strings.HasPrefix(err.Code, "53"), strings.HasPrefix(err.Code, "57P"), strings.HasPrefix(err.Code, "58"):
		return "PostgreSQL database " + db.Name + " is in trouble: " + err.Message
	}
	return ""
}

// probePatience is how long another program may write before Probe takes the
// database for locked.
const probePatience = time.Second

// leastRoom is how many bytes the disk of a SQLite database should have left.
const leastRoom = 1 << 20

// Room returns how many bytes the disk of a SQLite file has left, if the system
// tells.
func (db *DB) Room() (bytes uint64, known bool) {
	if db.Path == "" {
		return 0, false
	}
	return freeRoom(filepath.Dir(db.Path))
}

// Probe says why nothing can be written to the database, as far as that can be
// seen from outside and without writing; "" if all seems well. The statement
// write is one that needs no more than the right to write, and is undone.
func (db *DB) Probe(ctx context.Context, write string) string {
	probed := db
	if db.Path != "" { // the daemon may wait for long, who asks may not
		if room, known := freeRoom(filepath.Dir(db.Path)); known && room < leastRoom {
			return db.advise(sqlite3.Error{Code: sqlite3.ErrFull})
		}
		quick, err := ConnectSQLite(db.Path, probePatience)
		if err != nil {
			return err.Error()
		}
		defer func() { _ = quick.Close() }() // nothing was written
		probed = quick
	}
	undo := errors.New("undo")
	err := probed.Update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, write); err != nil {
			return err
		}
		return undo
	})
	if errors.Is(err, undo) || err == nil {
		return ""
	}
	return probed.broken(err)
}
