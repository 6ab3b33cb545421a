//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package engine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// noFollow has a file opened that is no link: whoever may write into the folder could
// have put one there that leads elsewhere.
const noFollow = syscall.O_NOFOLLOW

// Adopt gives a file, if this process is root, the owner of the one at path, or of the
// folder if there is none: what root makes beside a database is for the daemon, which
// is somebody else. Some file systems let not even root do so; there it stays root's.
func Adopt(file *os.File, path string) {
	if os.Geteuid() != 0 {
		return
	}
	like, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		like, err = os.Stat(filepath.Dir(path))
	}
	if err != nil {
		return
	}
	if of, known := like.Sys().(*syscall.Stat_t); known {
		_ = file.Chown(int(of.Uid), int(of.Gid)) // it is as good as it can be
	}
}
