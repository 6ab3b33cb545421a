package keep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/coupwatch/coupwatch/store"
)

// OpenCopy opens a copy of the database at location, for a run that is to leave no
// trace, in a temporary folder, which release removes.
func OpenCopy(ctx context.Context, location string) (db *store.DB, release func(), err error) {
	dir, err := os.MkdirTemp("", "coupwatch-dry-run-")
	if err != nil {
		return nil, nil, fmt.Errorf("dry run: %w", err)
	}
	clean := func() { os.RemoveAll(dir) }
	file := filepath.Join(dir, "coupwatch.db")
	if err := store.Copy(ctx, location, file); err != nil {
		clean()
		return nil, nil, fmt.Errorf("dry run: %w", err)
	}
	if db, err = store.Open(ctx, "sqlite:"+file); err != nil {
		clean()
		return nil, nil, err
	}
	return db, func() { db.Close(); clean() }, nil
}

// OpenStored opens the database at location for a command that asks what it holds. A
// SQLite file that does not exist is not made: most likely another one is meant, and
// the error is [fs.ErrNotExist].
func OpenStored(ctx context.Context, location string) (*store.DB, error) {
	file, isFile := fileAt(location)
	if _, err := os.Stat(file); isFile && errors.Is(err, fs.ErrNotExist) {
		return nil, noDatabaseError{file}
	}
	return store.Open(ctx, location)
}

// Emptied returns the name of the SQLite file at location if it is there and has
// nothing in it, as no coupwatch leaves one: whatever it had is lost. It is taken for
// a new one, but somebody should hear of it.
func Emptied(location string) string {
	file, isFile := fileAt(location)
	info, err := os.Stat(file)
	if !isFile || err != nil || !info.Mode().IsRegular() || info.Size() > 0 {
		return ""
	}
	if log, err := os.Stat(file + "-wal"); err == nil && log.Size() > 0 {
		return ""
	}
	return file
}

// fileAt returns the SQLite file at a location, and whether there is one.
func fileAt(location string) (file string, is bool) {
	file = strings.TrimPrefix(strings.TrimPrefix(location, "sqlite:"), "//")
	scheme, _, _ := strings.Cut(file, ":") // of PostgreSQL's it has a password behind it, also where a slash is missing
	return file, file != location || !strings.Contains(file, "://") && scheme != "postgres" && scheme != "postgresql"
}

// A noDatabaseError is that a file is not there.
type noDatabaseError struct{ file string }

func (e noDatabaseError) Error() string {
	return "there is no database " + e.file + " yet; start coupwatch, go to the folder that has it, or name it with --database"
}

func (noDatabaseError) Is(target error) bool { return target == fs.ErrNotExist }
