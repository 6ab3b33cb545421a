package watcher_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// startHostile builds and starts the server of hostile feeds and returns its
// address.
func startHostile(t *testing.T) string {
	t.Helper()
	source := shared(t, "hostile", "server.go")
	program := filepath.Join(t.TempDir(), "hostile")
	if out, err := exec.Command("go", "build", "-o", program, source).CombinedOutput(); err != nil {
		t.Skipf("the hostile server does not build: %s", out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, program, "-addr", addr, "-tls-base", "0", "-max-seconds", "20")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); cmd.Wait() })
	_, port, _ := net.SplitHostPort(addr)
	for range 200 {
		if resp, err := http.Get("http://" + addr + "/_list"); err == nil {
			resp.Body.Close()
			return "http://localhost:" + port
		}
		runtime.Gosched()
		<-time.After(10 * time.Millisecond)
	}
	t.Fatal("the hostile server does not start")
	return ""
}

// TestHostile reads every feed of a server that does what it can to harm its
// readers. None may crash, hang or fill the memory, and none may make us call
// the server's traps.
func TestHostile(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	cases, err := os.ReadFile(shared(t, "hostile", "cases.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	server := startHostile(t)
	h := fetch.New(fetch.Options{Private: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}, Timeout: 2 * time.Second, MaxBytes: 20 << 20})
	read, refused, items := 0, 0, 0
	for l := range strings.Lines(string(cases)) {
		path, _, _ := strings.Cut(l, "\t")
		if skipHostile(path) {
			continue
		}
		began := time.Now()
		n, err := readHostile(t, h, server+path)
		if took := time.Since(began); took > time.Minute { // a hang: a busy machine with the race detector takes up to 15 s
			t.Errorf("%s took %v", path, took)
		}
		t.Logf("%-40s %6d items, %6v, %v", path, n, time.Since(began).Round(time.Millisecond), err)
		if items += n; err != nil {
			refused++
			if len(err.Error()) > 300 || strings.ContainsAny(err.Error(), "\n\r\x1b") {
				t.Errorf("%s: problem is not one short line: %q", path, err)
			}
		} else {
			read++
		}
		if mustRead(path) != (err == nil) && (mustRead(path) || mustFail(path)) {
			t.Errorf("%s: %d items, error %v", path, n, err)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d read, %d refused, %d items, %d MB of memory taken from the system", read, refused, items, m.Sys>>20)
	if read == 0 || m.Sys > 2<<30 {
		t.Errorf("%d cases read, %d MB of memory", read, m.Sys>>20)
	}
	checkTraps(t, server)
}

// readHostile returns how many items are read from url.
func readHostile(t *testing.T, h *fetch.HTTP, url string) (int, error) {
	a, err := h.Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: url}})
	if err != nil {
		var trouble *fetch.Trouble
		if !errors.As(err, &trouble) {
			t.Errorf("%s: error %T, want a Trouble", url, err)
		}
		return 0, err
	}
	defer a.Release()
	d, err := watcher.Read(a.Data, a.ContentType, url)
	return len(d.Items), err
}

// skipHostile leaves out what only takes time, what would ask a name server,
// and a redirect on the server itself, which is followed.
func skipHostile(path string) bool {
	switch path {
	case "/redirect/ssrf-loopback-name", "/redirect/ssrf-metadata-gcp", "/redirect/ssrf-rebind":
		return true
	}
	return strings.HasPrefix(path, "/slow/") && path != "/slow/headers"
}

func mustRead(path string) bool {
	switch path {
	case "/xml/deep-nesting", "/xml/deep-nesting-xmlns", "/xml/html-page", "/xml/html-with-feed-link", "/feed/json-error-object":
		return false
	}
	for _, group := range []string{"/feed/", "/xml/", "/enc/", "/date/", "/text/"} {
		if strings.HasPrefix(path, group) {
			return true
		}
	}
	return false
}

func mustFail(path string) bool {
	return strings.HasPrefix(path, "/redirect/ssrf") || strings.HasPrefix(path, "/size/gzip") || path == "/xml/html-page" || path == "/feed/json-error-object"
}

// checkTraps asks the server whether we stepped into a trap.
func checkTraps(t *testing.T, server string) {
	t.Helper()
	resp, err := http.Get(server + "/_stats")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	stats, err := io.ReadAll(resp.Body)
	if err != nil || len(stats) < 100 {
		t.Fatalf("no statistics: %v", err)
	}
	if i := strings.Index(string(stats), "/canary/"); i >= 0 {
		t.Errorf("a trap was called: %s", fmt.Sprintf("%.80s", stats[i:]))
	}
}
