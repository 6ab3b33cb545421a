package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/backup"
)

// fill reads a feed with one item into the database in file, at a time.
func fill(t *testing.T, file, guid string, at time.Time) {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f := feed(1)
	setFeeds(t, db, f)
	it := item(f, guid, "Soldiers seize the palace")
	it.Fetched = at
	if _, err := db.Ingest(t.Context(), reading(f, at, it), reports("coup", it), asking(decide)); err != nil {
		t.Fatal(err)
	}
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	file, copied := filepath.Join(dir, "coupwatch.db"), filepath.Join(dir, "copy.db")
	fill(t, file, "a", noon)
	open(t, "sqlite:"+file) // the daemon goes on
	b, err := backup.Write(t.Context(), "sqlite:"+file, copied)
	if err != nil || b.Items != 1 || !b.Newest.Equal(noon) || b.Bytes == 0 {
		t.Fatalf("got %+v, %v, want the one item", b, err)
	}
	if _, err := backup.Write(t.Context(), "sqlite:"+file, copied); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("over another copy: %v", err)
	}

	// Never over a newer one.
	fill(t, file, "b", noon.Add(time.Hour))
	before := contents(t, file)
	if _, _, err := backup.Restore(t.Context(), copied, file, noon); err == nil || !strings.Contains(err.Error(), "has items up to 2026") {
		t.Errorf("over a newer database: %v", err)
	}
	if !bytes.Equal(before, contents(t, file)) {
		t.Error("the newer database was changed")
	}

	// Over none, and over an older one, which is kept.
	other := filepath.Join(dir, "other.db")
	if _, kept, err := backup.Restore(t.Context(), copied, other, noon); err != nil || kept != "" {
		t.Fatalf("in an empty place: %q, %v", kept, err)
	}
	fill(t, filepath.Join(dir, "old.db"), "old", noon.Add(-time.Hour))
	_, kept, err := backup.Restore(t.Context(), copied, filepath.Join(dir, "old.db"), noon)
	if err != nil || !strings.HasSuffix(kept, ".before-20260822-120000") {
		t.Fatalf("over an older one: %q, %v", kept, err)
	}
	for path, guid := range map[string]string{other: "a", filepath.Join(dir, "old.db"): "a", kept: "old"} {
		db := open(t, "sqlite:"+path)
		var got string
		if err := db.SQL().QueryRowContext(t.Context(), `SELECT guid FROM items`).Scan(&got); err != nil || got != guid {
			t.Errorf("%s has item %q, %v, want %q", path, got, err, guid)
		}
	}
}

// Nothing is put in the place of a database that somebody uses, and nothing that is
// no whole copy.
func TestRestoreRefuses(t *testing.T) {
	dir := t.TempDir()
	file, copied := filepath.Join(dir, "coupwatch.db"), filepath.Join(dir, "copy.db")
	fill(t, file, "a", noon)
	if _, err := backup.Write(t.Context(), file, copied); err != nil {
		t.Fatal(err)
	}
	release, err := open(t, file).Own(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := backup.Restore(t.Context(), copied, file, noon); err == nil || !strings.Contains(err.Error(), "is in use by process") {
		t.Errorf("in use: %v", err)
	}
	release()

	half := filepath.Join(dir, "half.db")
	whole := contents(t, copied)
	if err := os.WriteFile(half, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	notes := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(notes, []byte(strings.Repeat("These are notes. ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{half: "damaged", notes: "is not a SQLite database", filepath.Join(dir, "none.db"): "no such file"} {
		if _, _, err := backup.Restore(t.Context(), path, filepath.Join(dir, "new.db"), noon); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q in it", path, err, want)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "new.db")); err == nil {
		t.Error("something was put in place")
	}
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
