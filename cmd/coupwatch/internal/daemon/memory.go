package daemon

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"
)

// Frugal is with how many bytes the daemon tries to do, and aFeed with how many more
// for each feed. It is no bound: above it garbage is collected the sooner, which
// costs time and keeps a machine of 256 MB from killing us when many large feeds come
// at once. With nothing more for 20,000 feeds to read them took twice the processor.
const (
	Frugal = 60 << 20
	aFeed  = 4 << 10
)

// HeedMemory keeps the program frugal until ctx is done, with so many feeds. What it
// has in use all the time, such as the stories of a busy week, it may have: half as
// much again stays free for garbage, so that it is not collected without end.
func HeedMemory(ctx context.Context, feeds func() int) {
	debug.SetMemoryLimit(roomFor(nil, feeds()))
	inUse := make([]int64, halfMinute)
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			inUse = append(append(inUse[:0], inUse[1:]...), live())
			debug.SetMemoryLimit(roomFor(inUse, feeds()))
		}
	}
}

// halfMinute is for how many seconds something is in use before that counts as
// all the time.
const halfMinute = 30

// live returns how many bytes were still in use after the last collection.
func live() int64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}

// roomFor returns the memory to do with so many feeds, where so many bytes were in use lately. The
// least of them counts: a large feed is gone when the next number is taken.
func roomFor(inUse []int64, feeds int) int64 {
	room := int64(Frugal + feeds*aFeed)
	if len(inUse) == 0 {
		return room
	}
	return max(room, slices.Min(inUse)*3/2)
}
