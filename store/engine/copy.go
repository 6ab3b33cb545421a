package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Copy writes a copy of the SQLite database at location into a new file, as
// it stands at one moment, while others go on using it. If there is no
// database at location yet it writes nothing. It refuses to copy PostgreSQL.
func Copy(ctx context.Context, location, file string) error {
	db, err := Connect(location)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was changed
	if db.Path == "" {
		return errors.New("copy the database: PostgreSQL is not copied; name a SQLite file with --database, or a new one to begin from nothing")
	}
	if _, err := os.Stat(db.Path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	made, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	if err := made.Close(); err != nil {
		return fmt.Errorf("write the copy: %w", err)
	}
	_, err = db.Writes.ExecContext(ctx, `VACUUM INTO $1`, file)
	if isFull(err) { // the disk of the copy, of which it may not know
		db.Path = file
	}
	return db.Fail(fmt.Sprintf("copy the database %s", db.Name), err)
}

// Check looks through the whole of a SQLite database and returns an error if
// anything in it is damaged, or if it is another program's.
func (db *DB) Check(ctx context.Context) error {
	if err := db.refuseForeign(ctx); err != nil {
		return err
	}
	var says string
	if err := db.Reads.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return fmt.Errorf("%s is damaged: %s", db.Path, says)
	}
	return nil
}

// Settle writes what a SQLite database has in its log into the file, which is
// whole by itself then, as long as nobody writes.
func (db *DB) Settle(ctx context.Context) error {
	var busy, logged, copied int
	if err := db.Writes.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &logged, &copied); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("%s is being read by another program; end that first", db.Path)
	}
	return nil
}
