package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// sealed runs the calling test in a process that has a network, names and users
// of its own, in which nothing can be reached but what the test starts, so that
// it may be lured anywhere. It reports whether this is that process; elsewhere
// the test is over when sealed returns.
func sealed(t *testing.T) bool {
	t.Helper()
	const mark = "COUPWATCH_TEST_SEALED"
	if os.Getenv(mark) == t.Name() {
		if err := unsealLoopback(); err != nil {
			t.Fatal(err)
		}
		return true
	}
	verbose := "-test.v=false"
	if testing.Verbose() {
		verbose = "-test.v"
	}
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe", "-test.run", "^"+t.Name()+"$", verbose)
	cmd.Env = append(os.Environ(), mark+"="+t.Name())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		Pdeathsig:   syscall.SIGKILL,
	}
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EINVAL) {
		t.Skipf("this system gives no network of its own to a test: %v", err)
	}
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
	if strings.Contains(string(out), "--- SKIP") {
		t.SkipNow()
	}
	return false
}

// unsealLoopback sets the loopback interface of a new network up.
func unsealLoopback() error {
	s, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(s)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	return unix.IoctlIfreq(s, unix.SIOCSIFFLAGS, lo)
}

// nameHosts makes names lead to this machine, and a name server on it answer for
// all others.
func nameHosts(t *testing.T, names []string) {
	t.Helper()
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		t.Skipf("this system lets no test have names of its own: %v", err)
	}
	var hosts strings.Builder
	fmt.Fprintln(&hosts, "127.0.0.1 localhost\n::1 localhost")
	for _, n := range names {
		fmt.Fprintln(&hosts, "127.0.0.1", n)
	}
	dir := t.TempDir()
	for file, text := range map[string]string{"hosts": hosts.String(), "resolv.conf": "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n"} {
		own := filepath.Join(dir, file)
		write(t, own, text)
		if err := os.Chmod(own, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := unix.Mount(own, filepath.Join("/etc", file), "", unix.MS_BIND, ""); err != nil {
			t.Skipf("this system lets no test have names of its own: %v", err)
		}
	}
}
