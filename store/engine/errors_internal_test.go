package engine

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mattn/go-sqlite3"
)

// A disk that is full is called full, whatever SQLite was at when it found out.
func TestAdviseFullDisk(t *testing.T) {
	db := &DB{Path: "coupwatch.db"}
	for _, err := range []sqlite3.Error{
		{Code: sqlite3.ErrFull},
		{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC},
		{Code: sqlite3.ErrCantOpen, SystemErrno: syscall.ENOSPC},
		{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EDQUOT},
	} {
		if got := db.advise(err); !strings.Contains(got, "is full; make room") {
			t.Errorf("%+v: says %q", err, got)
		}
	}
	if got := db.advise(sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.EIO}); !strings.Contains(got, "look at the system's log") {
		t.Errorf("a sick disk: says %q", got)
	}
}

// Of several attempts to connect the one is told of which the server says why it failed.
func TestReasonOfFailedConnection(t *testing.T) {
	noTLS, refused := errors.New("server refused TLS connection"), fmt.Errorf("server error: %w", &pgconn.PgError{Severity: "FATAL", Code: "3D000", Message: `database "x" does not exist`})
	for _, c := range []struct{ err, want error }{
		{errors.Join(noTLS, refused), refused}, {errors.Join(refused, noTLS), refused}, {errors.Join(noTLS, io.EOF), noTLS}, {noTLS, noTLS},
	} {
		if got := reasonOf(c.err); !errors.Is(got, c.want) || errors.Is(c.want, noTLS) != errors.Is(got, noTLS) {
			t.Errorf("of %q it tells %q, want %q", c.err, got, c.want)
		}
	}
}
