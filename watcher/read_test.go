package watcher_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
)

const address = "https://www.example.org/news/feed.xml"

// rss returns an RSS feed with the given content of its channel.
func rss(channel string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title><language>en-gb</language>` + channel + `</channel></rss>`
}

// readOne reads a document that must hold one item.
func readOne(t *testing.T, doc string) news.Item {
	t.Helper()
	d, err := watcher.Read([]byte(doc), "", address)
	if err != nil || len(d.Items) != 1 {
		t.Fatalf("Read = %d items, %v, want 1", len(d.Items), err)
	}
	return d.Items[0]
}

func TestReadFormats(t *testing.T) {
	want := news.Item{
		Feed: address, GUID: "tag:a-1", Link: "https://www.example.org/news/1", Title: "Officers arrested in Freedonia",
		Summary: "Ten were led away.", Body: "Ten were led away. More were sought.", Author: "A. Writer", Language: "en",
		Published: time.Date(2026, 8, 22, 10, 0, 0, 0, time.UTC),
	}
	tests := map[string]string{
		"rss": rss(`<item><guid isPermaLink="false">tag:a-1</guid><link>/news/1</link><title>Officers <![CDATA[arrested]]> in&nbsp;Freedonia</title>
			<description>&lt;p&gt;Ten were led away.&lt;/p&gt;</description><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>Ten were led away.</p> More were sought.]]></content:encoded>
			<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">A. Writer</dc:creator><pubDate>Sat, 22 Aug 2026 13:00:00 MSK</pubDate></item>`),
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry xml:base="https://www.example.org/"><id>tag:a-1</id><link rel="self" href="self"/><link href="news/1"/>
			<title type="html">Officers &lt;b&gt;arrested&lt;/b&gt; in Freedonia</title><summary>Ten were led away.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ten were led away. More were sought.</div></content>
			<author><name>A. Writer</name></author><updated>2026-08-22T10:00:00Z</updated></entry></feed>`,
		"json": `{"version":"https://jsonfeed.org/version/1.1","language":"en","items":[{"id":"tag:a-1","url":"https://www.example.org/news/1","title":"Officers arrested in Freedonia",
			"summary":"Ten were led away.","content_html":"<p>Ten were led away.</p> More were sought.","authors":{"name":"A. Writer"},"date_published":"2026-08-22T12:00:00+02:00"}]}`,
	}
	for name, doc := range tests {
		t.Run(name, func(t *testing.T) {
			got := readOne(t, doc)
			got.ID, got.Fetched = "", time.Time{}
			got.Body, got.Summary = strings.Join(strings.Fields(got.Body), " "), strings.Join(strings.Fields(got.Summary), " ")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("item (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRDF(t *testing.T) {
	got := readOne(t, `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>t</title></channel>
		<item rdf:about="https://example.org/a?x=1&amp;y=2"><title>Purge</title></item></rdf:RDF>`)
	if want := "https://example.org/a?x=1&y=2"; got.GUID != want || got.Link != want {
		t.Errorf("guid %q, link %q, want %q", got.GUID, got.Link, want)
	}
}

func TestReadItems(t *testing.T) {
	tests := []struct {
		name, item string
		get        func(news.Item) string
		want       string
	}{
		{"title from the summary", `<description>A short word.</description>`, func(it news.Item) string { return it.Title }, "A short word."},
		{"title from the link", `<link>https://e.org/a</link>`, func(it news.Item) string { return it.Title }, "https://e.org/a"},
		{"guid as link", `<title>a</title><guid>https://e.org/a</guid>`, func(it news.Item) string { return it.Link }, "https://e.org/a"},
		{"guid not as link", `<title>a</title><guid isPermaLink="false">https://e.org/a</guid>`, func(it news.Item) string { return it.Link }, ""},
		{"script as link", `<title>a</title><link>javascript:alert(1)</link>`, func(it news.Item) string { return it.Link }, ""},
		{"escaped twice", `<title>a</title><link><![CDATA[https://e.org/?a=1&amp;b=2]]></link>`, func(it news.Item) string { return it.Link }, "https://e.org/?a=1&b=2"},
		{"password in a link", `<title>a</title><link>https://u:p@e.org/a</link>`, func(it news.Item) string { return it.Link }, "https://e.org/a"},
		{"original link", `<title>a</title><link>https://feeds.e.org/~r/1</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://e.org/a</feedburner:origLink>`, func(it news.Item) string { return it.Link }, "https://e.org/a"},
		{"content that is the summary", `<title>a</title><description>b</description><content:encoded>b</content:encoded>`, func(it news.Item) string { return it.Body }, ""},
		{"source", `<title>Coup fails - The Herald</title><source url="https://herald.example.com">The Herald</source>`, func(it news.Item) string { return it.Publisher + ": " + it.Title }, "The Herald: Coup fails"},
		{"itself as source", `<title>Coup fails</title><source url="https://example.org/x">Example World</source>`, func(it news.Item) string { return it.Publisher }, ""},
		{"marks of a section", `<title>&lt;![CDATA[Coup fails]]&gt;</title>`, func(it news.Item) string { return it.Title }, "Coup fails"},
		{"joiners", "<title>نمی\u200cخواهند \u200d co\u200dup 👩\u200d🚒</title>", func(it news.Item) string { return it.Title }, "نمی\u200cخواهند coup 👩\u200d🚒"},
		{"escaped twice in a title", `<title>Guards &amp;amp; men &amp;#8216;mutiny&amp;#8217; at &amp;lt;colonel&amp;gt;</title>`, func(it news.Item) string { return it.Title }, "Guards & men ‘mutiny’ at <colonel>"},
		{"line breaks", "<title>a\n\u2028b\u202Ec</title>", func(it news.Item) string { return it.Title }, "a bc"},
		{"language of the item", `<title>a</title>`, func(it news.Item) string { return it.Language }, "en"},
		{"huge guid", `<title>a</title><guid>` + strings.Repeat("x", 1<<20) + `</guid>`, func(it news.Item) string { return it.GUID[:7] }, "sha256:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.get(readOne(t, rss("<item>"+tt.item+"</item>"))); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReadRepairs(t *testing.T) {
	two := `<item><title>one</title></item><item><title>two</title></item>`
	tests := []struct {
		name, doc string
		items     int
		problem   string
	}{
		{"cut in an item", strings.TrimSuffix(rss(two+`<item><title>three`), "</channel></rss>"), 2, "the feed is cut off; 2 items were kept"},
		{"cut in a tag", strings.TrimSuffix(rss(two+`<item><tit`), "</channel></rss>"), 2, "the feed is cut off; 2 items were kept"},
		{"cut after an item", strings.TrimSuffix(rss(two), "</channel></rss>"), 2, "the feed is cut off; 2 items were kept"},
		{"warning before", "<br />\n<b>Warning</b>: something in x.php\n" + rss(two), 2, ""},
		{"rubbish after", rss(two) + "<script>track()</script>\x00", 2, ""},
		{"entities before", `<!DOCTYPE rss [<!ENTITY a "<b>"> <!ENTITY c SYSTEM "file:///etc/hostname">]>` + rss(two), 2, ""},
		{"stray end tags", rss(`</p>` + two + `</item></b>`), 2, ""},
		{"tags left open", rss(`<item><title>one</title><description>a<br>b<p>c<img src=x></item><item><title>two</title>`), 2, ""},
		{"no tags at all", rss(`<item><title>a < b, x <y and <z@e.org></title></item>`), 1, ""},
		{"bad attributes", rss(`<item><title a="<" b=c d 7 e:f:g="h">one</title></item>`), 1, ""},
		{"bad references", rss(`<item><title>one &#0; &#x1F; &#xD800; &#; &#99999999999; &nosuch; &</title></item>`), 1, ""},
		{"void", `<feed/>`, 0, ""},
		{"capitals", strings.NewReplacer("item", "ITEM", "rss", "RSS", "channel", "CHANNEL").Replace(rss(two)), 2, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := watcher.Read([]byte(tt.doc), "", address)
			if err != nil || len(d.Items) != tt.items || d.Problem != tt.problem {
				t.Errorf("%d items, problem %q, error %v, want %d, %q", len(d.Items), d.Problem, err, tt.items, tt.problem)
			}
		})
	}
}

