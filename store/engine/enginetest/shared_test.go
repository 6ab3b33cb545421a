//go:build unix

package enginetest

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/coupwatch/coupwatch/store/engine"
)

// A server runs as long as anybody uses it, whoever started it, and leaves nothing behind.
func TestServerEndsWithItsLastUser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: starts a server of its own")
	}
	s, err := startServer("coupwatch-test-")
	skipOrFail(t, err, errNoPostgres)
	pipe := filepath.Join(s.folder, usersName)
	other, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	s.users.Close()
	db, err := engine.Connect(s.location("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Reads.PingContext(t.Context()); err != nil {
		t.Errorf("the server has ended under who uses it: %v", err)
	}
	other.Close()
	<-s.ended
	if _, err := os.Stat(s.folder); !os.IsNotExist(err) {
		t.Errorf("left behind: %s, %v", s.folder, err)
	}
}
