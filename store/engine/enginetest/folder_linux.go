package enginetest

import (
	"os"
	"syscall"
)

// workFolder returns the folder in which servers have theirs: in memory, where making a
// file costs a third, if there is room for what tests write.
func workFolder() string {
	const memory, room = "/dev/shm", 2 << 30
	var s syscall.Statfs_t
	if syscall.Statfs(memory, &s) == nil && s.Bavail*uint64(s.Bsize) > room {
		return memory
	}
	return os.TempDir()
}
