package terminal

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// A Gauge says how far a reading of files is.
type Gauge interface {
	// Counts returns how many bytes and items were read, and how many of the
	// items were handled.
	Counts() (bytes, read, handled int64)
}

// A progress tells people on a terminal how far the reading of files is.
type progress struct {
	of    Gauge
	verb  string // what is done: "matched"
	noun  string // … with what: "items"
	size  int64  // of all files, in bytes; 0 if it is not known
	began time.Time
}

// progressEvery is how often the line of a progress is written anew.
const progressEvery = 250 * time.Millisecond

// ShowProgress shows on w how far the reading of so many bytes is, 0 if nobody
// knows how many, until stop is called. What is done with what is named by verb and
// noun: "matched", "items".
func ShowProgress(w io.Writer, of Gauge, verb, noun string, size int64) (stop func()) {
	p := progress{of, verb, noun, size, time.Now()}
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
	return sync.OnceFunc(func() { close(done); <-gone })
}

// line says how far it is.
func (p progress) line(now time.Time) string {
	bytes, read, handled := p.of.Counts()
	said := p.verb + " " + Thousands(handled)
	if p.size == 0 || bytes == 0 || handled == 0 {
		return said + " " + p.noun
	}
	all := max(float64(read)*float64(p.size)/float64(bytes), float64(handled))
	left := time.Duration(float64(now.Sub(p.began)) * (all/float64(handled) - 1))
	return fmt.Sprintf("%s of about %s %s, %s left", said, Thousands(roughly(all)), p.noun, Duration(left))
}
