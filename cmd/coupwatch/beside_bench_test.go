package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/coupwatch/coupwatch/news"
)

// A bareReader is the least that can read feeds: an HTTP client and a parser.
// It looks for nothing and remembers nothing but validators. What coupwatch
// does beside it is what coupwatch costs.
type bareReader struct {
	client http.Client
	mu     sync.Mutex
	etags  map[string]string
	items  int
}

func newBareReader() *bareReader {
	return &bareReader{client: http.Client{Transport: &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 4}}, etags: map[string]string{}}
}

// round reads all feeds, sixteen at a time, and returns how many items came.
func (r *bareReader) round(b *testing.B, feeds []news.Feed) int {
	b.Helper()
	r.items = 0
	queue := make(chan string)
	var readers sync.WaitGroup
	for range 16 {
		readers.Go(func() {
			for url := range queue {
				if err := r.read(b, url); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, f := range feeds {
		queue <- f.URL
	}
	close(queue)
	readers.Wait()
	return r.items
}

func (r *bareReader) read(b *testing.B, url string) error {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	r.mu.Lock()
	if tag := r.etags[url]; tag != "" {
		req.Header.Set("If-None-Match", tag)
	}
	r.mu.Unlock()
	resp, err := r.client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotModified {
		_, err := io.Copy(io.Discard, resp.Body)
		return err
	}
	feed, err := gofeed.NewParser().Parse(resp.Body)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.etags[url] = resp.Header.Get("ETag")
	r.items += len(feed.Items)
	return nil
}

// A stopwatch adds up how long things take, on the clock and on processors.
type stopwatch struct{ wall, cpu time.Duration }

func (s *stopwatch) time(b *testing.B, f func()) {
	b.Helper()
	began, used := time.Now(), cpuTime(b)
	f()
	s.wall, s.cpu = s.wall+time.Since(began), s.cpu+cpuTime(b)-used
}

// beside reports how long the bare reader took beside coupwatch; 1 is as fast.
func beside(b *testing.B, bare, ours stopwatch) {
	b.Helper()
	b.ReportMetric(float64(bare.wall)/float64(ours.wall), "bare/coupwatch")
	b.ReportMetric(float64(bare.cpu)/float64(ours.cpu), "bare/coupwatch-cpu")
}

// BenchmarkBesideBare reads 2,000 feeds of 20 items from 200 hosts on loopback,
// in turn by the bare reader and by coupwatch: cold, when all is new, and warm,
// when nothing changed.
func BenchmarkBesideBare(b *testing.B) {
	feeds := loopbackFeeds(b)
	b.Run("cold", func(b *testing.B) {
		var bare, ours stopwatch
		for b.Loop() {
			reader := newBareReader()
			bare.time(b, func() { reader.round(b, feeds) })
			if reader.items != manyFeeds*eachFeed {
				b.Fatalf("the bare reader saw %d items", reader.items)
			}
			watch, book := newBench(b, feeds)
			ours.time(b, func() { readAll(b, watch, book, manyFeeds*eachFeed) })
		}
		beside(b, bare, ours)
	})
	b.Run("warm", func(b *testing.B) {
		var bare, ours stopwatch
		reader := newBareReader()
		reader.round(b, feeds)
		watch, book := newBench(b, feeds)
		readAll(b, watch, book, manyFeeds*eachFeed)
		for n := 2; b.Loop(); n++ {
			makeDue(b, book.DB, feeds, fmt.Sprintf("@every %dh", n))
			bare.time(b, func() { reader.round(b, feeds) })
			ours.time(b, func() { readAll(b, watch, book, 0) })
		}
		beside(b, bare, ours)
	})
}

// BenchmarkPeakMemory is the most memory that coupwatch run --once takes to read
// 2,000 feeds of 20 items for the first time.
func BenchmarkPeakMemory(b *testing.B) {
	feeds := loopbackFeeds(b)
	peak := int64(0)
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), "coupwatch", "run", "--once")
		cmd.Dir = shippedRulesFor(b, feeds)
		cmd.Env = append(os.Environ(), "COUPWATCH_ALLOW_PRIVATE=127.0.0.0/8", "COUPWATCH_LISTEN=off", "NO_COLOR=1")
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		peak = max(peak, watchMemory(b, cmd.Process.Pid, ended))
	}
	b.ReportMetric(float64(peak)/1024, "MB")
}

var highWater = regexp.MustCompile(`VmHWM:\s*(\d+) kB`)

// watchMemory returns the most kilobytes that a process had in memory until it
// ended. What the system tells of a child that has ended counts the memory of its
// parent too.
func watchMemory(b *testing.B, pid int, ended <-chan error) (peak int64) {
	b.Helper()
	for {
		select {
		case err := <-ended:
			if err != nil || peak == 0 {
				b.Fatalf("peak of %d kB, %v", peak, err)
			}
			return peak
		case <-time.After(10 * time.Millisecond):
			peak = max(peak, highestMemory(pid))
		}
	}
}

// highestMemory returns the most kilobytes that a process had in memory until
// now, 0 once it has ended.
func highestMemory(pid int) (kB int64) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if m := highWater.FindSubmatch(status); m != nil {
		kB, _ = strconv.ParseInt(string(m[1]), 10, 64)
	}
	return kB
}

// otherFeeds is the part of a rules file that says which feeds to read.
var otherFeeds = regexp.MustCompile(`(?m)^feeds:.*\n(?:[ #].*\n|\n)*`)

// shippedRulesFor returns a folder with the rules that coupwatch comes with and
// other feeds.
func shippedRulesFor(b testing.TB, feeds []news.Feed) (dir string) {
	b.Helper()
	dir = b.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "rules"), os.DirFS("../../rules")); err != nil {
		b.Fatal(err)
	}
	shipped, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		b.Fatal(err)
	}
	if len(otherFeeds.FindAll(shipped, -1)) != 1 {
		b.Fatal("rules.yaml does not have feeds once")
	}
	own := bytes.NewBuffer(otherFeeds.ReplaceAll(shipped, nil))
	if !bytes.Contains(own.Bytes(), []byte("\nrules:\n")) {
		b.Fatal("the rules are gone with the feeds")
	}
	fmt.Fprint(own, "feeds:\n")
	for _, f := range feeds {
		fmt.Fprintf(own, "  - {url: %q, name: %q, schedule: %q}\n", f.URL, f.Name, f.Schedule)
	}
	if err := os.WriteFile(filepath.Join(dir, "rules.yaml"), own.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	return dir
}
