package watcher

import (
	"maps"
	"slices"
	"strings"

	ext "github.com/mmcdole/gofeed/extensions"
)

// extension returns what extension elements of the given names say.
func extension(x ext.Extensions, prefix string, names ...string) (values []string) {
	for _, name := range names {
		for _, e := range elements(x, prefix, name) {
			values = append(values, e.Value)
		}
	}
	return values
}

// elements returns the extension elements of a name: for "atom" also those of
// Atom 0.3, and for "media" also those that stand in a group.
func elements(x ext.Extensions, prefix, name string) []ext.Extension {
	found := x[prefix][name]
	switch prefix {
	case "atom":
		return slices.Concat(found, x["atom03"][name])
	case "media":
		for _, e := range slices.Concat(x[prefix]["group"], x[prefix]["content"]) {
			found = slices.Concat(found, e.Children[name])
		}
	}
	return found
}

// fullTexts returns what may be the whole text of an item: each service that
// outlets write feeds for has an element of its own for it, which differ in the
// namespace but hardly in the name. Elements without a namespace are in own.
func fullTexts(x ext.Extensions, own map[string]string) (texts []string) {
	for name, value := range own {
		if isFullText(name) {
			texts = append(texts, value)
		}
	}
	for _, names := range x {
		for name, found := range names {
			if isFullText(name) {
				for _, e := range found {
					texts = append(texts, wholeText(e))
				}
			}
		}
	}
	return texts
}

// isFullText tells whether elements of that name, such as "full-text", hold
// the whole text of an item.
func isFullText(name string) bool {
	switch strings.ToLower(withoutHyphens.Replace(name)) {
	case "fulltext", "fullitem", "fullcontent", "fullbody", "fullhtml", "articlebody", "content", "contenthtml", "encoded", "body", "text", "story":
		return true
	}
	return false
}

var withoutHyphens = strings.NewReplacer("-", "", "_", "")

// wholeText returns the text of an element and of those in it.
func wholeText(e ext.Extension) string {
	parts := []string{e.Value}
	for _, name := range slices.Sorted(maps.Keys(e.Children)) {
		for _, child := range e.Children[name] {
			parts = append(parts, wholeText(child))
		}
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// longest returns the longest of texts, of several the first in order, so that
// it is always the same.
func longest(texts []string) (found string) {
	for _, t := range texts {
		if len(t) > len(found) || len(t) == len(found) && t < found {
			found = t
		}
	}
	return found
}
