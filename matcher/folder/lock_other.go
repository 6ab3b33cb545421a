//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package folder

import "os"

// lock does nothing where files cannot be locked: of two programs that write at
// the same moment, the second wins.
func lock(string) (unlock func(), err error) { return func() {}, nil }

// own does nothing where files have no owner that a program can set.
func own(*os.File, os.FileInfo) error { return nil }