func TestReadWhatIsNoFeed(t *testing.T) {
	tests := []struct{ name, doc, want string }{
		{"nothing", " \n", "empty"},
		{"page", "<!DOCTYPE html><html><body>Just a moment <rss></body></html>", "a web page, not a feed; the address"},
		{"page with a feed", `<html><head><link rel="alternate" type="application/rss+xml" href="/feed?a=1&amp;b=2"></head></html>`, "names this feed: /feed?a=1&b=2"},
		{"JSON", `{"error":"no\nkey"}`, "the server says: no"},
		{"other JSON", `{"a":1}`, "no list of items"},
		{"broken JSON", `{"items":[`, "broken JSON"},
		{"words", "not found\x1b[31m", `begins with "not found[31m"`},
		{"deep", "<rss>" + strings.Repeat("<a>", 100), "nested too deeply"},
		{"namespaces", "<rss " + strings.Repeat(`xmlns:a="b" `, 1000) + ">", "namespaces"},
		{"no item whole", "<rss><channel><item><title>", "cut off before"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := watcher.Read([]byte(tt.doc), "", address)
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("error %q, want one line with %q", err, tt.want)
			}
		})
	}
}

// TestReadTakesNoLongerThanItMay: the parser's time grows with the square of
// such a text.
func TestReadTakesNoLongerThanItMay(t *testing.T) {
	doc := rss(`<item><x:y xmlns:x="urn:x">` + strings.Repeat("a<![CDATA[b]]>", 100_000) + `</x:y></item>`)
	began := time.Now()
	err := watcher.ParseFor([]byte(doc), 20*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "takes too long") {
		t.Errorf("error %v after %v, want that it takes too long", err, time.Since(began))
	}
}

