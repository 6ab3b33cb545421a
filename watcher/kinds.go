package watcher

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/text"
	"github.com/coupwatch/coupwatch/watcher/mend"
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
	if words, of := gdeltWords(f.URL); of && bytes.HasPrefix(doc, []byte("{")) {
		return gdeltList{words}
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

// A gdeltList is what GDELT finds of words in the news of the world: articles, of each
// the title, the outlet's domain and its language.
type gdeltList struct{ words string }

const gdeltFormat = "GDELT"

// gdeltWords returns what a search of GDELT is for, and whether an address is of one.
func gdeltWords(address string) (words string, of bool) {
	u, err := url.Parse(address)
	if err != nil || !strings.EqualFold(u.Hostname(), "api.gdeltproject.org") {
		return "", false
	}
	return u.Query().Get("query"), true
}

func (gdeltList) is([]byte) bool { return false } // only an address tells

func (g gdeltList) read(doc []byte) (rawFeed, error) {
	var found struct {
		Articles []struct{ URL, Title, SeenDate, Domain, Language string } `json:"articles"`
	}
	err, cut := json.Unmarshal(doc, &found), false
	if err != nil {
		repaired, short := mend.RepairJSON(doc)
		if json.Unmarshal(repaired, &found) != nil {
			return rawFeed{}, fmt.Errorf("it is broken JSON: %w", err)
		}
		cut = short
	}
	raw := rawFeed{format: gdeltFormat, title: "GDELT: " + g.words, cut: cut}
	for _, a := range found.Articles {
		item := rawItem{
			id: a.URL, permalink: true, links: []string{a.URL}, title: asWritten.Replace(a.Title), dates: []string{a.SeenDate},
			language: text.LanguageCode(a.Language), source: a.Domain, sourceURL: "https://" + a.Domain,
		}
		raw.items = append(raw.items, item)
	}
	return raw, nil
}

// asWritten takes away the spaces that GDELT sets before marks.
var asWritten = strings.NewReplacer(" ,", ",", " .", ".", " ;", ";", " :", ":", " !", "!", " ?", "?", " )", ")", "( ", "(", " %", "%", " ’ ", "’", " ' ", "'")
