//go:build linux

package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// tenReaders measures what ten people cost who have the first page open while a story
// changes every ten seconds: each hears of it and has the page made anew, as the
// script of the page does.
func (m million) tenReaders(b *testing.B, pid int, page string) {
	const watched, pause = time.Minute, 10 * time.Second
	var readers sync.WaitGroup
	var seen atomic.Int64
	defer readers.Wait() // when all have gone
	for range 10 {
		resp, err := http.Get(page + "live?after=0")
		if err != nil {
			b.Fatal(err)
		}
		defer resp.Body.Close()
		readers.Go(func() {
			for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
				if !strings.HasPrefix(lines.Text(), "data:") {
					continue
				}
				if shown, err := http.Get(page); err == nil {
					_, _ = io.Copy(io.Discard, shown.Body)
					shown.Body.Close()
					seen.Add(1)
				}
			}
		})
	}
	for range time.Tick(50 * time.Millisecond) {
		if seen.Load() == 10 {
			break
		}
	}
	used, began := busy(b, pid), time.Now()
	for range time.Tick(pause) {
		if time.Since(began) >= watched {
			break
		}
		m.exec(b, `UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE name = 'stories'`)
		m.exec(b, `UPDATE stories SET version = (SELECT CAST(value AS INTEGER) FROM settings WHERE name = 'stories') WHERE id = 's-0000000000000007'`)
	}
	if all := seen.Load(); all < 50 {
		b.Fatalf("ten readers saw %d pages", all)
	}
	b.ReportMetric(100*float64(busy(b, pid)-used)/float64(time.Since(began)), "%-of-a-core")
	b.ReportMetric(float64(seen.Load()), "pages")
}

// busy returns for how long a process had a processor so far.
func busy(b *testing.B, pid int) time.Duration {
	b.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')'):]))
	var ticks int64
	for _, f := range fields[12:14] { // utime, stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * (time.Second / 100)
}
