package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// A collector of OpenTelemetry hears of a reading with its parts, of the delivery that
// came of it and of the page, and of no secret; go tool pprof is answered.
func TestDaemonIsTraced(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var got bytes.Buffer
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if plain, err := gzip.NewReader(r.Body); err == nil && r.Header.Get("X-Key") == "a b" {
			_, _ = io.Copy(&got, plain)
		}
	}))
	defer collector.Close()
	wire := &pressroom{}
	wire.publish("first", "Rain in Ruritania")
	feed := httptest.NewServer(wire)
	defer feed.Close()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf(`
feeds: [{url: "%s/rss?token=hush1", name: Wire, schedule: "@every 1s"}]
routes: [{to: "email:hush2@desk.example", severity: high}]
rules: [{id: coup, title: Coup, severity: high, match: coup}]
`, feed.URL))
	page, profiles := freeAddress(t), freeAddress(t)
	d := start(t, dir, []string{"OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.URL, "OTEL_EXPORTER_OTLP_HEADERS=X-Key=a%20b", "COUPWATCH_LISTEN=" + page, "COUPWATCH_PROFILE=" + profiles})
	d.await(`msg="feed read"`)
	wire.publish("coup", "Soldiers stage a coup in Mali")
	d.await(`msg="alert sent"`)
	for url, want := range map[string]string{"http://" + page + "/story/s-none": "", "http://" + profiles + "/debug/pprof/goroutine?debug=1": "goroutine profile"} {
		if _, body := fetchPage(t, url); !strings.Contains(body, want) {
			t.Errorf("%s answers %.200q", url, body)
		}
	}
	_ = d.cmd.Process.Signal(syscall.SIGTERM)
	d.exit()
	mu.Lock()
	defer mu.Unlock()
	for _, want := range []string{"reading", "fetch", "match", "ingest", "delivery", "email", "GET /story/{id}", "127.0.0.1"} {
		if !bytes.Contains(got.Bytes(), []byte(want)) {
			t.Errorf("nothing of %q was traced", want)
		}
	}
	if bytes.Contains(got.Bytes(), []byte("hush")) {
		t.Errorf("a secret was traced: %q", got.Bytes())
	}
}

// fetchPage returns what url answers.
func fetchPage(t *testing.T, url string) (code int, body string) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}
