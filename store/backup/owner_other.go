//go:build !unix

package backup

import (
	"io/fs"
	"os"
)

// give gives a file rights, where files have no owner that root gives them.
func give(name string, mode fs.FileMode, _ fs.FileInfo) error { return os.Chmod(name, mode) }
