package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
)

// Fail returns err, if it is not nil, as an error of doing something. Where
// the engine speaks in riddles it says what is wrong and what to do.
func (db *DB) Fail(doing string, err error) error {
	if err == nil {
		return nil
	}
	var lite sqlite3.Error
	var connect *pgconn.ConnectError
	switch {
	case errors.As(err, &lite):
		if advice := db.advise(lite); advice != "" {
			return fmt.Errorf("%s: %s (%w)", doing, advice, err)
		}
	case errors.As(err, &connect) && !errors.Is(err, context.Canceled):
		err := fmt.Errorf("%s: PostgreSQL database %s: %s (%w)", doing, db.Name, adviseConnect(connect), reasonOf(errors.Unwrap(connect)))
		if isAway(connect) {
			return awayError{err}
		}
		return err
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// advise says what an error of SQLite means for the user, "" if the error says
// so itself.
func (db *DB) advise(err sqlite3.Error) string {
	if isFull(err) {
		err.Code = sqlite3.ErrFull
	}
	switch err.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return db.Path + " is locked by another program; stop what else writes to it, such as a sqlite3 shell or a backup"
	case sqlite3.ErrNotADB:
		return db.Path + " is not a SQLite database; name another file"
	case sqlite3.ErrCorrupt:
		return db.Path + " is damaged; restore a backup, or save what is left with: sqlite3 " + db.Path + " .recover"
	case sqlite3.ErrFull:
		return "the disk with " + db.Path + " is full; make room"
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		return db.Path + " or its folder may not be written by this user; change its owner or name another file"
	case sqlite3.ErrIoErr:
		return "the disk with " + db.Path + " cannot be read or written; look at the system's log"
	case sqlite3.ErrCantOpen:
		return db.adviseFile()
	default:
		return ""
	}
}

// isFull reports whether there was no room on a disk. Where SQLite could not make a
// file of its log it says only that something could not be read or written.
func isFull(err error) bool {
	e, is := errors.AsType[sqlite3.Error](err)
	return is && (e.Code == sqlite3.ErrFull || e.SystemErrno == syscall.ENOSPC || e.SystemErrno == syscall.EDQUOT)
}

// adviseFile says why a file could not be opened.
func (db *DB) adviseFile() string {
	folder := filepath.Dir(db.Path)
	if info, err := os.Stat(db.Path); err == nil && info.IsDir() {
		return db.Path + " is a folder; name a file in it"
	}
	switch info, err := os.Stat(folder); {
	case errors.Is(err, os.ErrNotExist):
		return "folder " + folder + " does not exist; make it or name another file"
	case err == nil && !info.IsDir():
		return folder + " is not a folder; name another file"
	default:
		return "folder " + folder + " or the file may not be written by this user; change their owner or name another file"
	}
}

// ErrAway is in the errors of [DB.Fail] where a PostgreSQL server does not answer,
// or takes nobody at the moment: that may end by itself.
var ErrAway = errors.New("the database is away")

// An awayError is [ErrAway] in plain words.
type awayError struct{ error }

func (e awayError) Unwrap() error      { return e.error }
func (awayError) Is(target error) bool { return target == ErrAway }

func isAway(err *pgconn.ConnectError) bool {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return true
	}
	return refused.Code == "57P03" || refused.Code == "53300" // cannot_connect_now: it starts; too_many_connections
}

// adviseConnect says why a PostgreSQL server could not be reached.
func adviseConnect(err *pgconn.ConnectError) string {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return "no answer; check host and port, and that the server runs"
	}
	switch refused.Code {
	case "28P01", "28000": // invalid_password, invalid_authorization_specification
		return "the server refuses user " + err.Config.User + "; check user and password"
	case "3D000": // invalid_catalog_name
		return "there is no such database; make it with: createdb " + err.Config.Database
	case "53300": // too_many_connections
		return "the server has no connection left; raise its max_connections"
	default:
		return "the server refuses"
	}
}

// reasonOf returns one of errors that were joined: the driver tries with and without
// TLS, and mostly fails twice for one reason. What the server itself says of it is
// more than that it has no TLS.
func reasonOf(err error) error {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) || len(joined.Unwrap()) == 0 {
		return err
	}
	all := joined.Unwrap()
	for _, one := range all {
		if _, is := errors.AsType[*pgconn.PgError](one); is {
			return one
		}
	}
	return all[0]
}

// cutOff reports whether err is that the connection to a server broke, or that the
// server ended it.
func cutOff(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	var refused *pgconn.PgError
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return false
	case errors.As(err, &refused):
		return strings.HasPrefix(refused.Code, "57P") // operator intervention: it shuts down, or has crashed
	}
	return errors.As(err, &connect) || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn)
}

// isLocked reports whether err is that another program locks the database.
func isLocked(err error) bool {
	var lite sqlite3.Error
	return errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked)
}
