package main

import (
	"runtime/debug"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
)

// frugal is how much memory the daemon tries to do with. It is no bound: above
// it garbage is collected the sooner, which costs time and keeps a machine of
// 256 MB from killing us when many large feeds come at once.
const frugal = 150 << 20

// saveMemory makes the program frugal, unless GOMEMLIMIT says something else.
func saveMemory() {
	if settings.Environment("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(frugal)
	}
}
