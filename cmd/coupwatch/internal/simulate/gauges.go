package simulate

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"github.com/coupwatch/coupwatch/news"
)

// Gauges show what a plant does and what it costs. They may be read and moved at any
// time.
type Gauges struct {
	readings, quiet, failed, unrecorded atomic.Int64 // those of feeds with nothing new are quiet
	items, matched, alerts              atomic.Int64
	bytes                               atomic.Int64 // of documents

	pressTime, matchTime stopwatch // of the made-up servers, which is no work of the program; of rules
	decideTime, passTime stopwatch // of reports that a rule matched; of others

	mu      sync.Mutex
	lateSum time.Duration // by which feeds were read later than they were due, by the clock of the bubble
	lateMax time.Duration
	lates   int
	slow    map[string]time.Duration // for how long each job kept a processor waiting, by the real clock
}

// late notes how late a feed is asked for.
func (g *Gauges) late(f news.FeedState) {
	if f.NextAt.IsZero() || f.NextAt.Unix() <= 0 { // never read before
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	by := time.Since(f.NextAt)
	g.lateSum, g.lateMax, g.lates = g.lateSum+by, max(g.lateMax, by), g.lates+1
}

// note notes what came of a reading.
func (g *Gauges) note(r news.Reading, t news.Tally, err error) {
	switch {
	case err != nil:
		g.unrecorded.Add(1)
	case r.Failures > 0:
		g.failed.Add(1)
	case t.New == 0:
		g.quiet.Add(1)
	}
	g.items.Add(int64(t.New))
	g.matched.Add(int64(t.Matched))
	g.alerts.Add(int64(t.Alerts))
}

// job returns what is called when a job begins, which returns what is called when it
// ends.
func (g *Gauges) job(name string) func() func() {
	return func() func() {
		began := machineTime()
		return func() {
			g.mu.Lock()
			defer g.mu.Unlock()
			if g.slow == nil {
				g.slow = map[string]time.Duration{}
			}
			g.slow[name] += machineTime() - began
		}
	}
}

// machineTime is that of the machine, in a bubble too.
func machineTime() time.Duration {
	var at unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &at); err != nil {
		panic(err)
	}
	return time.Duration(at.Nano())
}

// Worked returns for how long the program has worked the processors since it began,
// and how much of that the garbage collector could not leave to an idle one.
func Worked() time.Duration {
	var all syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &all); err != nil {
		panic(err)
	}
	return time.Duration(all.Utime.Nano() + all.Stime.Nano())
}

// Memory returns the most bytes that the program had of the machine's, or the most
// that Go knows of where that is not told.
func Memory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		var kilobytes int64
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes); err == nil && n == 1 {
			return kilobytes << 10
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
