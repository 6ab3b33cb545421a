// Package cputime tells tests how long the processor works, which a busy machine
// changes less than how long a thing takes.
package cputime

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// Of returns how long the processor works at do, whatever else the machine has
// to do. What do leaves to other goroutines is not counted.
func Of(do func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	used := func() time.Duration {
		var at unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &at); err != nil {
			panic(err)
		}
		return time.Duration(at.Nano())
	}
	before := used()
	do()
	return used() - before
}
