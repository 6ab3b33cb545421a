// Package backup copies a SQLite database while others use it, and puts a copy back
// in its place. It is a part of package store, of whose schema it knows only that
// there are items.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/internal/row"
)

// A Copy is what such a copy of a database holds.
type Copy struct {
	Bytes  int64
	Items  int
	Newest time.Time // when its last item was read; zero if it has none
}

// Write writes a copy of the SQLite database at location, as it stands at
// one moment, into the new file at path, while others go on using it. The copy is
// there when it has been opened and found whole, and not before.
func Write(ctx context.Context, location, path string) (Copy, error) {
	if _, err := os.Lstat(path); err == nil {
		return Copy{}, fmt.Errorf("%s is there already; name a new file", path)
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Copy{}, err
	}
	defer func() { _ = os.Remove(part) }() // if it was not renamed
	if err := engine.Copy(ctx, location, part); err != nil {
		return Copy{}, err
	}
	if _, err := os.Stat(part); errors.Is(err, fs.ErrNotExist) {
		return Copy{}, fmt.Errorf("there is no database %s to copy", location)
	}
	b, err := Read(ctx, part)
	if err != nil {
		return b, err
	}
	return b, place(part, path)
}

// place gives a file that is whole its name. The file is on the disk before it has the
// name, for which SQLite does not wait when it writes a copy, and so is the name.
func place(part, path string) error {
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	if folder, err := os.Open(filepath.Dir(path)); err == nil {
		_ = folder.Sync() // not every system knows how
		_ = folder.Close()
	}
	return nil
}

// Read opens a copy and checks that it is whole.
func Read(ctx context.Context, path string) (b Copy, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, fmt.Errorf("there is no such file: %s", path)
	case err != nil:
		return b, err
	}
	e, err := engine.Connect("sqlite:" + path)
	if err != nil {
		return b, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if err := e.Check(ctx); err != nil {
		return b, e.Fail("check the copy", err)
	}
	b.Bytes = info.Size()
	if b.Items, _, err = row.First(ctx, e.Reads, row.One[int], `SELECT COUNT(*) FROM items`); err != nil {
		return b, e.Fail("check the copy", err)
	}
	newest, _, err := row.First(ctx, e.Reads, row.One[int64], `SELECT COALESCE(MAX(fetched_at), 0) FROM items`)
	b.Newest = row.UTC(newest)
	return b, e.Fail("check the copy", err)
}

// own gives a file the rights and, as far as this process may, the owner of the one
// whose place it takes; see [engine.Adopt].
func own(name, like string) (err error) {
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(like); err == nil {
		mode = info.Mode().Perm()
	}
	file, err := engine.OpenOwn(name, os.O_RDWR, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	engine.Adopt(file, like)
	return file.Chmod(mode)
}

// Restore puts the copy at path in the place of the SQLite database in file, which
// nobody may have in use. It refuses the file of another program. What was there is kept beside it, under the name that it
// returns, "" if there was nothing. It refuses to put the copy over a database
// that has newer items. Killed at any moment it leaves one of the two in place.
func Restore(ctx context.Context, path, file string, now time.Time) (b Copy, kept string, err error) {
	if b, err = Read(ctx, path); err != nil {
		return b, "", err
	}
	part := file + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return b, "", err
	}
	defer func() { _ = os.Remove(part) }() // if it was not renamed
	if err := engine.Copy(ctx, "sqlite:"+path, part); err != nil {
		return b, "", err
	}
	if err := own(part, file); err != nil {
		return b, "", err
	}
	target, err := engine.ConnectSQLite(file, restorePatience)
	if err != nil {
		return b, "", err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	release, err := target.Own()
	if err != nil {
		return b, "", err
	}
	defer release()
	if _, err := os.Stat(file); err == nil {
		if kept, err = setAside(ctx, target, b, now); err != nil {
			return b, "", target.Fail("put the copy in its place", err)
		}
	}
	return b, kept, place(part, file)
}

// restorePatience is how long a restore waits for others who use the database.
const restorePatience = time.Second

// setAside gives the database that a copy takes the place of a second name, which
// it returns.
func setAside(ctx context.Context, target *engine.DB, b Copy, now time.Time) (kept string, err error) {
	present, err := Read(ctx, target.Path)
	if errors.Is(err, engine.ErrForeign) {
		return "", err
	}
	if err == nil && present.Newest.After(b.Newest) {
		return "", fmt.Errorf("%s has items up to %s, the copy only up to %s; move it away if the copy is to take its place",
			target.Path, present.Newest.Format(time.DateTime), b.Newest.Format(time.DateTime))
	}
	if err == nil { // a damaged one is kept as it is, log and all
		if err := target.Settle(ctx); err != nil {
			return "", err
		}
	}
	kept = target.Path + now.Format(".before-20060102-150405")
	if err := os.Link(target.Path, kept); err != nil {
		return "", err
	}
	for _, part := range []string{"-wal", "-shm"} { // of the old one, not of the copy
		if err := os.Rename(target.Path+part, kept+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return kept, nil
}
