package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/coupwatch/coupwatch/internal/longtest"
)

// A daemon whose disk is full says so to its operators at once and once, and to
// machines; and when there is room again, and then nothing is missing.
func TestDaemonWithFullDisk(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "fills a disk and waits until that is seen")
	dir, disk, feed := t.TempDir(), t.TempDir(), newFeed(t)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("a small disk cannot be made here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	d := start(t, dir, []string{"COUPWATCH_LISTEN=127.0.0.1:0", "DATABASE_URL=sqlite:" + filepath.Join(disk, "coupwatch.db")})
	t.Cleanup(func() { _ = d.cmd.Process.Kill(); _ = d.cmd.Wait() }) // before the disk goes
	page := regexp.MustCompile(`http://[^ ]+/`).FindString(d.await(`page +http`))
	d.await(`msg="feed read"`)

	ballast := filepath.Join(disk, "ballast")
	fillDisk(t, ballast)
	feed.add("Coup in the capital " + strings.Repeat("and in its suburbs ", 2000))
	line := d.await(`^Nothing can be recorded since `)
	if !strings.Contains(line, "is full; make room") {
		t.Errorf("the operators hear %q, want that the disk is full", line)
	}
	if h := healthOf(t, page); h.Status != "down" || !strings.Contains(fmt.Sprint(h.Problems), "is full") {
		t.Errorf("/healthz says %+v", h)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	for told, mended := false, false; !told || !mended; {
		line := d.await(`^Coup in the capital|^The database takes what is recorded again`)
		told, mended = told || strings.HasPrefix(line, "Coup"), mended || strings.HasPrefix(line, "The database")
	}
	if h := healthOf(t, page); h.Status != "ok" {
		t.Errorf("/healthz says %+v when all is well again", h)
	}
	if n := strings.Count(d.seen.String(), "Nothing can be recorded since"); n != 1 {
		t.Errorf("it was told %d times:\n%s", n, d.seen.String())
	}
}

// fillDisk writes a file until its disk is full.
func fillDisk(t *testing.T, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for block := make([]byte, 64<<10); len(block) > 0; {
		if _, err := file.Write(block); errors.Is(err, syscall.ENOSPC) {
			block = block[:len(block)/2] // to the last byte
		} else if err != nil {
			t.Fatal(err)
		}
	}
}
