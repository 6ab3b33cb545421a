//go:build unix

package folder_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/coupwatch/coupwatch/matcher/folder"
)

// Nobody writes into the fifo, so that to open it would never end.
func TestFifoIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "rules.yaml"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := folder.ReadFile(os.DirFS(dir), "rules.yaml"); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("got %v, want that it is no regular file", err)
	}
}
