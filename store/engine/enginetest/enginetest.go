//go:build unix

// Package enginetest runs tests on both engines: on new SQLite files, and on a
// PostgreSQL server that it starts unless the tests of another package have, and that
// runs as long as any of them.
package enginetest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Main runs the tests of a package, with files in memory, and leaves the server, for its
// TestMain.
func Main(m *testing.M) {
	UseMemory()
	code := m.Run()
	if p := place.Load(); p != nil {
		p.leave()
	}
	os.Exit(code)
}

// UseMemory has the temporary files of this program, and of those that it starts, lie in
// memory if there is room and TMPDIR does not say where they are to lie: tests that
// commit a thousand times wait for a disk half of their time.
func UseMemory() {
	if folder := workFolder(); os.Getenv("TMPDIR") == "" {
		_ = os.Setenv("TMPDIR", folder) // the name is valid
	}
}

// ForEach runs test with the location of a new, empty database of each engine,
// at the same time as others.
func ForEach(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	forEach(t, NewSQLite, NewPostgres, test)
}

func forEach(t *testing.T, newSQLite, newPostgres func(testing.TB) string, test func(t *testing.T, location string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, newSQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, newPostgres(t))
	})
}

// NewSQLite returns the location of a file that is not there yet.
func NewSQLite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "test.db") }

// NewPostgres returns the location of a new schema, which does for a database
// and is made in a moment, on a server that runs as long as the tests. It skips
// the test if PostgreSQL is not installed, unless REQUIRE_POSTGRES is
// set. If POSTGRES_POOLER is set it is [NewPooled].
func NewPostgres(t testing.TB) string {
	t.Helper()
	p := require(t)
	if os.Getenv("POSTGRES_POOLER") != "" {
		return p.pooled(t)
	}
	name := fmt.Sprintf("test_%d", p.made.Add(1))
	p.run(t, "CREATE SCHEMA "+name)
	return p.location(p.database) + "&search_path=" + name
}

// OwnPostgres returns the location of a database on a server that no other test
// uses, and what makes that crash and start again. It skips as [NewPostgres] does.
func OwnPostgres(t testing.TB) (location string, restart func()) {
	t.Helper()
	s := own(t)
	return s.location("postgres"), s.crash(t)
}

// OwnPooled is [OwnPostgres] with a PgBouncer before the server: pooled is the
// location behind it, and location the one without.
func OwnPooled(t testing.TB) (location, pooled string, restart func()) {
	t.Helper()
	s := own(t)
	p, err := startPooler(s)
	skipOrFail(t, err, errNoPooler)
	t.Cleanup(p.stop)
	return s.location("postgres"), p.location("postgres"), s.crash(t)
}

// own returns a server that no other test uses.
func own(t testing.TB) *server {
	t.Helper()
	s, err := startServer("coupwatch-own-")
	skipOrFail(t, err, errNoPostgres)
	t.Cleanup(func() {
		s.users.Close()
		<-s.ended
	})
	return s
}

// crash returns what makes the server crash and start again.
func (s *server) crash(t testing.TB) func() {
	return func() {
		if err := s.restart(); err != nil {
			t.Error(err)
		}
	}
}

// require returns the place of these tests on the server, or skips the test.
func require(t testing.TB) *workplace {
	t.Helper()
	p, err := takePlace()
	skipOrFail(t, err, errNoPostgres)
	return p
}

// skipOrFail skips a test for an error that something is not installed, unless it
// has to be, and fails it for any other.
func skipOrFail(t testing.TB, err, notInstalled error) {
	t.Helper()
	switch {
	case err == nil:
	case os.Getenv("REQUIRE_POSTGRES") != "" || !errors.Is(err, notInstalled):
		t.Fatal(err)
	default:
		t.Skip(err)
	}
}
