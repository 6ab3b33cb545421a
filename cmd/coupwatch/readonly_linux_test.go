package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/longtest"
)

// When the kernel makes the disk read-only under a daemon, as it does when that fails,
// the operators and machines hear so, the page goes on, and once the disk is mended and
// the daemon started again, nothing is missing and nothing is told twice: what was
// recorded a moment before was on the disk.
func TestDiskBecomesReadOnly(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "breaks a disk and waits until that is seen")
	dir, disk, feed := t.TempDir(), newFragileDisk(t), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	settings := []string{"COUPWATCH_LISTEN=127.0.0.1:0", "DATABASE_URL=sqlite:" + filepath.Join(disk.path, "coupwatch.db")}
	d := start(t, dir, settings)
	page := regexp.MustCompile(`http://[^ ]+/`).FindString(d.await(`page +http`))
	d.await(`msg="feed read"`)
	feed.add("Coup in the capital")
	d.await(`^Coup in the capital`)
	awaitRecorded(t, disk.path)

	disk.fail(t)
	feed.add("Coup in the harbour")
	if line := d.await(`^Nothing can be recorded since `); !strings.Contains(line, "look at the system's log") {
		t.Errorf("the operators hear %q, want what to look at", line)
	}
	if h := healthOf(t, page); h.Status != "down" {
		t.Errorf("/healthz says %+v", h)
	}
	if strings.Contains(d.seen.String(), "Coup in the harbour") {
		t.Error("told what cannot be recorded")
	}
	_ = d.cmd.Process.Kill()
	d.exit()
	disk.mend(t)
	d = start(t, dir, settings)
	t.Cleanup(func() { _ = d.cmd.Process.Kill(); _ = d.cmd.Wait() }) // before the disk goes
	d.await(`^Coup in the harbour`)
	if strings.Contains(d.seen.String(), "Coup in the capital") {
		t.Errorf("told again:\n%s", d.seen.String())
	}
}

// A copy that coupwatch says it wrote is there when the power is cut right then.
func TestBackupIsOnTheDisk(t *testing.T) {
	t.Parallel()
	longtest.Only(t, "breaks a disk")
	dir, disk := t.TempDir(), newFragileDisk(t)
	openStore(t, dir)
	coupwatch := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "coupwatch", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("coupwatch %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	coupwatch("backup", filepath.Join(disk.path, "copy.db"))
	disk.fail(t)
	disk.mend(t)
	coupwatch("restore", filepath.Join(disk.path, "copy.db"), "--database", "sqlite:"+filepath.Join(dir, "restored.db"))
}

// awaitRecorded waits until all that was owed is recorded as sent in the database in a
// folder.
func awaitRecorded(t *testing.T, folder string) {
	t.Helper()
	db := openStore(t, folder)
	defer db.Close()
	for limit := time.Now().Add(time.Minute); len(unsentOf(t, db)) > 0; {
		if time.Now().After(limit) {
			t.Fatal("what was told is not recorded")
		}
		<-time.After(10 * time.Millisecond)
	}
}

// A fragileDisk is a file system of its own, in a file, that can be made to fail.
type fragileDisk struct{ image, path string }

// newFragileDisk mounts one until the test ends, or skips the test: it takes a
// superuser, a loop device and ext4.
func newFragileDisk(t *testing.T) *fragileDisk {
	t.Helper()
	d := &fragileDisk{image: filepath.Join(t.TempDir(), "disk"), path: t.TempDir()}
	write(t, d.image, "")
	if err := os.Truncate(d.image, 32<<20); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"mkfs.ext4", "-q", d.image}, d.mount()} {
		if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Skipf("no disk of its own can be had here: %s: %v %s", args[0], err, out)
		}
	}
	t.Cleanup(func() { _ = syscall.Unmount(d.path, syscall.MNT_DETACH) })
	return d
}

func (d *fragileDisk) mount() []string {
	return []string{"mount", "-o", "loop,errors=remount-ro", d.image, d.path}
}

// fail has the kernel find an error on the disk, upon which it writes there no more.
func (d *fragileDisk) fail(t *testing.T) {
	t.Helper()
	device, err := exec.CommandContext(t.Context(), "findmnt", "-n", "-o", "SOURCE", d.path).Output()
	if err != nil {
		t.Fatal(err)
	}
	trigger := fmt.Sprintf("/sys/fs/ext4/%s/trigger_fs_error", filepath.Base(strings.TrimSpace(string(device))))
	if err := os.WriteFile(trigger, []byte("1"), 0); err != nil {
		t.Skipf("this kernel makes no disk fail: %v", err)
	}
}

// mend takes the disk off, has it repaired and mounts it again; what was not on it is
// lost. It is a copy: the kernel keeps the broken one for as long as a test that has
// its own view of what is mounted runs.
func (d *fragileDisk) mend(t *testing.T) {
	t.Helper()
	if err := syscall.Unmount(d.path, 0); err != nil {
		t.Fatal(err)
	}
	broken, err := os.ReadFile(d.image)
	if err != nil {
		t.Fatal(err)
	}
	d.image += ".mended"
	write(t, d.image, string(broken))
	const corrected = 1 // e2fsck(8)
	if out, err := exec.CommandContext(t.Context(), "e2fsck", "-fy", d.image).CombinedOutput(); err != nil {
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != corrected {
			t.Fatalf("%v: %s", err, out)
		}
	}
	args := d.mount()
	if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}
