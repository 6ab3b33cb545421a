//go:build unix

package enginetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/coupwatch/coupwatch/store/engine"
)

// A workplace is a database of the tests of this program on a server that they share
// with those of other programs: go test makes a program of each package, and to start a
// server takes most of them longer than what they ask of it. No lock of one is seen by
// another.
type workplace struct {
	*server
	database string
	admin    *engine.DB // of the database postgres
	db       *engine.DB
	made     atomic.Int64 // schemas and further databases

	pooler func() (*pooler, error) // of these tests, started when first asked for
	front  atomic.Pointer[pooler]  // nil until then
}

var (
	place     atomic.Pointer[workplace]
	takePlace = sync.OnceValues(func() (*workplace, error) {
		s, err := shared()
		if err != nil {
			return nil, err
		}
		p := &workplace{server: s, database: "tests_" + strings.ToLower(rand.Text())}
		if p.admin, err = engine.Connect(s.location("postgres")); err != nil {
			return nil, err
		}
		if _, err := p.admin.Writes.ExecContext(context.Background(), "CREATE DATABASE "+p.database+" STRATEGY file_copy"); err != nil {
			return nil, err
		}
		if p.db, err = engine.Connect(s.location(p.database)); err != nil {
			return nil, err
		}
		p.pooler = sync.OnceValues(func() (*pooler, error) {
			front, err := startPooler(s)
			if err == nil {
				p.front.Store(front)
			}
			return front, err
		})
		place.Store(p)
		return p, nil
	})
)

// shared returns the server that tests of this user share, and starts it if it does not
// run yet.
func shared() (*server, error) {
	folder, err := os.Open(workFolder())
	if err != nil {
		return nil, err
	}
	defer folder.Close() // which unlocks it
	if err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX); err != nil {
		return nil, err
	}
	// One that another version of the tests started may be told something else.
	prefix := fmt.Sprintf("coupwatch-%d-%08x-", os.Getuid(), crc32.ChecksumIEEE([]byte(tuning+guard)))
	running, err := filepath.Glob(filepath.Join(folder.Name(), prefix+"*", usersName))
	if err != nil {
		return nil, err
	}
	for _, pipe := range running {
		users, err := os.OpenFile(pipe, os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			return &server{folder: filepath.Dir(pipe), users: users}, nil
		}
		if !errors.Is(err, syscall.ENXIO) && !errors.Is(err, os.ErrNotExist) { // nobody reads: its guard was killed
			return nil, err
		}
	}
	return startServer(prefix)
}

// leave gives the database up, and the server if nobody else uses it.
func (p *workplace) leave() {
	if front := p.front.Load(); front != nil {
		front.stop()
	}
	p.db.Close()
	p.drop(p.database)
	p.admin.Close()
	p.users.Close()
}

// newName returns a name that no other database has.
func (p *workplace) newName() string { return fmt.Sprintf("%s_%d", p.database, p.made.Add(1)) }

// drop drops a database. One that remains goes with the server.
func (p *workplace) drop(name string) {
	p.admin.Writes.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)")
}

// run runs a statement in the database.
func (p *workplace) run(t testing.TB, statement string) {
	t.Helper()
	if _, err := p.db.Writes.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
