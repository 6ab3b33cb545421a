package rulefile

import (
	"net/url"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/schedule"
	"github.com/coupwatch/coupwatch/text/selector"
)

var feedKeys = append([]string{"url", "name", "publisher", "language", "schedule", "tags", "page", "disabled", "timezone", "charset", "identity", "fulltext"}, accessKeys...)

var pageKeys = []string{"item", "title", "link", "text", "date"}

// feed reads an entry of feeds.
func (r *reader) feed(i int, n *yaml.Node) {
	what := node.Title("feed", i, n, "name")
	var f news.Feed
	disabled, access := false, news.Access{}
	f.FullText = news.MatchedText
	r.Fields(n, what, feedKeys, func(key string, v *yaml.Node) {
		at := what + ": " + key
		switch key {
		case "url":
			f.URL, f.Login = r.url(v, what)
		case "name":
			f.Name = r.Text(v, at)
		case "publisher":
			f.Publisher = r.Text(v, at)
		case "language":
			f.Language = r.language(v, at)
		case "schedule":
			f.Schedule = r.when(v, at)
		case "tags":
			f.Tags = r.Texts(v, at)
		case "page":
			f.Page = r.page(v, at)
		case "disabled":
			disabled = r.Flag(v, at)
		case "timezone":
			f.Zone = r.zone(v, at)
		case "charset":
			f.Charset = r.charset(v, at)
		case "identity":
			f.Identity = r.identity(v, at)
		case "fulltext":
			f.FullText = r.fullText(v, at)
		default:
			r.access(&access, key, v, at)
			f.Access = &access
		}
	})
	if access.Secret() && f.Login != "" && (access.User != news.Value{} || access.Bearer != news.Value{}) {
		r.Add(node.Deref(n), code.BadLogin, what+": both the url and auth log in", "leave one of them")
	}
	r.needs(n, what, "url", "name")
	if f.Publisher == "" {
		f.Publisher = f.Name
	}
	r.spec.Called[f.Name] = append(r.spec.Called[f.Name], f.URL)
	if f.Publisher != f.Name {
		r.spec.Called[f.Publisher] = append(r.spec.Called[f.Publisher], f.URL)
	}
	if !disabled {
		r.feeds[f.Name] = true
		r.spec.Feeds = append(r.spec.Feeds, f)
	}
}

// page reads where the items of a web page are.
func (r *reader) page(n *yaml.Node, what string) (p news.Page) {
	fields := map[string]*string{"item": &p.Item, "title": &p.Title, "link": &p.Link, "text": &p.Text, "date": &p.Date}
	r.Fields(n, what, pageKeys, func(key string, v *yaml.Node) {
		text := r.Text(v, what+": "+key)
		if text == "" {
			return
		}
		if _, err := selector.Parse(text); err != nil {
			r.Add(node.Deref(v), code.BadSelector, what+": "+key+": "+err.Error(), "write one such as article.news h2 > a")
		}
		*fields[key] = text
	})
	r.needs(n, what, "item")
	return p
}

// needs notes keys that the mapping n lacks.
func (r *reader) needs(n *yaml.Node, what string, keys ...string) {
	if node.Deref(n).Kind != yaml.MappingNode {
		return
	}
	for _, key := range keys {
		if node.Value(n, key) == nil {
			r.Add(node.Deref(n), code.MissingKey, what+": "+key+" is missing", "")
		}
	}
}

// url returns the address of a feed, which may hold a password: it is not
// shown.
func (r *reader) url(n *yaml.Node, what string) (string, news.Login) {
	text, login := news.SplitSecrets(r.Text(n, what+": url"))
	if text == "" {
		return "", ""
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		r.Add(node.Deref(n), code.BadURL, what+": the url cannot be read", "write an address such as https://example.org/feed.xml")
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		r.Add(node.Deref(n), code.BadURL, what+": the url does not begin with http:// or https:// and the name of a host", "write an address such as https://example.org/feed.xml")
	default:
		u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
		at := r.At(node.Deref(n))
		if first, ok := r.urls[u.String()]; ok {
			r.Add(node.Deref(n), code.RepeatedName, what+": the url stands twice", "the first is at "+first.String())
		} else {
			r.urls[u.String()] = at
		}
	}
	return text, login
}

// when returns a schedule.
func (r *reader) when(n *yaml.Node, what string) string {
	text := r.Text(n, what)
	if text == "" {
		return ""
	}
	if _, err := schedule.Parse(text); err != nil {
		r.Add(node.Deref(n), code.BadSchedule, what+": "+err.Error(), "")
	}
	return text
}

// language returns the code of a language.
func (r *reader) language(n *yaml.Node, what string) string {
	text := r.Text(n, what)
	if text != "" {
		if hint, ok := knownLanguage(text); !ok {
			r.Add(node.Deref(n), code.UnknownLanguage, what+": "+say.Quote(text)+" is no code of a language", hint)
		}
	}
	return text
}
