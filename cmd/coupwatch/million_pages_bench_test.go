//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"
)

// daemon measures pages of a daemon that has queued a digest.
func (m million) daemon(b *testing.B) {
	ln := freeAddress(b)
	cmd := exec.CommandContext(b.Context(), "coupwatch", "run", "--listen", ln)
	cmd.Dir, cmd.Env = m.dir, append(os.Environ(), "NO_COLOR=1", "COUPWATCH_RETENTION=1000d")
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	for range time.Tick(10 * time.Millisecond) {
		resp, err := http.Get("http://" + ln + "/healthz")
		if err == nil {
			resp.Body.Close()
			break
		}
		if time.Since(began) > time.Minute {
			b.Fatalf("the page does not answer:\n%s", log.String())
		}
	}
	b.Logf("page after %v", time.Since(began).Round(time.Millisecond))
	for range time.Tick(100 * time.Millisecond) { // the digest is owed a minute after the start at the latest
		var digests int
		if err := m.db.QueryRowContext(b.Context(), `SELECT COUNT(*) FROM digests`).Scan(&digests); err != nil {
			b.Fatal(err)
		}
		if digests > 1 {
			break
		}
		if time.Since(began) > 2*time.Minute {
			b.Fatalf("no digest is queued:\n%s", log.String())
		}
	}
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
			b.ReportMetric(held(b, cmd.Process.Pid, "VmRSS"), "MB")
			b.ReportMetric(held(b, cmd.Process.Pid, "VmHWM"), "peak-MB")
		}
	})
	for _, path := range []string{"/", "/?since=30d", "/?country=ml&severity=high", "/?language=en", "/wall", "/alerts.json", "/alerts.atom", "/feeds", "/outbox", "/mutes", "/digest", "/status", "/rules", "/rules/coup", "/search?q=coup", "/audit", "/healthz", "/story/s-0000000000000007"} {
		b.Run(path[1:]+" page", func(b *testing.B) {
			size := 0
			var all []time.Duration
			for b.Loop() {
				began := time.Now()
				resp, err := http.Get("http://" + ln + path)
				if err != nil {
					b.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if err != nil || resp.StatusCode != http.StatusOK {
					b.Fatal(resp.Status, err)
				}
				size = len(body)
				all = append(all, time.Since(began))
			}
			b.ReportMetric(float64(size)/1000, "kB")
			slices.Sort(all)
			b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "median-ms")
		})
	}
	b.Run("ten readers", func(b *testing.B) { m.tenReaders(b, cmd.Process.Pid, "http://"+ln+"/") })
	b.Run("nobody", func(b *testing.B) {
		used, began := busy(b, cmd.Process.Pid), time.Now()
		<-time.After(time.Minute)
		b.ReportMetric(100*float64(busy(b, cmd.Process.Pid)-used)/float64(time.Since(began)), "%-of-a-core")
	})
}

// freeAddress returns an address on which nobody listens.
func freeAddress(b testing.TB) string {
	b.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// held returns how much memory a process has by a field of its status, in MB.
func held(b *testing.B, pid int, field string) float64 {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	m := regexp.MustCompile(field + `:\s+(\d+) kB`).FindSubmatch(text)
	if m == nil {
		b.Fatalf("no %s in %s", field, text)
	}
	kB, err := strconv.Atoi(string(m[1]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kB) / 1024
}
