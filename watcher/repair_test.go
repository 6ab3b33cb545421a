package watcher_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/watcher"
)

// titles returns the titles of a document, each with its texts.
func titles(t *testing.T, doc string) (all []string) {
	t.Helper()
	d, err := watcher.Read([]byte(doc), "", address)
	if err != nil {
		t.Fatalf("%.200s: %v", doc, err)
	}
	for _, it := range d.Items {
		all = append(all, strings.Join(strings.Fields(strings.Join([]string{it.Title, it.Summary, it.Body}, " ")), " "))
	}
	return all
}

// What is left open or too deep within one item costs no other.
func TestOneBodyCostsNoOther(t *testing.T) {
	next := `<item><title>two</title></item>`
	tests := []struct{ name, first, want string }{
		{"list items", `<description><ul>` + strings.Repeat("<li>x ", 100) + `</ul>end</description>`, "one " + strings.Repeat("x ", 100) + "end"},
		{"paragraphs", `<description>` + strings.Repeat("<p>x ", 100) + `</description>`, "one " + strings.TrimSpace(strings.Repeat("x ", 100))},
		{"cells", `<description><table>` + strings.Repeat("<tr><td>x <td>y ", 100) + `</table></description>`, "one " + strings.TrimSpace(strings.Repeat("x y ", 100))},
		{"frames", `<description>` + strings.Repeat("<div>", 200) + `deep` + strings.Repeat("</div>", 200) + ` after</description>`, "one deep after"},
		{"frames never closed", `<description>` + strings.Repeat("<div><b>", 200) + `deep</description><author>a</author>`, "one deep"},
		{"list in a list", `<description><ul><li>a<ul><li>b</li></ul>c</li><li>d</li></ul></description>`, "one abcd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := titles(t, rss(`<item><title>one</title>`+tt.first+`</item>`+next))
			squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if len(got) != 2 || squeeze(got[0]) != squeeze(tt.want) || got[1] != "two" {
				t.Errorf("got %q, want %q and two", got, tt.want)
			}
		})
	}
}

