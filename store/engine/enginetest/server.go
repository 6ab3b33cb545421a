//go:build unix

package enginetest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

var errNoPostgres = errors.New("PostgreSQL is not tested: neither PATH nor /usr/lib/postgresql has initdb and pg_ctl; " +
	"install the server (Debian: apt-get install postgresql)")

// A server is a PostgreSQL server in a folder of its own, reached by a socket in it.
type server struct {
	folder string
	users  *os.File        // kept open by each program that uses the server: it ends when nobody does
	ended  <-chan struct{} // closed when it has ended; nil if another program started it

	bin  string               // the folder of its programs
	attr *syscall.SysProcAttr // of the user as whom they run
}

// usersName is the name of a pipe in the folder of a server, which whoever uses the
// server has open. Nothing is written to it: the guard of the server reads, and so hears
// that the last one has closed it, or was killed.
const usersName = "users"

// guard waits until nobody uses the server, and stops it; so nothing is left behind,
// however the tests end. That nobody does is asked twice: who came in between is there
// still, and who comes later finds no pipe.
const guard = `exec 3<"$1/users"; read -r _ <&3; mv "$1/users" "$1/closed"; read -r _ <&3
"$0" -D "$1/data" -m immediate stop >/dev/null; rm -rf "$1"`

// tuning is what the server is told: what the tests write need not outlive the machine.
const tuning = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_connections=300"

// startServer starts a server in a new folder whose name begins with prefix.
func startServer(prefix string) (*server, error) {
	bin, err := findServer()
	if err != nil {
		return nil, err
	}
	s := &server{bin: bin}
	if s.folder, err = os.MkdirTemp(workFolder(), prefix); err != nil {
		return nil, err
	}
	if s.attr, err = notRoot(s.folder); err != nil {
		return nil, err
	}
	if err := s.watch(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
	data := filepath.Join(s.folder, "data")
	err = s.program("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if err == nil {
		options := tuning + " -c unix_socket_directories='" + s.folder + "'"
		err = s.program("pg_ctl", "-D", data, "-l", filepath.Join(s.folder, "log"), "-o", options, "-w", "start")
	}
	if err != nil {
		s.users.Close()
	}
	return s, err
}

// watch starts the guard of a server that is about to start.
func (s *server) watch() error {
	pipe := filepath.Join(s.folder, usersName)
	err := errors.Join(syscall.Mkfifo(pipe, 0o600), os.Chmod(pipe, 0o666)) // the guard may be of another user
	if err != nil {
		return err
	}
	if s.users, err = os.OpenFile(pipe, os.O_RDWR, 0); err != nil {
		return err
	}
	attr := &syscall.SysProcAttr{Setsid: true} // whoever interrupts the tests does not interrupt it
	if s.attr != nil {
		attr.Credential = s.attr.Credential
	}
	cmd := exec.Command("sh", "-c", guard, filepath.Join(s.bin, "pg_ctl"), s.folder)
	cmd.Dir, cmd.SysProcAttr = "/", attr
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	s.ended = ended
	return nil
}

// restart makes the server crash, and starts it again.
func (s *server) restart() error {
	return s.program("pg_ctl", "-D", filepath.Join(s.folder, "data"), "-l", filepath.Join(s.folder, "log"), "-m", "immediate", "-w", "restart")
}

// program runs a program of PostgreSQL.
func (s *server) program(name string, args ...string) error {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir, cmd.SysProcAttr = s.folder, s.attr
	if out, err := quietly(cmd); err != nil {
		return fmt.Errorf("%s %v: %w\n%s", name, args, err, out)
	}
	return nil
}

func (s *server) location(database string) string {
	return "postgres:///" + database + "?user=postgres&host=" + s.folder
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
