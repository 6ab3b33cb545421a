package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Own keeps a second daemon off a SQLite database, until release is called or
// the process ends, however it ends. The error says which process has it. With
// PostgreSQL, where replicas are welcome, it does nothing.
//
// What a process that died had claimed is free again at once: nobody else can
// have it.
func (db *DB) Own(ctx context.Context) (release func(), err error) {
	if db.path == "" {
		return func() {}, nil
	}
	file, err := os.OpenFile(db.path+".owner", os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("own the database: %w", err)
	}
	if err := db.take(file); err != nil {
		return nil, errors.Join(fmt.Errorf("own the database: %w", err), file.Close())
	}
	if err := db.freeAll(ctx); err != nil {
		return nil, errors.Join(db.fail("own the database", err), file.Close())
	}
	// The file stays: to remove it would let a third process lock a new one
	// while a second holds the old.
	return func() { _ = file.Close() }, nil
}

// freeAll ends the leases of all hosts, and makes alerts due again that were
// being sent: whether they arrived is in doubt.
func (db *DB) freeAll(ctx context.Context) error {
	return db.update(ctx, func(tx *sql.Tx) error {
		if _, err := exec(ctx, tx, `UPDATE hosts SET lease_until = 0 WHERE lease_until > 0`); err != nil {
			return err
		}
		_, err := exec(ctx, tx, `
			UPDATE alerts SET due_at = tried_at, doubt = 1, tried_at = 0
			WHERE tried_at > 0 AND sent_at = 0 AND failed_at = 0`)
		return err
	})
}

// take locks file and writes into it who has it.
func (db *DB) take(file *os.File) error {
	err := lockFile(file)
	if errors.Is(err, errLocked) {
		owner, _ := os.ReadFile(file.Name()) // to know nothing is as good as an error: it only helps people
		return fmt.Errorf("%s is in use by %s; stop that coupwatch first, or use PostgreSQL, on which several may run",
			db.path, describeOwner(string(owner)))
	}
	if err != nil {
		return fmt.Errorf("lock %s: %w", file.Name(), err)
	}
	return writeOwner(file)
}

// writeOwner writes this process into the file that it has locked.
func writeOwner(file *os.File) error {
	computer, err := os.Hostname()
	if err != nil {
		computer = "an unknown host"
	}
	if err := file.Truncate(0); err != nil {
		return err
	}
	_, err = file.WriteAt(fmt.Appendf(nil, "process %d on %s\n", os.Getpid(), computer), 0)
	return err
}

func describeOwner(text string) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	return "another process"
}
