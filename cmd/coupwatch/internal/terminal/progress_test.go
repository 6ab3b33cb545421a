package terminal

import (
	"bytes"
	"io"
	"os"
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
		p := progress{counts{tt.bytes, tt.read, tt.handled}, "matched", "items", tt.size, began}
		if got := p.line(began.Add(tt.after)); got != tt.want {
			t.Errorf("%s: the line is %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Counts are a gauge that stands still.
type counts struct{ bytes, read, handled int64 }

func (c counts) Counts() (bytes, read, handled int64) { return c.bytes, c.read, c.handled }

// The line is written a few times a second, and is gone in the end.
func TestProgressIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lines, began := make(shown, 10), time.Now()
		stop := ShowProgress(lines, counts{500, 10, 10}, "matched", "items", 1000)
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

// What is written to a buffer or to the null device is seen by nobody.
func TestIsTerminal(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, w := range []io.Writer{&bytes.Buffer{}, null} {
		if IsTerminal(w) {
			t.Errorf("%T is taken for a terminal", w)
		}
	}
}
