package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"github.com/coupwatch/coupwatch/news"
)

// A line is a news item as one line of JSON; every field may be missing.
type line struct {
	ID          string    `json:"id"`
	Published   time.Time `json:"published"`
	Feed        string    `json:"feed"`
	Lang        string    `json:"lang"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Content     string    `json:"content"`
	Link        string    `json:"link"`
}

func (l line) item() news.Item {
	it := news.Item{
		ID: l.ID, Published: l.Published, Feed: l.Feed, Publisher: l.Feed, Language: l.Lang,
		Title: l.Title, Summary: l.Description, Body: l.Content, Link: l.Link,
	}
	if it.ID == "" {
		key := l.Link
		if key == "" {
			key = l.Title
		}
		it.ID = news.ItemID(l.Feed, key)
	}
	return it
}

// longestLine is how long a line of JSON may be, in bytes.
const longestLine = 64 << 20

// lines returns the lines of the file name, "-" for standard input, unpacked if
// it is packed by gzip, with their numbers from 1; empty ones are left out. It
// stops at the first error. A line is valid until the next. p, which may be
// nil, counts what is read of the file.
func lines(name string, p *progress) iter.Seq2[numbered, error] {
	return func(yield func(numbered, error) bool) {
		r, err := openThrough(name, p)
		if err != nil {
			yield(numbered{}, err)
			return
		}
		defer r.Close()
		scan := bufio.NewScanner(r)
		scan.Buffer(make([]byte, 1<<20), longestLine)
		n := 0
		for scan.Scan() {
			if n++; len(scan.Bytes()) == 0 {
				continue
			}
			if !yield(numbered{n, scan.Bytes()}, nil) {
				return
			}
		}
		switch err := scan.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			yield(numbered{}, fmt.Errorf("%s:%d: the line is longer than %d MB", name, n+1, longestLine>>20))
		case err != nil:
			yield(numbered{}, fmt.Errorf("%s:%d: %w", name, n+1, err))
		}
	}
}

// A numbered line of a file.
type numbered struct {
	n    int
	text []byte
}

// decode reads a line of JSON as an item.
func (l numbered) decode(file string) (news.Item, error) {
	var v line
	if err := json.Unmarshal(l.text, &v); err != nil {
		return news.Item{}, fmt.Errorf("%s:%d: this line is no JSON object of a news item: %w", file, l.n, err)
	}
	return v.item(), nil
}

// openFile opens name, "-" for standard input, and unpacks gzip.
func openFile(name string) (io.ReadCloser, error) { return openThrough(name, nil) }

// openThrough is openFile, and counts what is read of the file itself.
func openThrough(name string, p *progress) (io.ReadCloser, error) {
	if name == "-" {
		return unpack(p.through(os.Stdin))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return unpack(p.through(f))
}

// unpack returns what f holds, unpacked if it is packed by gzip.
func unpack(f io.ReadCloser) (io.ReadCloser, error) {
	buffered := bufio.NewReaderSize(f, 1<<20)
	if magic, _ := buffered.Peek(2); string(magic) != "\x1f\x8b" {
		return struct {
			io.Reader
			io.Closer
		}{buffered, f}, nil
	}
	z, err := gzip.NewReader(buffered)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}
