//go:build !linux

package text_test

import "time"

// cpuTime returns how long do takes: elsewhere than on Linux no thread tells what
// it has worked.
func cpuTime(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}
