package watcher

import (
	"bytes"
	"regexp"

	"github.com/coupwatch/coupwatch/news"
)

// A kind is a sort of document that is no feed, but holds items all the same.
type kind interface {
	// is reports whether a document is of this kind.
	is(doc []byte) bool
	// read returns what it says.
	read(doc []byte) (rawFeed, error)
}

// kinds are asked in turn.
var kinds = []kind{newsSitemap{}, telegramPage{}}

// kindOf returns the kind of the document of a feed, nil for feeds and for all
// else.
func kindOf(doc []byte, f news.Feed) kind {
	if f.Page.Item != "" {
		return selectedPage{f.Page}
	}
	for _, k := range kinds {
		if k.is(doc) {
			return k
		}
	}
	return nil
}

// htmlRoot is how a document begins that is a page.
var htmlRoot = regexp.MustCompile(`(?i)^(?:\s|<!--(?s:.*?)-->)*<(?:!doctype\s+html|html)\b`)

// beginning returns as much of a document as says what it is.
func beginning(doc []byte) []byte { return doc[:min(len(doc), 4096)] }

// hasAny reports whether one of the words stands in doc.
func hasAny(doc []byte, words ...string) bool {
	for _, w := range words {
		if bytes.Contains(doc, []byte(w)) {
			return true
		}
	}
	return false
}
