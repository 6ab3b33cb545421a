package archive

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNoMeter(t *testing.T) {
	var none *Meter
	none.Expect(1)
	none.AddRead(1)
	none.AddHandled(1)
	f := io.NopCloser(strings.NewReader("x"))
	if none.through(f) != f {
		t.Error("without a meter a file is not read as it is")
	}
}

// What is read of a file is counted before it is unpacked.
func TestMeterCounts(t *testing.T) {
	m := &Meter{}
	all, err := io.ReadAll(m.through(io.NopCloser(strings.NewReader("0123456789"))))
	m.AddRead(3)
	m.AddHandled(2)
	if bytes, read, handled := m.Counts(); err != nil || len(all) != 10 || bytes != 10 || read != 3 || handled != 2 {
		t.Errorf("read %d bytes, %v, and counted %d bytes, %d and %d items, want 10, 3 and 2", len(all), err, bytes, read, handled)
	}
}

func TestSizeOf(t *testing.T) {
	name := filepath.Join(t.TempDir(), "items.jsonl")
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		files []string
		want  int64
	}{
		{[]string{name, name}, 2000},
		{[]string{name, "-"}, 0}, // of standard input it is not known
		{nil, 0},
	} {
		if got := SizeOf(tt.files); got != tt.want {
			t.Errorf("the size of %q is %d, want %d", tt.files, got, tt.want)
		}
	}
}
