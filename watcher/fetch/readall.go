package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/coupwatch/coupwatch/watcher/pace"
)

// readAll reads all of r, which is size bytes long or -1, at most limit bytes.
// What was read before an error comes with the error.
func (l *loan) readAll(ctx context.Context, r io.Reader, size, limit int64) ([]byte, error) {
	var all gathered
	defer all.free()
	if err := all.read(r, freeBytes+1); err != nil || all.size <= freeBytes {
		return all.joined(), err
	}
	if size > limit {
		return nil, tooLarge(limit)
	}
	if size > 0 && !bytes.HasPrefix(all.parts[0][:], []byte{0x1f, 0x8b}) {
		return l.readLong(ctx, &all, r, max(size, all.size), limit)
	}
	if err := l.take(ctx, limit); err != nil {
		return nil, err
	}
	err := all.read(r, limit+1)
	if all.size > limit {
		return nil, tooLarge(limit)
	}
	return all.joined(), err
}

// readLong reads what begins with head and is said to be size bytes long.
func (l *loan) readLong(ctx context.Context, head *gathered, r io.Reader, size, limit int64) ([]byte, error) {
	if err := l.take(ctx, size); err != nil {
		return nil, err
	}
	all := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	for p := range head.each {
		all.Write(p)
	}
	_, err := all.ReadFrom(io.LimitReader(r, limit+1-head.size))
	if int64(all.Len()) > limit {
		return nil, tooLarge(limit)
	}
	return all.Bytes(), err
}

func tooLarge(limit int64) *Trouble {
	return &Trouble{Text: fmt.Sprintf("it is larger than %d MB, which is too large for a feed", limit>>20), Pace: pace.Slow}
}

// A part is where some of an answer is until it is known how long it is. All are
// alike, so that those of one answer serve the next, and none leaves behind all
// the lengths that it once had.
type part [64 << 10]byte

var parts = sync.Pool{New: func() any { return new(part) }}

// Gathered are the parts of an answer, all full but the last.
type gathered struct {
	parts []*part
	size  int64
}

// read reads r until it ends, or there are limit bytes.
func (g *gathered) read(r io.Reader, limit int64) error {
	for g.size < limit {
		at := g.size % int64(len(part{}))
		if at == 0 && int64(len(g.parts))*int64(len(part{})) == g.size {
			g.parts = append(g.parts, parts.Get().(*part))
		}
		room := g.parts[len(g.parts)-1][at:]
		n, err := r.Read(room[:min(int64(len(room)), limit-g.size)])
		g.size += int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// each yields what is in the parts.
func (g *gathered) each(yield func([]byte) bool) {
	left := g.size
	for _, p := range g.parts {
		n := min(left, int64(len(p)))
		if left -= n; !yield(p[:n]) {
			return
		}
	}
}

// joined returns all that was read, in memory of its own.
func (g *gathered) joined() []byte { return slices.Concat(slices.Collect(g.each)...) }

func (g *gathered) free() {
	for _, p := range g.parts {
		parts.Put(p)
	}
}
