//go:build unix

package engine_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coupwatch/coupwatch/store/engine"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

func TestMain(m *testing.M) { enginetest.Main(m) }

func connect(t *testing.T, location string) *engine.DB {
	t.Helper()
	db, err := engine.Connect(location)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// migrations returns files of migrations by name, as package store has them.
func migrations(named map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range named {
		files["migrations/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

var counter = migrations(map[string]string{
	"0001_start.sql": `CREATE TABLE counter (n BIGINT NOT NULL)`,
	"0002_zero.sql":  `INSERT INTO counter (n) VALUES (0)`,
})

// counted returns what the counter of the migrations says; -1 if there is none.
func counted(t *testing.T, db *engine.DB) (n int) {
	t.Helper()
	if err := db.Reads.QueryRowContext(t.Context(), `SELECT n FROM counter`).Scan(&n); err != nil {
		return -1
	}
	return n
}

func count(ctx context.Context) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE counter SET n = n + 1`)
		return err
	}
}

// Programs that open a new database together run each migration once.
func TestMigrateTogether(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		var programs sync.WaitGroup
		for range 6 {
			programs.Go(func() {
				db, err := engine.Connect(location)
				if err == nil {
					err = errors.Join(db.Migrate(t.Context(), counter), db.Close())
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		programs.Wait()
		if n := counted(t, connect(t, location)); n != 0 {
			t.Errorf("the counter is at %d, want 0", n)
		}
	})
}

// A migration that fails leaves nothing of itself, says which it is, and is run
// again when it is mended. A newer database than the program is refused.
func TestMigrateFails(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		db := connect(t, location)
		broken := migrations(map[string]string{
			"0001_start.sql": string(counter["migrations/0001_start.sql"].Data),
			"0002_zero.sql":  `INSERT INTO counter (n) VALUES (7); INSERT INTO nowhere (n) VALUES (0)`,
		})
		if err := db.Migrate(t.Context(), broken); err == nil || !strings.Contains(err.Error(), "migration 0002_zero: ") {
			t.Errorf("got %v, want which migration failed", err)
		}
		if n := counted(t, db); n != -1 {
			t.Errorf("the counter is at %d by a migration that failed", n)
		}
		for range 2 {
			if err := db.Migrate(t.Context(), counter); err != nil {
				t.Fatal(err)
			}
		}
		if n := counted(t, db); n != 0 {
			t.Errorf("the counter is at %d, want 0", n)
		}
		older := migrations(map[string]string{"0001_start.sql": ""})
		if err := db.Migrate(t.Context(), older); err == nil || !strings.Contains(err.Error(), "written by a newer coupwatch (migration 0002_zero.sql is unknown here)") {
			t.Errorf("got %v, want that the database is newer", err)
		}
	})
}

// A transaction is undone by an error and by a panic, and the next one works.
func TestUpdateIsUndone(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		db := connect(t, location)
		if err := db.Migrate(t.Context(), counter); err != nil {
			t.Fatal(err)
		}
		mistake := errors.New("a mistake")
		fails := func(tx *sql.Tx) error { return errors.Join(count(t.Context())(tx), mistake) }
		if err := db.Update(t.Context(), fails); !errors.Is(err, mistake) {
			t.Errorf("got %v, want the error of the function", err)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a panic was swallowed")
				}
			}()
			_ = db.Update(t.Context(), func(tx *sql.Tx) error { panic(count(t.Context())(tx)) })
		}()
		if err := db.Update(t.Context(), count(t.Context())); err != nil {
			t.Fatal(err)
		}
		if n := counted(t, db); n != 1 {
			t.Errorf("the counter is at %d, want 1", n)
		}
	})
}

// Who has a lock is alone until the transaction ends, whatever the replica.
func TestAlone(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		const lock, rounds = 42, 20
		first, second := connect(t, location), connect(t, location)
		if err := first.Migrate(t.Context(), counter); err != nil {
			t.Fatal(err)
		}
		var replicas sync.WaitGroup
		for _, db := range []*engine.DB{first, second} {
			replicas.Go(func() {
				for range rounds {
					err := db.Update(t.Context(), func(tx *sql.Tx) error {
						if err := db.Alone(t.Context(), tx, lock); err != nil {
							return err
						}
						var n int // read and written apart, which only who is alone may do
						if err := tx.QueryRowContext(t.Context(), `SELECT n FROM counter`).Scan(&n); err != nil {
							return err
						}
						_, err := tx.ExecContext(t.Context(), `UPDATE counter SET n = $1`, n+1)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		replicas.Wait()
		if n := counted(t, first); n != 2*rounds {
			t.Errorf("the counter is at %d, want %d", n, 2*rounds)
		}
	})
}

// A SQLite file has one owner, and is free when that lets it go; PostgreSQL has
// any number.
// A file of another program is left as it is, to the byte.
func TestForeignFileIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "books.db")
	books, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := books.ExecContext(t.Context(), `CREATE TABLE items (title TEXT)`); err != nil {
		t.Fatal(err)
	}
	books.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db := connect(t, "sqlite:"+path)
	if err := db.Migrate(t.Context(), counter); err == nil || !strings.Contains(err.Error(), path+` belongs to another program (it has a table "items"`) {
		t.Errorf("got %v, want that the file belongs to another program", err)
	}
	db.Close()
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the file was written to")
	}
}

func TestOwn(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		db, other := connect(t, location), connect(t, location)
		release, err := db.Own()
		if err != nil {
			t.Fatal(err)
		}
		second, err := other.Own()
		switch {
		case db.Path == "" && err != nil:
			t.Errorf("a second replica is refused: %v", err)
		case db.Path != "" && (err == nil || !strings.Contains(err.Error(), fmt.Sprintf("is in use by process %d on ", os.Getpid()))):
			t.Errorf("got %v, want who has the file", err)
		}
		if second != nil {
			second()
		}
		release()
		if third, err := other.Own(); err != nil {
			t.Errorf("it is not free again: %v", err)
		} else {
			third()
		}
	})
}

// Errors say what is wrong in plain words, and never the password.
func TestErrorsInPlainWords(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for location, want := range map[string]string{
		"":                            "no file is named",
		":memory:":                    "no file is named",
		"mysql://ada:hush@host/news":  `unknown scheme "mysql"`,
		"postgres://ada:hu sh@[::1/x": "the PostgreSQL URL is malformed",
		"postgres://ada:hush@127.0.0.1:1/news?connect_timeout=2": "PostgreSQL database news at 127.0.0.1:1: no answer; check host and port",
		"sqlite:" + text:                      "is not a SQLite database; name another file",
		dir:                                   dir + " is a folder; name a file in it",
		filepath.Join(dir, "missing", "a.db"): "does not exist; make it or name another file",
		filepath.Join(text, "a.db"):           text + " is not a folder; name another file",
	} {
		db, err := engine.Connect(location)
		if err == nil {
			err = db.Fail("open the database", db.Migrate(t.Context(), counter))
			db.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: got %v, want %q and no password", location, err, want)
		}
	}
}

// A trouble of the database begins with the first write that fails, keeps its
// beginning, and ends with a large one that works; what is no trouble of the
// database is none.
func TestConditionBeginsAndEnds(t *testing.T) {
	db := connect(t, enginetest.NewSQLite(t))
	if err := db.Migrate(t.Context(), counter); err != nil {
		t.Fatal(err)
	}
	other, err := engine.ConnectSQLite(db.Path, time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	expect := func(when string, want bool) time.Time {
		t.Helper()
		problem, since := other.Condition()
		if want != strings.Contains(problem, "is locked by another program") {
			t.Errorf("%s: %q", when, problem)
		}
		return since
	}
	_ = other.Update(t.Context(), func(*sql.Tx) error { return errors.New("a mistake of the program") })
	expect("a mistake", false)
	err = db.Update(t.Context(), func(*sql.Tx) error {
		for range 2 {
			if err := other.Update(t.Context(), count(t.Context())); err == nil {
				t.Error("a locked file was written to")
			}
		}
		if got := other.Probe(t.Context(), `UPDATE counter SET n = n`); !strings.Contains(got, "is locked") {
			t.Errorf("a probe says %q", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	began := expect("locked", true)
	other.NoteWrite(nil, false)
	if since := expect("after a little was written", true); !since.Equal(began) {
		t.Errorf("it began at %v and then at %v", began, since)
	}
	other.NoteWrite(nil, true)
	expect("after much was written", false)
	if got := other.Probe(t.Context(), `UPDATE counter SET n = n + 1`); got != "" || counted(t, db) != 0 {
		t.Errorf("a probe says %q and left the counter at %d", got, counted(t, db))
	}
}
