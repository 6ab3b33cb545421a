//go:build unix

package backup_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/backup"
	"github.com/coupwatch/coupwatch/store/engine"
)

// made makes a database and a copy of it in a folder.
func made(t *testing.T) (file, copied string) {
	t.Helper()
	dir := t.TempDir()
	file, copied = filepath.Join(dir, "coupwatch.db"), filepath.Join(dir, "copy.db")
	db, err := store.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Write(t.Context(), "sqlite:"+file, copied); err != nil {
		t.Fatal(err)
	}
	return file, copied
}

func modeOf(t *testing.T, file string) os.FileMode {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// A database, which has hashes of passwords in it, is its owner's alone, and so are
// what lies beside it while it is open, and copies of it. What somebody decided
// otherwise stays as it was decided.
func TestRights(t *testing.T) {
	file, copied := made(t)
	db, err := store.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, file + "-wal", file + "-shm", copied} {
		if mode := modeOf(t, name); mode != 0o600 {
			t.Errorf("%s has the rights %o", filepath.Base(name), mode)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, kept, err := backup.Restore(t.Context(), copied, file, time.Now()); err != nil || kept == "" {
		t.Fatal(kept, err)
	}
	if mode := modeOf(t, file); mode != 0o640 {
		t.Errorf("what was put back has the rights %o, want those of what was there", mode)
	}
}

// Root puts a copy back for the daemon, which is somebody else.
func TestOwner(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives files to others")
	}
	const nobody = 65534
	file, copied := made(t)
	for name, of := range map[string]string{"the database": file, "its folder": filepath.Dir(file)} {
		if err := os.Chown(of, nobody, nobody); err != nil {
			t.Fatal(err)
		}
		if of != file {
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
		}
		if _, _, err := backup.Restore(t.Context(), copied, file, time.Now()); err != nil {
			t.Fatal(err)
		}
		if uid := ownerOf(t, file); uid != nobody {
			t.Errorf("%s was another's: what was put back is of user %d", name, uid)
		}
	}
}

// A copy does not take the place of another program's database.
func TestRestoreOverForeign(t *testing.T) {
	_, copied := made(t)
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	db, err := sql.Open("sqlite3", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(context.Background(), `CREATE TABLE notes (text TEXT)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(foreign)
	if _, _, err := backup.Restore(t.Context(), copied, foreign, time.Now()); !errors.Is(err, engine.ErrForeign) {
		t.Errorf("got %v, want that it is another program's", err)
	}
	if after, _ := os.ReadFile(foreign); string(after) != string(before) {
		t.Error("it was written to")
	}
	if left, _ := filepath.Glob(foreign + "?*"); len(left) > 0 && filepath.Base(left[0]) != "foreign.db.owner" {
		t.Errorf("left beside it: %q", left)
	}
}

func ownerOf(t *testing.T, file string) uint32 {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Uid
}

// What root makes in the folder of somebody else belongs to them: the database, the
// file that says who has it, and its log while it is open. A link that they put there
// leads root nowhere.
func TestMadeByRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root gives files to others")
	}
	const nobody = 65534
	dir := t.TempDir()
	if err := os.Chown(dir, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "coupwatch.db")
	db, err := store.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	release, err := db.Own(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	release()
	for _, name := range []string{file, file + "-wal", file + "-shm", file + ".owner"} {
		if uid := ownerOf(t, name); uid != nobody {
			t.Errorf("%s is of user %d", filepath.Base(name), uid)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "shadow")
	if err := os.WriteFile(elsewhere, []byte("root's"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(file+".owner"), os.Symlink(elsewhere, file+".owner")); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Own(t.Context()); err == nil {
		t.Error("a link is followed")
	}
	if text, err := os.ReadFile(elsewhere); err != nil || string(text) != "root's" {
		t.Errorf("what it leads to is %q, %v", text, err)
	}
}
