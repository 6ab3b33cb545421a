//go:build !linux

package cputime

import "time"

// Of returns how long do takes: elsewhere than on Linux no thread tells what the
// processor did for it.
func Of(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}
