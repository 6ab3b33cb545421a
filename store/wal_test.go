package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The write-ahead log that grew while somebody read for long shrinks when the
// reader has gone and a few more readings were recorded.
func TestLogShrinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	db, other, f := open(t, "sqlite:"+path), open(t, "sqlite:"+path), feed(1)
	write := func(n int) {
		t.Helper()
		it := item(f, fmt.Sprint(n), strings.Repeat(fmt.Sprintf("word%d ", n), 150_000))
		record(t, db, reading(f, noon, it), nil)
	}
	size := func() int64 {
		t.Helper()
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	write(0)
	rows, err := other.Reads().Query(`SELECT id FROM items UNION ALL SELECT name FROM settings`)
	if err != nil || !rows.Next() {
		t.Fatalf("no reader: %v", err)
	}
	defer rows.Close()
	n := 1
	for ; size() < 40<<20; n++ {
		write(n)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		n++
		write(n)
	}
	if got := size(); got > 20<<20 {
		t.Errorf("the log is %d MB after the reader left, want less than 20", got>>20)
	}
}
