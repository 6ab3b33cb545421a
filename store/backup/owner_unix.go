//go:build unix

package backup

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// give gives a file rights and, if this process is root, the owner that info tells. It
// follows no link, which whoever may write into the folder could have put there.
func give(name string, mode fs.FileMode, info fs.FileInfo) (err error) {
	file, err := os.OpenFile(name, os.O_RDWR|syscall.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if of, known := info.Sys().(*syscall.Stat_t); known && os.Geteuid() == 0 {
		if err := file.Chown(int(of.Uid), int(of.Gid)); err != nil {
			return err
		}
	}
	return file.Chmod(mode)
}
