package watcher

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// parseJSON reads a JSON Feed. Each item is read for itself and each value as
// whatever it is, since one odd value should not cost the others.
func parseJSON(data []byte) (rawFeed, error) {
	var f struct {
		Version  any               `json:"version"`
		Title    any               `json:"title"`
		Language any               `json:"language"`
		Items    []json.RawMessage `json:"items"`
		Authors  any               `json:"authors"`
		Author   any               `json:"author"`
		Error    any               `json:"error"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return rawFeed{}, fmt.Errorf("it is broken JSON: %w", err)
	}
	if f.Items == nil {
		if said := words(f.Error); said != "" {
			return rawFeed{}, fmt.Errorf("this is not a feed; the server says: %s", excerpt(said, 100))
		}
		return rawFeed{}, errors.New("this is JSON, but not a feed: it has no list of items")
	}
	raw := rawFeed{title: words(f.Title), language: words(f.Language)}
	author := person(f.Authors, f.Author)
	for _, data := range f.Items {
		var it map[string]any
		if json.Unmarshal(data, &it) != nil || it == nil {
			continue
		}
		raw.items = append(raw.items, rawItem{
			id:        words(it["id"]),
			permalink: true,
			links:     []string{words(it["url"]), words(it["external_url"])},
			title:     words(it["title"]),
			summary:   words(it["summary"]),
			content:   first([]string{words(it["content_html"]), words(it["content_text"])}),
			author:    first([]string{person(it["authors"], it["author"]), author}),
			language:  words(it["language"]),
			dates:     []string{words(it["date_published"]), words(it["date_modified"])},
		})
	}
	return raw, nil
}

// words returns a JSON value as text: of a list or an object, the first thing
// in it that says something.
func words(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strings.TrimSuffix(fmt.Sprintf("%.6f", v), ".000000")
	case []any:
		for _, each := range v {
			if s := words(each); s != "" {
				return s
			}
		}
	case map[string]any:
		return first([]string{words(v["name"]), words(v["message"]), words(v["title"]), words(v["url"])})
	}
	return ""
}

// person returns the name of the first of several authors, which may be a list
// of objects, an object or a text.
func person(authors ...any) string {
	for _, a := range authors {
		if name := words(a); name != "" {
			return name
		}
	}
	return ""
}
