// Package archive reads news items of the past: JSON Lines, one object a line,
// also packed by gzip, on all processors.
package archive

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

// Fields are a news item as one line of JSON; each may be missing.
type Fields struct {
	ID          string    `json:"id"`
	Published   time.Time `json:"published"`
	Feed        string    `json:"feed"`
	Lang        string    `json:"lang"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	Content     string    `json:"content"`
	Link        string    `json:"link"`
}

func (l Fields) item() news.Item {
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

// LongestLine is how long a line of JSON may be, in bytes.
const LongestLine = 64 << 20

// Lines returns the lines of the file name, "-" for standard input, unpacked if
// it is packed by gzip, with their numbers from 1; empty ones are left out. It
// stops at the first error. A line is valid until the next. m, which may be
// nil, counts what is read of the file.
func Lines(name string, m *Meter) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		r, err := openThrough(name, m)
		if err != nil {
			yield(Line{}, err)
			return
		}
		defer r.Close()
		scan := bufio.NewScanner(r)
		scan.Buffer(make([]byte, 1<<20), LongestLine)
		n := 0
		for scan.Scan() {
			if n++; len(scan.Bytes()) == 0 {
				continue
			}
			if !yield(Line{n, scan.Bytes()}, nil) {
				return
			}
		}
		switch err := scan.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			yield(Line{}, fmt.Errorf("%s:%d: the line is longer than %d MB", name, n+1, LongestLine>>20))
		case err != nil:
			yield(Line{}, fmt.Errorf("%s:%d: %w", name, n+1, err))
		}
	}
}

// A Line is one of a file, with its number from 1.
type Line struct {
	Number int
	Text   []byte
}

// Item reads a line of JSON as an item. The file is named in the error.
func (l Line) Item(file string) (news.Item, error) {
	var v Fields
	if err := json.Unmarshal(l.Text, &v); err != nil {
		return news.Item{}, fmt.Errorf("%s:%d: this line is no JSON object of a news item: %w", file, l.Number, plainly(err))
	}
	return v.item(), nil
}

// plainly words what is wrong with a field for who wrote it.
func plainly(err error) error {
	var (
		moment *time.ParseError
		kind   *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &moment):
		return fmt.Errorf("published is %s; write a time such as 2026-08-22T15:04:00Z, or leave it out", moment.Value)
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%s is a %s; put it into double quotes", kind.Field, kind.Value)
	}
	return err
}

// Items reads lines of JSON as items.
func Items(lines []Line, file string) ([]news.Item, error) {
	items := make([]news.Item, len(lines))
	for i, l := range lines {
		var err error
		if items[i], err = l.Item(file); err != nil {
			return nil, err
		}
	}
	return items, nil
}

// Open opens name, "-" for standard input, and unpacks gzip.
func Open(name string) (io.ReadCloser, error) { return openThrough(name, nil) }

// openThrough is openFile, and counts what is read of the file itself.
func openThrough(name string, m *Meter) (io.ReadCloser, error) {
	if name == "-" {
		return unpack(m.through(os.Stdin))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return unpack(m.through(f))
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