// A CDATA section without its end ends with its element.
func TestCDATAWithoutEnd(t *testing.T) {
	tests := []struct {
		name, doc string
		want      []string
	}{
		{"title", rss(`<item><title><![CDATA[one]]</title><link>https://e.org/1</link></item><item><title><![CDATA[two]]></title></item>`), []string{"one", "two"}},
		{"no bracket at all", rss(`<item><title><![CDATA[one</title></item><item><title><![CDATA[two]]></title></item>`), []string{"one", "two"}},
		{"in the last item", rss(`<item><title>one</title><description><![CDATA[<p>more</p></description></item>`), []string{"one more"}},
		{"a section about sections", rss(`<item><title><![CDATA[write <![CDATA[ so]]></title></item>`), []string{"write so"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := titles(t, tt.doc); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAtomUnderOtherNamespaces(t *testing.T) {
	for _, root := range []string{
		`<feed xmlns="https://www.w3.org/2005/Atom">`, `<feed xmlns='http://www.w3.org/2005/atom'>`, `<feed xmlns="http://www.w3.org/2005/Atom/">`,
		`<feed xml:lang="en" xmlns:x="urn:x" xmlns="urn:nonsense">`, `<feed>`, `<feed xmlns="http://purl.org/atom/ns#" version="0.3">`,
		`<feed xmlns="http://www.w3.org/2005/Atom">`,
	} {
		if got := titles(t, root+`<entry><title>one</title></entry></feed>`); !slices.Equal(got, []string{"one"}) {
			t.Errorf("%s: %q, want one", root, got)
		}
	}
	if got := titles(t, `<a:feed xmlns:a="https://www.w3.org/2005/Atom"><a:entry><a:title>one</a:title></a:entry></a:feed>`); !slices.Equal(got, []string{"one"}) {
		t.Errorf("with a prefix: %q, want one", got)
	}
}

// A feed whose entries cannot be read is not an empty one.
func TestEntriesThatCannotBeRead(t *testing.T) {
	d, err := watcher.Read([]byte(`<rss><channel xmlns:z="urn:z"><z:item><z:title>one</z:title></z:item></channel></rss>`), "", address)
	if err != nil || !strings.Contains(d.Problem, "1 entry") {
		t.Errorf("problem %q, error %v, want that it has an entry", d.Problem, err)
	}
}

func TestWhatStandsBeforeTheFeed(t *testing.T) {
	feed := rss(`<item><title>one</title></item>`)
	for _, before := range []string{
		`<script>if (a<b) { document.write("<html><body>"); }</script>`,
		`<html><head><script src="/portal.js"></script></head><body></body></html>`,
		`<!DOCTYPE html><html><body>Welcome to our hotel</body></html>` + "\n",
	} {
		if d, err := watcher.Read([]byte(before+feed), "text/html", address); err != nil || len(d.Items) != 1 {
			t.Errorf("after %q: %d items, %v, want 1", before, len(d.Items), err)
		}
	}
}

func TestTextsUnderOtherNames(t *testing.T) {
	for _, element := range []string{
		`<yandex:full-text>Soldiers mutiny</yandex:full-text>`, `<rambler:fulltext><![CDATA[<p>Soldiers</p> mutiny]]></rambler:fulltext>`,
		`<mailru:full-text xmlns:mailru="http://news.mail.ru/">Soldiers mutiny</mailru:full-text>`, `<turbo:content><![CDATA[<h1>Soldiers</h1>mutiny]]></turbo:content>`,
		`<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:description>Soldiers mutiny</media:description></media:group>`,
		`<body>Soldiers mutiny</body>`, `<text>Soldiers mutiny</text>`, `<full-text>Soldiers mutiny</full-text>`, `<fulltext>Soldiers mutiny</fulltext>`,
		`<content>Soldiers mutiny</content>`, `<xhtml:body xmlns:xhtml="http://www.w3.org/1999/xhtml"><xhtml:p>Soldiers mutiny</xhtml:p></xhtml:body>`,
		`<summary xmlns="http://purl.org/atom/ns#">Soldiers mutiny</summary>`,
	} {
		if got := titles(t, rss(`<item><title>x</title>`+element+`</item>`)); !slices.Equal(got, []string{"x Soldiers mutiny"}) {
			t.Errorf("%s: %q", element, got)
		}
	}
	for _, item := range []string{
		`<media:group xmlns:media="http://search.yahoo.com/mrss/"><media:title>one</media:title></media:group>`,
		`<itunes:title xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">one</itunes:title>`,
		`<title xmlns="http://purl.org/atom/ns#">one</title>`,
	} {
		if got := titles(t, rss(`<item>`+item+`</item>`)); !slices.Equal(got, []string{"one"}) {
			t.Errorf("%s: %q", item, got)
		}
	}
	got := titles(t, `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><entry><dc:title>one</dc:title><dc:description>more</dc:description>
		<source><id>x</id><entry/><title>Herald</title></source></entry></feed>`)
	if !slices.Equal(got, []string{"one more"}) {
		t.Errorf("names of dc in Atom: %q", got)
	}
}

func TestBrokenJSON(t *testing.T) {
	tests := []struct {
		name, doc string
		want      []string
		problem   string
	}{
		{"comma too many", `{"items":[{"id":"1","title":"one",},{"id":"2","title":"two"},],}`, []string{"one", "two"}, ""},
		{"raw tab and line break", "{\"items\":[{\"id\":\"1\",\"title\":\"one\ttwo\nthree\"}]}", []string{"one two three"}, ""},
		{"no escape", `{"items":[{"id":"1","title":"it\'s one"}]}`, []string{"it's one"}, ""},
		{"cut in an item", `{"title":"t","items":[{"id":"1","title":"one"},{"id":"2","title":"tw`, []string{"one"}, "the feed is cut off; 1 item was kept"},
		{"cut after a comma", `{"items":[{"id":"1","title":"one"},`, []string{"one"}, "the feed is cut off; 1 item was kept"},
		{"rubbish after", `{"items":[{"id":"1","title":"one"}]}<script>`, []string{"one"}, ""},
		{"a bare list", `[{"id":7,"link":"https://e.org/7","title":{"rendered":"one"},"content":{"rendered":"<p>more</p>"},"date_gmt":"2026-08-22T10:00:00"}]`, []string{"one more"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := watcher.Read([]byte(tt.doc), "", address)
			if got := titles(t, tt.doc); err != nil || !slices.Equal(got, tt.want) || d.Problem != tt.problem {
				t.Errorf("got %q, problem %q, want %q, %q", got, d.Problem, tt.want, tt.problem)
			}
		})
	}
	if _, err := watcher.Read([]byte(`{"items":[{"id":"1"`), "", address); err == nil {
		t.Error("no item whole: read, want an error")
	}
}
