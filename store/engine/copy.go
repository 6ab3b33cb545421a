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
	_, err = db.Writes.ExecContext(ctx, `VACUUM INTO $1`, file)
	return db.Fail(fmt.Sprintf("copy the database %s", db.Path), err)
}
