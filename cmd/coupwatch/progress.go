package main

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A progress tells people on a terminal how far the reading of files is, by
// the bytes that were read of them. A nil progress tells nobody.
type progress struct {
	verb    string // what is done with items: "matched"
	size    int64  // of all files, in bytes; 0 if it is not known
	began   time.Time
	bytes   atomic.Int64 // read of the files
	read    atomic.Int64 // items
	handled atomic.Int64 // items
}

// progressEvery is how often the line of a progress is written anew.
const progressEvery = 250 * time.Millisecond

// startProgress shows on w how far the files are read until stop is called.
func startProgress(w io.Writer, verb string, files []string) (p *progress, stop func()) {
	p = &progress{verb: verb, size: sizeOf(files), began: time.Now()}
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				fmt.Fprintf(w, "\r%s\x1b[K", p.line(time.Now()))
			case <-done:
				fmt.Fprint(w, "\r\x1b[K")
				return
			}
		}
	}()
	return p, sync.OnceFunc(func() { close(done); <-gone })
}

// showProgress is startProgress on standard error, if that is a terminal.
func (p *program) showProgress(verb string, files []string) (*progress, func()) {
	if !isTerminal(p.err) {
		return nil, func() {}
	}
	return startProgress(p.err, verb, files)
}

// expect says how many items there will be, where no file tells.
func (p *progress) expect(items int) {
	if p != nil {
		p.size, p.began = 1, time.Now()
		p.bytes.Store(1)
		p.read.Store(int64(items))
	}
}

// line says how far it is.
func (p *progress) line(now time.Time) string {
	handled, bytes := p.handled.Load(), p.bytes.Load()
	said := p.verb + " " + thousands(handled)
	if p.size == 0 || bytes == 0 || handled == 0 {
		return said + " items"
	}
	all := max(float64(p.read.Load())*float64(p.size)/float64(bytes), float64(handled))
	left := time.Duration(float64(now.Sub(p.began)) * (all/float64(handled) - 1))
	return fmt.Sprintf("%s of about %s items, %s left", said, thousands(roughly(all)), short(left))
}

// through returns f, with what is read of it counted.
func (p *progress) through(f io.ReadCloser) io.ReadCloser {
	if p == nil {
		return f
	}
	return struct {
		io.Reader
		io.Closer
	}{io.TeeReader(f, counter{&p.bytes}), f}
}

// addRead counts items that were read and are still to be handled.
func (p *progress) addRead(items int) {
	if p != nil {
		p.read.Add(int64(items))
	}
}

// addHandled counts items that were handled.
func (p *progress) addHandled(items int) {
	if p != nil {
		p.handled.Add(int64(items))
	}
}

// A counter counts the bytes that are written to it.
type counter struct{ n *atomic.Int64 }

func (c counter) Write(b []byte) (int, error) {
	c.n.Add(int64(len(b)))
	return len(b), nil
}

// sizeOf returns the size of files in bytes, 0 if one of them has none.
func sizeOf(files []string) (size int64) {
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			return 0
		}
		size += info.Size()
	}
	return size
}

// isTerminal reports whether people see what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	nowhere, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, nowhere)
}

// roughly rounds to three digits.
func roughly(n float64) int64 {
	unit := 1.0
	for n/unit >= 1000 {
		unit *= 10
	}
	return int64(n/unit+0.5) * int64(unit)
}

// thousands writes a number with a comma after each three digits.
func thousands[N int | int64](n N) string {
	s := strconv.FormatInt(int64(n), 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
