//go:build !darwin && !linux

package engine

// freeRoom reports that the system does not tell how much room there is.
func freeRoom(string) (room uint64, known bool) { return 0, false }
