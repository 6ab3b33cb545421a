package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Own keeps a second daemon off a SQLite database, until release is called or
// the process ends, however it ends. The error says which process has it. With
// PostgreSQL, where replicas are welcome, it does nothing.
func (db *DB) Own() (release func(), err error) {
	if db.Path == "" {
		return func() {}, nil
	}
	file, err := OpenOwn(db.Path+".owner", os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("own the database: %w", err)
	}
	Adopt(file, db.Path)
	if err := db.take(file); err != nil {
		return nil, errors.Join(fmt.Errorf("own the database: %w", err), file.Close())
	}
	// The file stays: to remove it would let a third process lock a new one
	// while a second holds the old.
	return func() { _ = file.Close() }, nil
}

// OpenOwn opens a file that lies beside a database, and no link, which whoever may
// write into the folder could have put there.
func OpenOwn(name string, flag int, mode fs.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag|noFollow, mode)
}

// take locks file and writes into it who has it.
func (db *DB) take(file *os.File) error {
	err := lockFile(file)
	if errors.Is(err, errLocked) {
		owner, _ := os.ReadFile(file.Name()) // to know nothing is as good as an error: it only helps people
		return fmt.Errorf("%s is in use by %s; stop that coupwatch first, or use PostgreSQL, on which several may run",
			db.Path, describeOwner(string(owner)))
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

// Exposed returns the SQLite file if others than its owner and group can read it, and
// else "".
func (db *DB) Exposed() string {
	if db.Path == "" {
		return ""
	}
	file, err := os.Stat(db.Path)
	if err != nil {
		return ""
	}
	folder, err := os.Stat(filepath.Dir(db.Path))
	if err != nil || file.Mode()&0o004 == 0 || folder.Mode()&0o001 == 0 {
		return ""
	}
	return db.Path
}

func describeOwner(text string) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	return "another process"
}
