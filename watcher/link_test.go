package watcher_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/watcher"
)

// TestLinks reads links as feeds write them: each item must lead to its
// article, at the outlet itself.
func TestLinks(t *testing.T) {
	const head = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>n</title>`
	rssOf := func(site, item string) string {
		return head + `<link>` + site + `</link><item><title>a</title>` + item + `</item></channel></rss>`
	}
	atomOf := func(links string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>n</title><entry><id>tag:1</id><title>a</title>` + links + `</entry></feed>`
	}
	tests := []struct{ name, doc, want string }{
		{"relative to the site of the feed", rssOf("https://news.example/", "<link>/a</link>"), "https://news.example/a"},
		{"relative to the feed where it names no site", rssOf("", "<link>/a</link>"), "https://feeds.example/a"},
		{"relative to the feed where its site is none", rssOf("ftp://x.example/", "<link>/a</link>"), "https://feeds.example/a"},
		{"a site relative to the feed", rssOf("/home/", "<link>a</link>"), "https://feeds.example/home/a"},
		{"percent sign", rssOf("", "<link>https://e.org/100%-sure</link>"), "https://e.org/100%25-sure"},
		{"percent sign at the end", rssOf("", "<link>https://e.org/up-5%</link>"), "https://e.org/up-5%25"},
		{"escape", rssOf("", "<link>https://e.org/a%20b</link>"), "https://e.org/a%20b"},
		{"one slash", rssOf("", "<link>https:/e.org/1</link>"), "https://e.org/1"},
		{"two links", rssOf("", "<link>https://e.org/1 https://e.org/2</link>"), "https://e.org/1"},
		{"host in letters of its language", rssOf("", "<link>https://новости.example/a</link>"), "https://xn--b1amnebsh.example/a"},
		{"tracking", rssOf("", "<link>https://e.org/a?at_medium=RSS&amp;id=1&amp;at_campaign=X</link>"), "https://e.org/a?id=1"},
		{"redirector", rssOf("", "<link>https://www.google.com/url?rct=j&amp;url=https://e.org/a&amp;ct=ga</link>"), "https://e.org/a"},
		{"enclosure only", rssOf("", `<enclosure url="https://e.org/a.mp3" type="audio/mpeg" length="1"/>`), "https://e.org/a.mp3"},
		{"alternate in capitals", atomOf(`<link rel="ALTERNATE" href="https://e.org/1"/>`), "https://e.org/1"},
		{"self only", atomOf(`<link rel="self" href="https://e.org/1"/>`), "https://e.org/1"},
		{"alternate before self", atomOf(`<link rel="self" href="https://e.org/feed"/><link rel="alternate" href="https://e.org/1"/>`), "https://e.org/1"},
	}
	for _, tt := range tests {
		d, err := watcher.Read([]byte(tt.doc), "", "https://feeds.example/n.xml")
		if err != nil || len(d.Items) != 1 || d.Items[0].Link != tt.want {
			t.Errorf("%s: %+v, %v, want the link %s", tt.name, d.Items, err, tt.want)
		}
	}
}
