package fulltext

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"github.com/coupwatch/coupwatch/watcher/mend"
)

// An Article is what a page tells, without what stands around it.
type Article struct {
	Title string // as the page has it, "" if it has none
	Text  string // a line a paragraph
}

// Of a page so much is read: a tree of it takes many times its length, and what
// finds the article in it looks at each element several times.
const (
	mostElements = 30_000
	mostText     = 60_000 // bytes
)

var errTooMuch = errors.New("the page has more elements than are looked at")

// Extract returns the article on a page, as the item with a title has it: of
// several it is the one that has most of its words. A Content-Type and the
// language of the item may be "". The error says why there is none.
func Extract(page []byte, contentType, address, language, title string) (a Article, err error) {
	defer func() { // what is on the web is more than its reader was tried with
		if r := recover(); r != nil {
			a, err = Article{}, fmt.Errorf("the page cannot be taken apart: %v", r)
		}
	}()
	doc := mend.Decode(page, labelled(contentType, page), language)
	if bytes.Count(doc, []byte("<")) > 2*mostElements { // each of which would take a hundred bytes and more
		return Article{}, errTooMuch
	}
	root, err := html.Parse(bytes.NewReader(doc))
	if err != nil {
		return Article{}, errors.New("the page cannot be read")
	}
	at, err := url.Parse(address)
	if err != nil {
		at = nil
	}
	prune(root, title)
	parser := readability.NewParser()
	parser.MaxElemsToParse = mostElements
	found, err := parser.ParseAndMutate(root, at)
	if err != nil {
		return Article{}, errTooMuch
	}
	a.Title = found.Title()
	if found.Node != nil {
		a.Text = render(found.Node)
	}
	return a, nil
}

var metaCharset = regexp.MustCompile(`(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?([a-z0-9_:-]{2,40})`)

// labelled returns the Content-Type of a page with the charset that the page names
// itself, where the header names none.
func labelled(contentType string, page []byte) string {
	if strings.Contains(strings.ToLower(contentType), "charset") {
		return contentType
	}
	if m := metaCharset.FindSubmatch(page[:min(len(page), 4096)]); m != nil {
		return "text/html; charset=" + string(m[1])
	}
	return contentType
}
