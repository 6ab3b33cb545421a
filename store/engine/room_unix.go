//go:build darwin || linux

package engine

import "syscall"

// freeRoom returns how many bytes may be written to the disk of a folder, if
// the system tells.
func freeRoom(folder string) (room uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(folder, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
