package archive

import (
	"io"
	"os"
	"sync/atomic"
)

// A Meter counts how far the reading of an archive is, by the bytes that were
// read of its files. A nil Meter counts nothing.
type Meter struct {
	bytes   atomic.Int64 // read of the files
	read    atomic.Int64 // items
	handled atomic.Int64 // items
}

// Counts returns how many bytes and items were read, and how many of the items
// were handled.
func (m *Meter) Counts() (bytes, read, handled int64) {
	return m.bytes.Load(), m.read.Load(), m.handled.Load()
}

// Expect says how many items there will be, where no file tells: its size is
// taken for one byte, which is read.
func (m *Meter) Expect(items int) {
	if m != nil {
		m.bytes.Store(1)
		m.read.Store(int64(items))
	}
}

// AddRead counts items that were read and are still to be handled.
func (m *Meter) AddRead(items int) {
	if m != nil {
		m.read.Add(int64(items))
	}
}

// AddHandled counts items that were handled.
func (m *Meter) AddHandled(items int) {
	if m != nil {
		m.handled.Add(int64(items))
	}
}

// through returns f, with what is read of it counted.
func (m *Meter) through(f io.ReadCloser) io.ReadCloser {
	if m == nil {
		return f
	}
	return struct {
		io.Reader
		io.Closer
	}{io.TeeReader(f, counter{&m.bytes}), f}
}

// A counter counts the bytes that are written to it.
type counter struct{ n *atomic.Int64 }

func (c counter) Write(b []byte) (int, error) {
	c.n.Add(int64(len(b)))
	return len(b), nil
}

// SizeOf returns the size of files in bytes, 0 if one of them has none.
func SizeOf(files []string) (size int64) {
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil || !info.Mode().IsRegular() {
			return 0
		}
		size += info.Size()
	}
	return size
}
