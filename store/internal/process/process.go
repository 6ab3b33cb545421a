// Package process tells whether another process of this machine still lives.
package process

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// Machine names what numbers processes: a machine since it was started, and on it
// the name space, so that containers with one host name are not taken for each
// other. It is "" where that cannot be known.
func Machine() string {
	if runtime.GOOS != "linux" {
		return ""
	}
	boot, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	space, err := os.Readlink("/proc/self/ns/pid")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(boot)) + " " + space
}

// IsGone reports whether no process of [Machine] has this number. It reports
// false where it cannot know.
func IsGone(number int) bool {
	p, err := os.FindProcess(number)
	if err != nil {
		return errors.Is(err, os.ErrProcessDone)
	}
	defer func() { _ = p.Release() }() // it has nothing to say
	err = p.Signal(syscall.Signal(0))
	return errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH)
}
