//go:build unix && !linux

package enginetest

import "os"

// workFolder returns the folder in which servers have theirs.
func workFolder() string { return os.TempDir() }
