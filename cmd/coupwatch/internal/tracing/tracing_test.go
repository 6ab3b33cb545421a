package tracing

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/internal/span"
)

// A collector keeps what it is sent.
type collector struct {
	*httptest.Server
	mu     sync.Mutex
	got    []byte
	key    string
	answer int
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{answer: http.StatusOK}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		defer c.mu.Unlock()
		plain, err := gzip.NewReader(r.Body)
		if err != nil || r.URL.Path != "/otlp/v1/traces" {
			t.Errorf("%s %s: %v", r.Method, r.URL, err)
			return
		}
		body, err := io.ReadAll(plain)
		if err != nil {
			t.Error(err)
		}
		c.got, c.key = append(c.got, body...), r.Header.Get("X-Key")
		w.WriteHeader(c.answer)
	}))
	t.Cleanup(c.Close)
	return c
}

// reading is a reading as the watcher traces one.
func reading(ctx context.Context) {
	ctx, s := span.Begin(ctx, "reading")
	defer s.End()
	s.Text("coupwatch.feed", "https://desk:hush1@wire.example/rss?key=hush2")
	_, in := span.Begin(ctx, "fetch")
	in.Number("coupwatch.items", 20)
	in.Fail(`Get "https://wire.example/rss?token=hush3#hush4": mail to hush5@desk.example failed`)
	in.End()
}

// What is traced arrives with its parts, and without what is nobody's business.
func TestTracesArrive(t *testing.T) {
	c := newCollector(t)
	ctx, stop, err := Start(t.Context(), Options{Endpoint: c.URL + "/otlp/", Headers: map[string]string{"X-Key": "a"}, Share: 1, Version: "v1", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	reading(ctx)
	stop()
	for _, want := range []string{"service.name", "coupwatch", "reading", "fetch", "https://wire.example/rss?…", "coupwatch.items", "…@…"} {
		if !bytes.Contains(c.got, []byte(want)) {
			t.Errorf("nothing of %q in %q", want, c.got)
		}
	}
	if bytes.Contains(c.got, []byte("hush")) || c.key != "a" {
		t.Errorf("a secret is in %q, or the key %q is not a", c.got, c.key)
	}
}

// A share of nothing traces nothing, and no endpoint is no tracer.
func TestNoTraces(t *testing.T) {
	c := newCollector(t)
	for _, o := range []Options{{Endpoint: c.URL + "/otlp", Log: slog.New(slog.DiscardHandler)}, {}} {
		ctx, stop, err := Start(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		reading(ctx)
		stop()
	}
	if len(c.got) > 0 {
		t.Errorf("got %q", c.got)
	}
}

// A collector that refuses is told in the log, once, and holds up nobody.
func TestCollectorRefuses(t *testing.T) {
	c := newCollector(t)
	c.answer = http.StatusUnauthorized
	var log bytes.Buffer
	ctx, stop, err := Start(t.Context(), Options{Endpoint: c.URL + "/otlp", Share: 1, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	reading(ctx)
	began := time.Now()
	stop()
	if said := strings.Count(log.String(), "\n"); said == 0 || said > 2 || time.Since(began) > 2*goodbye {
		t.Errorf("%d lines in %v: %s", said, time.Since(began), log.String())
	}
}

func TestScrub(t *testing.T) {
	for text, want := range map[string]string{
		"Wire":                     "Wire",
		"https://wire.example/rss": "https://wire.example/rss",
		"postgres://desk:hush@db/news?password=hush":                "postgres://db/news?…",
		"owed to email:desk@example.org, and to (a@b.example)":      "owed to email:…@…, and to (…@…)",
		"https://wire.example#hush and https://b.example/a?b=c d=e": "https://wire.example?… and https://b.example/a?… d=e",
	} {
		if got := scrub(text); got != want {
			t.Errorf("%q is told as %q, want %q", text, got, want)
		}
	}
}

// BenchmarkReading is what a reading pays for being traced: nothing where nobody
// asked for it, and little where it is not among the share.
func BenchmarkReading(b *testing.B) {
	c := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }))
	b.Cleanup(c.Close)
	for _, tt := range []struct {
		name string
		o    Options
	}{{"off", Options{}}, {"of a share", Options{Endpoint: c.URL, Share: 0}}, {"all", Options{Endpoint: c.URL, Share: 1}}} {
		b.Run(tt.name, func(b *testing.B) {
			tt.o.Log = slog.New(slog.DiscardHandler)
			ctx, stop, err := Start(b.Context(), tt.o)
			if err != nil {
				b.Fatal(err)
			}
			defer stop()
			b.ReportAllocs()
			for b.Loop() {
				reading(ctx)
			}
		})
	}
}
