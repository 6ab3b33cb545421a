//go:build unix

// Package enginetest runs tests on both engines: on new SQLite files, and on a
// PostgreSQL server that it starts and that runs as long as the tests.
package enginetest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/coupwatch/coupwatch/store/engine"
)

// Main runs the tests of a package and stops the server, for its TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if s := started.Load(); s != nil {
		s.stop()
	}
	os.Exit(code)
}

// ForEach runs test with the location of a new, empty database of each engine,
// at the same time as others.
func ForEach(t *testing.T, test func(t *testing.T, location string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, NewSQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, NewPostgres(t))
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
	s := require(t)
	if os.Getenv("POSTGRES_POOLER") != "" {
		return s.pooled(t)
	}
	name := fmt.Sprintf("test_%d", s.schemas.Add(1))
	s.run(t, "CREATE SCHEMA "+name)
	return s.location("postgres") + "&search_path=" + name
}

// OwnPostgres returns the location of a database on a server that no other test
// uses, and what makes that crash and start again. It skips as [NewPostgres] does.
func OwnPostgres(t testing.TB) (location string, restart func()) {
	t.Helper()
	location, _, restart = own(t)
	return location, restart
}

// OwnPooled is [OwnPostgres] with a PgBouncer before the server: pooled is the
// location behind it, and location the one without.
func OwnPooled(t testing.TB) (location, pooled string, restart func()) {
	t.Helper()
	location, s, restart := own(t)
	skipOrFail(t, s.startPooler(), errNoPooler)
	return location, s.pooledLocation("postgres"), restart
}

func own(t testing.TB) (location string, s *server, restart func()) {
	t.Helper()
	s, err := newServer()
	skipOrFail(t, err, errNoPostgres)
	t.Cleanup(s.stop)
	return s.location("postgres"), s, func() {
		if err := s.restart(); err != nil {
			t.Error(err)
		}
	}
}

// require returns the server, or skips the test.
func require(t testing.TB) *server {
	t.Helper()
	s, err := startServer()
	skipOrFail(t, err, errNoPostgres)
	return s
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

var errNoPostgres = errors.New("PostgreSQL is not tested: neither PATH nor /usr/lib/postgresql has initdb and pg_ctl; " +
	"install the server (Debian: apt-get install postgresql)")

// A server is a PostgreSQL server in a temporary folder, reached by a socket
// in it.
type server struct {
	folder  string
	schemas atomic.Int64
	stop    func()
	restart func() error

	poolerInput io.Closer // closed the PgBouncer ends, and what nothing refers to is closed
}

var (
	started     atomic.Pointer[server]
	startServer = sync.OnceValues(func() (*server, error) {
		s, err := newServer()
		if err == nil {
			started.Store(s)
		}
		return s, err
	})
)

func newServer() (*server, error) {
	bin, err := findServer()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "coupwatch")
	if err != nil {
		return nil, err
	}
	attr, err := notRoot(folder)
	if err != nil {
		return nil, err
	}
	data, ctl := filepath.Join(folder, "data"), filepath.Join(bin, "pg_ctl")
	options := "-c listen_addresses='' -c unix_socket_directories='" + folder + "' -c fsync=off -c max_connections=300"
	run := func(program string, args ...string) error {
		cmd := exec.Command(program, args...)
		cmd.Dir, cmd.SysProcAttr = folder, attr
		if out, err := quietly(cmd); err != nil {
			return fmt.Errorf("%s %v: %w\n%s", program, args, err, out)
		}
		return nil
	}
	err = run(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err == nil {
		err = run(ctl, "-D", data, "-l", filepath.Join(folder, "log"), "-o", options, "-w", "start")
	}
	if err != nil {
		return nil, err
	}
	// The guard stops the server when its input ends: even if the tests are
	// killed, nothing is left behind.
	guard := exec.Command("sh", "-c", `read -r _; "$0" -D "$1" -m immediate stop >/dev/null; rm -rf "$2"`, ctl, data, folder)
	guard.Dir, guard.SysProcAttr = "/", attr
	input, err := guard.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := guard.Start(); err != nil {
		return nil, err
	}
	return &server{
		folder: folder,
		stop: func() {
			input.Close()
			guard.Wait()
			os.RemoveAll(folder)
		},
		restart: func() error {
			return run(ctl, "-D", data, "-l", filepath.Join(folder, "log"), "-m", "immediate", "-w", "restart")
		},
	}, nil
}

// quietly runs cmd and returns what it said. Output goes to a file, since the
// server, which pg_ctl leaves running, would keep a pipe open.
func quietly(cmd *exec.Cmd) (string, error) {
	out, err := os.CreateTemp("", "coupwatch")
	if err != nil {
		return "", err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	runErr := cmd.Run()
	said, err := os.ReadFile(out.Name())
	return string(bytes.TrimSpace(said)), errors.Join(runErr, err)
}

// findServer returns the folder with the programs of the newest PostgreSQL.
func findServer() (string, error) {
	if ctl, err := exec.LookPath("pg_ctl"); err == nil {
		return filepath.Dir(ctl), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_ctl") // the pattern is valid
	if len(found) == 0 {
		return "", errNoPostgres
	}
	version := func(ctl string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(ctl)))) // 0 sorts first
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(version(a), version(b)) })), nil
}

// notRoot returns attributes with which a program runs as the user postgres
// if this one runs as root, which the server refuses, and gives folder to it.
func notRoot(folder string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	credential := &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return &syscall.SysProcAttr{Credential: credential}, os.Chown(folder, uid, gid)
}

func (s *server) location(database string) string {
	return "postgres:///" + database + "?user=postgres&host=" + s.folder
}

// run runs a statement on the server.
func (s *server) run(t testing.TB, statement string) {
	t.Helper()
	db, err := engine.Connect(s.location("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Writes.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
