//go:build unix

package enginetest

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
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

func (p *workplace) pooled(t testing.TB) string {
	t.Helper()
	front, err := p.pooler()
	skipOrFail(t, err, errNoPooler)
	name := p.newName()
	p.run(t, "CREATE DATABASE "+name)
	t.Cleanup(func() { p.drop(name) })
	return front.location(name)
}

// A pooler is a PgBouncer before a server, in a folder of its own.
type pooler struct {
	folder string
	input  io.Closer     // closed the PgBouncer ends
	ended  chan struct{} // closed when it has
}

// startPooler starts a PgBouncer before s.
func startPooler(s *server) (*pooler, error) {
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		return nil, errNoPooler
	}
	p := &pooler{ended: make(chan struct{})}
	if p.folder, err = os.MkdirTemp("", "coupwatch-pooler-"); err != nil {
		return nil, err
	}
	config := filepath.Join(p.folder, "pgbouncer.ini")
	text := fmt.Sprintf(`[databases]
* = host=%[1]s user=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = %[2]s
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 300
server_round_robin = 1
logfile = %[2]s/pgbouncer.log
pidfile = %[2]s/pgbouncer.pid
`, s.folder, p.folder)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return nil, err
	}
	attr, err := notRoot(p.folder)
	if err != nil {
		return nil, err
	}
	// It ends when its input does: even if the tests are killed, nothing is left.
	guard := exec.Command("sh", "-c", `"$0" -q "$1" & p=$!; read -r _; kill $p; wait $p; rm -rf "$2"`, program, config, p.folder)
	guard.Dir, guard.SysProcAttr = "/", attr
	if p.input, err = guard.StdinPipe(); err != nil {
		return nil, err
	}
	if err := guard.Start(); err != nil {
		return nil, err
	}
	go func() {
		guard.Wait()
		close(p.ended)
	}()
	return p, p.answers()
}

// answers waits until the PgBouncer answers.
func (p *pooler) answers() error {
	for limit := time.Now().Add(10 * time.Second); ; <-time.After(10 * time.Millisecond) {
		conn, err := net.Dial("unix", filepath.Join(p.folder, ".s.PGSQL.6432"))
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(limit) {
			said, _ := os.ReadFile(filepath.Join(p.folder, "pgbouncer.log")) // what it says of itself, if anything
			return fmt.Errorf("PgBouncer does not answer: %w\n%s", err, said)
		}
	}
}

func (p *pooler) location(database string) string {
	return "postgres:///" + database + "?user=postgres&port=6432&sslmode=disable&host=" + p.folder
}

func (p *pooler) stop() {
	p.input.Close()
	<-p.ended
}
