package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/store/engine/enginetest"
)

// BenchmarkFleet is how long one, two and four daemons on one PostgreSQL take to read
// 2,000 feeds of 20 items for the first time by the shipped rules. All of them, the
// database and the server of the feeds share the processors: where these are two, more
// daemons add nothing but what they cost.
func BenchmarkFleet(b *testing.B) {
	if testing.Short() {
		b.Skip("reads 2,000 feeds three times")
	}
	for _, size := range []int{1, 2, 4} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			const crowd = 2_000
			feeds := loopback(b, crowd, "@every 1h")
			var round, work time.Duration
			for b.Loop() {
				location, _ := enginetest.OwnPostgres(b)
				db, err := store.Open(b.Context(), location)
				if err != nil {
					b.Fatal(err)
				}
				dir, daemons := shippedRulesFor(b, feeds), []*exec.Cmd(nil)
				for range size {
					cmd := exec.Command("coupwatch")
					cmd.Dir = dir
					cmd.Env = append(os.Environ(), "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_LISTEN=off", "COUPWATCH_HOST_GAP=0", "DATABASE_URL="+location)
					if err := cmd.Start(); err != nil {
						b.Fatal(err)
					}
					daemons = append(daemons, cmd)
				}
				awaitRead(b, db, 1)
				began := time.Now()
				awaitRead(b, db, crowd)
				round += time.Since(began)
				for _, cmd := range daemons {
					_ = cmd.Process.Kill()
					_ = cmd.Wait() // it was killed
					work += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				}
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(round.Seconds()/float64(b.N), "round-s")
			b.ReportMetric(20*crowd*float64(b.N)/round.Seconds(), "items/s")
			b.ReportMetric(work.Seconds()/float64(b.N), "daemons-cpu-s")
		})
	}
}
