package watcher

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/mend"
)

// A jsonFeed is a JSON Feed, each value as whatever it is: one odd value should
// not cost the others.
type jsonFeed struct {
	Title    any               `json:"title"`
	Language any               `json:"language"`
	Home     any               `json:"home_page_url"`
	Items    []json.RawMessage `json:"items"`
	Authors  any               `json:"authors"`
	Author   any               `json:"author"`
	Error    any               `json:"error"`
	Self     any               `json:"feed_url"`
	Hubs     any               `json:"hubs"`
}

// parseJSON reads a JSON Feed, or a bare list of articles as the content
// systems of many outlets give it.
func parseJSON(data []byte) (rawFeed, error) {
	f, cut, err := decodeJSON(data)
	if err != nil {
		return rawFeed{}, fmt.Errorf("it is broken JSON: %w", err)
	}
	if f.Items == nil {
		if said := words(f.Error); said != "" {
			return rawFeed{}, fmt.Errorf("this is not a feed; the server says: %s", say.Excerpt(said, 100))
		}
		return rawFeed{}, errors.New("this is JSON, but not a feed: it has no list of items")
	}
	raw := rawFeed{format: "JSON Feed", title: words(f.Title), language: words(f.Language), link: words(f.Home), cut: cut, self: words(f.Self), hubs: jsonHubs(f.Hubs)}
	author := person(f.Authors, f.Author)
	for _, data := range f.Items {
		var it map[string]any
		if json.Unmarshal(data, &it) != nil || it == nil {
			continue
		}
		item := jsonItem(it)
		item.author = first([]string{item.author, author})
		raw.items = append(raw.items, item)
	}
	return raw, nil
}

// decodeJSON decodes data as it is, or repaired if it is broken.
func decodeJSON(data []byte) (f jsonFeed, cut bool, err error) {
	decode := func(data []byte) error {
		f = jsonFeed{}
		if data[0] == '[' {
			return json.Unmarshal(data, &f.Items)
		}
		return json.Unmarshal(data, &f)
	}
	if err = decode(data); err == nil {
		return f, false, nil
	}
	repaired, cut := mend.RepairJSON(data)
	if len(repaired) == 0 || decode(repaired) != nil {
		return f, cut, err
	}
	return f, cut, nil
}

func jsonItem(it map[string]any) rawItem {
	get := func(names ...string) string {
		for _, name := range names {
			if s := words(it[name]); s != "" {
				return s
			}
		}
		return ""
	}
	return rawItem{
		id:        get("id", "guid"),
		permalink: true,
		links:     []string{get("url"), get("external_url"), get("link")},
		title:     get("title"),
		summary:   get("summary", "excerpt", "description"),
		content:   get("content_html", "content_text", "content"),
		author:    person(it["authors"], it["author"]),
		language:  get("language"),
		dates:     []string{get("date_published"), get("date_modified"), get("date_gmt"), get("pubDate"), get("date")},
	}
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
		return first([]string{words(v["name"]), words(v["message"]), words(v["title"]), words(v["rendered"]), words(v["url"])})
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

// jsonHubs returns the addresses of those hubs of a JSON Feed that speak WebSub.
func jsonHubs(v any) (found []string) {
	all, _ := v.([]any)
	for _, each := range all {
		hub, _ := each.(map[string]any)
		if strings.EqualFold(words(hub["type"]), "WebSub") {
			found = append(found, words(hub["url"]))
		}
	}
	return found
}
