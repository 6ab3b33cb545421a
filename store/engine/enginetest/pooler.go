//go:build unix

package enginetest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var errNoPooler = errors.New("nothing is tested behind PgBouncer: PATH has no pgbouncer (Debian: apt-get install pgbouncer)")

// NewPooled returns the location of a new PostgreSQL database behind a PgBouncer that
// gives each transaction to another of a few connections. It skips the test if there
// is no PgBouncer, unless REQUIRE_POSTGRES is set.
func NewPooled(t testing.TB) string {
	t.Helper()
	return require(t).pooled(t)
}

func (s *server) pooled(t testing.TB) string {
	t.Helper()
	skipOrFail(t, startPooler(), errNoPooler)
	name := fmt.Sprintf("pooled_%d", s.schemas.Add(1))
	s.run(t, "CREATE DATABASE "+name)
	return s.pooledLocation(name)
}

func (s *server) pooledLocation(database string) string {
	return "postgres:///" + database + "?user=postgres&port=6432&sslmode=disable&host=" + s.folder
}

// startPooler starts a PgBouncer before the server of these tests.
var startPooler = sync.OnceValue(func() error {
	s, err := startServer()
	if err != nil {
		return err
	}
	return s.startPooler()
})

// startPooler starts a PgBouncer before s.
func (s *server) startPooler() error {
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		return errNoPooler
	}
	config := filepath.Join(s.folder, "pgbouncer.ini")
	text := fmt.Sprintf(`[databases]
* = host=%[1]s user=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = %[1]s
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 300
server_round_robin = 1
logfile = %[1]s/pgbouncer.log
pidfile = %[1]s/pgbouncer.pid
`, s.folder)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return err
	}
	attr, err := notRoot(s.folder)
	if err != nil {
		return err
	}
	// It ends when its input does: even if the tests are killed, nothing is left.
	guard := exec.Command("sh", "-c", `"$0" -q "$1" & p=$!; read -r _; kill $p`, program, config)
	guard.Dir, guard.SysProcAttr = s.folder, attr
	if s.poolerInput, err = guard.StdinPipe(); err != nil {
		return err
	}
	if err := guard.Start(); err != nil {
		return err
	}
	socket := filepath.Join(s.folder, ".s.PGSQL.6432")
	for limit := time.Now().Add(10 * time.Second); ; <-time.After(10 * time.Millisecond) {
		conn, err := net.Dial("unix", socket)
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(limit) {
			said, _ := os.ReadFile(filepath.Join(s.folder, "pgbouncer.log")) // what it says of itself, if anything
			return fmt.Errorf("%s does not answer: %w\n%s", program, err, said)
		}
	}
}
