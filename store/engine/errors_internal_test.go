package engine

import (
	"strings"
	"syscall"
	"testing"

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
