package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgressLine(t *testing.T) {
	began := time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name                       string
		size, bytes, read, handled int64
		after                      time.Duration
		want                       string
	}{
		{"nothing yet", 1000, 0, 0, 0, time.Second, "matched 0 items"},
		{"read but not matched", 1000, 100, 50, 0, time.Second, "matched 0 items"},
		{"a quarter", 1000, 250, 1250, 1250, 5 * time.Second, "matched 1,250 of about 5,000 items, 15s left"},
		{"more read than matched", 1000, 500, 3000, 1500, 4 * time.Second, "matched 1,500 of about 6,000 items, 12s left"},
		{"long", 1e9, 1e8, 26567, 26567, 3 * time.Minute, "matched 26,567 of about 266,000 items, 27m left"},
		{"all", 1000, 1000, 120_000, 120_000, 5 * time.Second, "matched 120,000 of about 120,000 items, 0s left"},
		{"size not known", 0, 700, 2048, 1024, time.Second, "matched 1,024 items"},
		{"grown while it was read", 1000, 2000, 100, 100, time.Second, "matched 100 of about 100 items, 0s left"},
	}
	for _, tt := range tests {
		p := &progress{verb: "matched", size: tt.size, began: began}
		p.bytes.Store(tt.bytes)
		p.addRead(int(tt.read))
		p.addHandled(int(tt.handled))
		if got := p.line(began.Add(tt.after)); got != tt.want {
			t.Errorf("%s: the line is %q, want %q", tt.name, got, tt.want)
		}
	}
}

// The line is written a few times a second, and is gone in the end.
func TestProgressIsShown(t *testing.T) {
	name := filepath.Join(t.TempDir(), "items.jsonl")
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		lines, began := make(shown, 10), time.Now()
		p, stop := startProgress(lines, "matched", []string{name})
		p.bytes.Store(500)
		p.addRead(10)
		p.addHandled(10)
		for i := range 3 {
			if got, want := <-lines, "\rmatched 10 of about 20 items, "; !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "\x1b[K") {
				t.Errorf("the terminal got %q, want %q… and the rest of the line cleared", got, want)
			}
			if got, want := time.Since(began), time.Duration(i+1)*progressEvery; got != want {
				t.Errorf("line %d came after %v, want %v", i, got, want)
			}
		}
		stop()
		stop() // does no harm
		if got := <-lines; got != "\r\x1b[K" {
			t.Errorf("in the end the terminal got %q, want an empty line", got)
		}
	})
}

// shown is what a terminal got, one write after another.
type shown chan string

func (s shown) Write(b []byte) (int, error) {
	s <- string(b)
	return len(b), nil
}

func TestNoProgress(t *testing.T) {
	var none *progress
	none.addRead(1)
	none.addHandled(1)
	f := io.NopCloser(strings.NewReader("x"))
	if none.through(f) != f {
		t.Error("without progress a file is not read as it is")
	}
	p := &program{err: &bytes.Buffer{}}
	if got, stop := p.showProgress("matched", nil); got != nil {
		stop()
		t.Error("progress is shown where there is no terminal")
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if isTerminal(null) {
		t.Error("the null device is taken for a terminal")
	}
}

// What is read of a file is counted before it is unpacked.
func TestProgressCountsBytes(t *testing.T) {
	p := &progress{}
	all, err := io.ReadAll(p.through(io.NopCloser(strings.NewReader("0123456789"))))
	if err != nil || len(all) != 10 || p.bytes.Load() != 10 {
		t.Errorf("read %d bytes, %v, and counted %d, want 10", len(all), err, p.bytes.Load())
	}
	if size := sizeOf([]string{"-"}); size != 0 {
		t.Errorf("the size of standard input is %d, want 0 for not known", size)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -999: "-999", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[float64]int64{0: 0, 999: 999, 265_670: 266_000, 1_999_999: 2_000_000} {
		if got := roughly(n); got != want {
			t.Errorf("roughly(%v) = %d, want %d", n, got, want)
		}
	}
}