func TestIdentity(t *testing.T) {
	read := func(items string) []string {
		t.Helper()
		d, err := watcher.Read([]byte(rss(items)), "", address)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, it := range d.Items {
			ids = append(ids, it.ID)
		}
		return ids
	}
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"edited title", `<item><guid>1</guid><title>a</title></item>`, `<item><guid>1</guid><title>b</title></item>`, true},
		{"moved link", `<item><guid>1</guid><title>a</title><link>https://e.org/a</link></item>`, `<item><guid>1</guid><title>a</title><link>https://e.org/b</link></item>`, true},
		{"revision in the guid", `<item><guid>https://e.org/a#1</guid><title>a</title></item>`, `<item><guid>https://e.org/a#2</guid><title>a</title></item>`, true},
		{"tracking", `<item><title>a</title><link>https://e.org/a?id=1&amp;utm_source=x</link></item>`, `<item><title>a</title><link>http://E.org/a?id=1&amp;fbclid=y#top</link></item>`, true},
		{"query", `<item><title>a</title><link>https://e.org/?id=1</link></item>`, `<item><title>a</title><link>https://e.org/?id=2</link></item>`, false},
		{"title only", `<item><title>a</title></item>`, `<item><title>b</title></item>`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cmp.Equal(read(tt.a), read(tt.b)); got != tt.same {
				t.Errorf("same item: %v, want %v", got, tt.same)
			}
		})
	}
	if got := read(`<item><guid>1</guid><title>a</title></item><item><guid>1</guid><title>b</title></item><item><guid>1</guid><title>b</title></item>`); len(got) != 2 || got[0] == got[1] {
		t.Errorf("one guid with two titles: %v, want two items", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(rss(`<item><guid>1</guid><title>a &#0; <b c=d></title></item>`)), "text/xml; charset=koi8-r")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div>a</div></title><link href="x"/></entry>`), "")
	f.Add([]byte(`{"items":[{"id":1,"title":["a"]},{"authors":{"name":"b"}}]}`), "application/feed+json")
	f.Add([]byte("<!DOCTYPE a [<!ENTITY b 'c'>]><rdf:RDF><item rdf:about='x'/>"), "")
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		began := time.Now()
		d, err := watcher.Read(data, contentType, address)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("error of several lines: %q", err)
		}
		seen := map[string]bool{}
		for _, it := range d.Items {
			if it.ID == "" || it.Title == "" || seen[it.ID] || strings.ContainsAny(it.Title, "\n\r") {
				t.Errorf("bad item: %+v", it)
			}
			seen[it.ID] = true
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var items strings.Builder
	for range 50 {
		items.WriteString(`<item><guid isPermaLink="false">` + time.Now().String() + `</guid><title>Officers &amp; men arrested in Freedonia</title><link>https://example.org/news/1?id=1</link><pubDate>Sat, 22 Aug 2026 13:00:00 +0300</pubDate><description>Ten were led away, it was said on Saturday in the capital.</description><content:encoded><![CDATA[` +
			strings.Repeat(`<p>Ten were <a href="https://example.org/x">led away</a>, and more were sought by the guard.</p>`, 36) + `]]></content:encoded></item>`)
	}
	doc := []byte(strings.Replace(rss(items.String()), "<rss", `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"`, 1))
	b.SetBytes(int64(len(doc)))
	b.ReportAllocs()
	for b.Loop() {
		if d, err := watcher.Read(doc, "", address); err != nil || len(d.Items) != 50 {
			b.Fatal(len(d.Items), err)
		}
	}
}
