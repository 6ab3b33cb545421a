//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/store"
)

// BenchmarkCrowd is how long a daemon takes to read 20,000 feeds of 20 items for
// the first time, which are due every five minutes, and what of it is work: its
// own, and that of the server of the feeds, which has the same processors.
func BenchmarkCrowd(b *testing.B) {
	if testing.Short() {
		b.Skip("reads 20,000 feeds")
	}
	const crowd = 20_000
	feeds := loopback(b, crowd, "@every 5m")
	var round, daemon, server time.Duration
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), "coupwatch", "run")
		cmd.Dir = shippedRulesFor(b, feeds)
		cmd.Env = append(os.Environ(), "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_LISTEN=off", "NO_COLOR=1")
		db, err := store.Open(b.Context(), filepath.Join(cmd.Dir, "coupwatch.db"))
		if err != nil {
			b.Fatal(err)
		}
		used := cpuTime(b)
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		awaitRead(b, db, 1)
		began := time.Now()
		awaitRead(b, db, crowd)
		round += time.Since(began)
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
		server += cpuTime(b) - used
		daemon += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	for unit, took := range map[string]time.Duration{"round-s": round, "daemon-cpu-s": daemon, "server-cpu-s": server} {
		b.ReportMetric(took.Seconds()/float64(b.N), unit)
	}
}

// awaitRead waits until so many feeds were read.
func awaitRead(b *testing.B, db *store.DB, n int) {
	b.Helper()
	for limit := time.Now().Add(10 * time.Minute); ; <-time.After(time.Second) {
		feeds, err := db.Feeds(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		for _, f := range feeds {
			if !f.LastRead.IsZero() {
				read++
			}
		}
		if read >= n {
			return
		}
		if time.Now().After(limit) {
			b.Fatalf("%d feeds of %d were read", read, n)
		}
	}
}
