package store_test

import (
	"database/sql"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// Opening the same new database from several replicas at once must migrate it
// once.
func TestOpenTogether(t *testing.T) {
	enginetest.ForEach(t, func(t *testing.T, location string) {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				db, err := store.Open(t.Context(), location)
				if err != nil {
					t.Error(err)
					return
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	})
}

func TestOpenNames(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, location := range []string{
		"a.db", "sqlite:b.db", "sqlite://c.db", filepath.Join(t.TempDir(), "d.db"),
		"sqlite:///" + strings.TrimPrefix(t.TempDir(), "/") + "/e.db", "odd name?#%41 ü.db",
	} {
		db := open(t, location)
		setFeeds(t, db, feed(1))
		file := strings.TrimPrefix(strings.TrimPrefix(location, "sqlite:"), "//")
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s: %v", location, err)
		}
	}
}

func TestOpenErrors(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("These are notes, and no database. ", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	closed := closedPort(t)
	for _, test := range []struct{ name, location, want string }{
		{"nothing", "", "write sqlite:coupwatch.db"},
		{"memory", "sqlite::memory:", "write sqlite:coupwatch.db"},
		{"other engine", "mysql://root:sesame@localhost/news", `unknown scheme "mysql"`},
		{"folder", folder, folder + " is a folder; name a file in it"},
		{"no folder", filepath.Join(folder, "no", "a.db"), "folder " + filepath.Join(folder, "no") + " does not exist; make it"},
		{"file as folder", filepath.Join(text, "a.db"), text + " is not a folder"},
		{"not a database", "sqlite:" + text, text + " is not a SQLite database; name another file"},
		{"no server", "postgres://desk:sesame@" + closed + "/news", "PostgreSQL database news at " + closed + ": no answer; check host and port"},
		{"malformed", "postgres://desk:sesame%zz@localhost/news", "the PostgreSQL URL is malformed"},
		{"malformed port", "postgres://desk:sesame@localhost:port/news", "the PostgreSQL URL is malformed"},
		{"malformed setting", "postgres://desk:sesame@localhost/news?sslmode=sesame", "the PostgreSQL URL is malformed"},
	} {
		db, err := store.Open(t.Context(), test.location)
		if err == nil {
			db.Close()
			t.Errorf("%s: no error", test.name)
			continue
		}
		if !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "open the database: ") {
			t.Errorf("%s: got %q, want %q in it", test.name, err, test.want)
		}
		if strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: the error tells the password: %q", test.name, err)
		}
	}
}

// closedPort returns an address on which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestOpenErrorsOfPostgres(t *testing.T) {
	location := newPostgres(t)
	u, err := url.Parse(location)
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{u.Path: "/missing", "user=postgres": "user=nobody&password=sesame"} {
		wrong := strings.Replace(location, from, to, 1)
		_, err := store.Open(t.Context(), wrong)
		if err == nil {
			t.Errorf("%s: no error", wrong)
			continue
		}
		want := map[string]string{u.Path: "there is no such database; make it with: createdb missing", "user=postgres": "the server refuses user nobody"}[from]
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: got %q, want %q in it", wrong, err, want)
		}
	}
}

// A database that another program has locked is named as such, when it is
// opened and when it is used.
func TestLockedDatabase(t *testing.T) {
	for _, mode := range []string{"DELETE", "WAL"} {
		file := filepath.Join(t.TempDir(), "test.db")
		db, err := store.OpenImpatient(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if mode == "DELETE" {
			db.Close()
		}
		other, err := sql.Open("sqlite3", "file:"+file+"?_txlock=exclusive&_journal_mode="+mode)
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		tx, err := other.Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if mode == "DELETE" {
			_, err = store.OpenImpatient(t.Context(), file)
		} else {
			err = db.SetFeeds(t.Context(), []news.Feed{feed(1)})
		}
		if want := file + " is locked by another program"; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", mode, err, want)
		}
	}
}

func TestSecondDaemonIsRefused(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		a, b := open(t, location), open(t, location)
		release, err := a.Own(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		_, err = b.Own(t.Context())
		if strings.HasPrefix(location, "postgres") {
			if err != nil {
				t.Errorf("a replica on PostgreSQL: %v, want no error", err)
			}
			return
		}
		if want := "is in use by process "; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("second daemon: got %v, want %q in it", err, want)
		}
		release()
		if release, err = b.Own(t.Context()); err != nil {
			t.Fatalf("after the first has ended: %v", err)
		}
		release()
	})
}

// withMigration returns our migrations and one more.
func withMigration(t *testing.T, name, text string) fs.FS {
	t.Helper()
	files := fstest.MapFS{"migrations/" + name: {Data: []byte(text)}}
	ours, err := fs.Glob(os.DirFS("."), "migrations/*.sql")
	if err != nil || len(ours) == 0 {
		t.Fatalf("migrations %v, %v, want some", ours, err)
	}
	for _, name := range ours {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

func TestMigrate(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		old := open(t, location)
		setFeeds(t, old, feed(1))
		broken := withMigration(t, "9000_colour.sql", `ALTER TABLE feeds ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'; SELECT no_such_column FROM feeds`)
		_, err := store.OpenMigrations(t.Context(), location, broken)
		if want := "migration 9000_colour: "; err == nil || !strings.Contains(err.Error(), want) {
			t.Fatalf("broken migration: got %v, want %q in it", err, want)
		}
		if err := old.SQL().QueryRow(`SELECT colour FROM feeds`).Scan(new(string)); err == nil {
			t.Error("the broken migration has left a column")
		}
		for range 2 {
			db, err := store.OpenMigrations(t.Context(), location, withMigration(t, "9000_colour.sql", `ALTER TABLE feeds ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'`))
			if err != nil {
				t.Fatal(err)
			}
			var colour string
			if err := db.SQL().QueryRow(`SELECT colour FROM feeds`).Scan(&colour); err != nil || colour != "red" {
				t.Errorf("colour %q, %v, want the feed kept and red", colour, err)
			}
			db.Close()
		}
		_, err = store.Open(t.Context(), location)
		if want := "was written by a newer coupwatch (migration 9000_colour.sql is unknown here); upgrade coupwatch"; err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("newer schema: got %v, want %q in it", err, want)
		}
	})
}

// Someone who only looks something up must not wait for the daemon.
func TestOpenAndReadWhileOthersWrite(t *testing.T) {
	forEachEngine(t, func(t *testing.T, location string) {
		db := open(t, location)
		setFeeds(t, db, feed(1))
		tx, err := db.SQL().Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Rollback()
		if _, err := tx.Exec(`UPDATE feeds SET name = 'Other'`); err != nil {
			t.Fatal(err)
		}
		reader := open(t, location)
		if feeds, err := reader.Feeds(t.Context()); err != nil || len(feeds) != 1 || feeds[0].Name != "Feed 1" {
			t.Errorf("feeds %+v, %v, want those of before", feeds, err)
		}
	})
}
