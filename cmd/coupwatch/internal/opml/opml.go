// Package opml reads and writes OPML, the lists of feeds by which feed readers
// tell each other what they read. Such files come from many programs, old ones
// too: names of attributes in any case, a bare "&", charsets other than UTF-8.
// What is broken beyond that is told with its line.
package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// A Feed is a feed of a list.
type Feed struct {
	Title    string
	URL      string
	Language string   // such as "ru", "" if the list does not say
	Folders  []string // in which it is, from the outermost, and its categories
	Line     int      // of the file, from 1; 0 for one that was not read
}

// Read reads a list. The error says in plain words, with the line, what is wrong.
func Read(data []byte) ([]Feed, error) {
	data, err := decoded(data)
	if err != nil {
		return nil, err
	}
	in := xml.NewDecoder(bytes.NewReader(data))
	in.Strict, in.Entity, in.CharsetReader = false, xml.HTMLEntity, charset.NewReaderLabel
	r := reader{in: in}
	for {
		token, err := in.Token()
		switch {
		case errors.Is(err, io.EOF) && !r.opml:
			return nil, errors.New("this is no OPML: it is empty, or no XML")
		case errors.Is(err, io.EOF):
			return r.feeds, nil
		case err != nil:
			return nil, r.broken(err)
		}
		if err := r.take(token); err != nil {
			return nil, err
		}
	}
}

// decoded returns data without the mark that says in which encoding of Unicode it
// is, in UTF-8.
func decoded(data []byte) ([]byte, error) {
	if len(data) < 2 || data[0] != 0xFE && data[0] != 0xFF && data[0] != 0xEF {
		return data, nil
	}
	text, _, err := transform.Bytes(unicode.BOMOverride(encoding.Nop.NewDecoder()), data)
	if err != nil {
		return nil, fmt.Errorf("its text cannot be decoded: %w", err)
	}
	if data[0] == 0xEF {
		return text, nil
	}
	// What the file says of its encoding is no longer so.
	if end := bytes.Index(text, []byte("?>")); end >= 0 && bytes.HasPrefix(text, []byte("<?xml")) {
		text = append(bytes.Repeat([]byte(" "), end+2), text[end+2:]...)
	}
	return text, nil
}

// A reader takes a list token by token, however deep its folders are.
type reader struct {
	in    *xml.Decoder
	opml  bool     // the root was seen
	open  []string // the folders that are open; "" for an outline that is a feed
	feeds []Feed
}

func (r *reader) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		switch name := strings.ToLower(t.Name.Local); {
		case !r.opml && name != "opml":
			return fmt.Errorf("this is no OPML: it begins with <%s>", name)
		case name == "opml":
			r.opml = true
		case name == "outline":
			r.outline(t)
		}
	case xml.EndElement:
		if strings.EqualFold(t.Name.Local, "outline") && len(r.open) > 0 {
			r.open = r.open[:len(r.open)-1]
		}
	}
	return nil
}

// outline takes a feed or a folder.
func (r *reader) outline(t xml.StartElement) {
	said := map[string]string{}
	for _, a := range t.Attr {
		said[strings.ToLower(a.Name.Local)] = strings.Join(strings.Fields(a.Value), " ")
	}
	title := said["title"]
	if title == "" {
		title = said["text"]
	}
	if said["xmlurl"] == "" {
		r.open = append(r.open, title)
		return
	}
	line, _ := r.in.InputPos()
	f := Feed{Title: title, URL: said["xmlurl"], Language: said["language"], Line: line}
	for _, name := range append(slices.Clone(r.open), strings.FieldsFunc(said["category"], func(c rune) bool { return c == ',' || c == '/' })...) {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(f.Folders, name) {
			f.Folders = append(f.Folders, name)
		}
	}
	r.feeds = append(r.feeds, f)
	r.open = append(r.open, "")
}

// broken says where a file is broken, and how.
func (r *reader) broken(err error) error {
	line, _ := r.in.InputPos()
	reason := err.Error()
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
		line, reason = syntax.Line, syntax.Msg
	}
	if reason == "unexpected EOF" {
		reason = "it ends before it should; have it written again"
	}
	return fmt.Errorf("line %d: it is broken XML: %s", line, reason)
}
