package watcher_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

const channel = `<!DOCTYPE html>
<html><head><title>Tolmin now</title></head><body>
<div class="tgme_channel_info_header_title"><span dir="auto">Tolmin now</span></div>
<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message js-widget_message service_message" data-post="tolmin/1"><div class="tgme_widget_message_text">Channel created</div></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap" data-post="tolmin/2">
 <a class="tgme_widget_message_reply" href="https://t.me/tolmin/0"><div class="tgme_widget_message_text js-message_reply_text">An older post</div></a>
 <div class="tgme_widget_message_text js-message_text" dir="auto"><b>Brigade refuses orders</b><br/><br/>Soldiers locked the gate. <a href="https://wire.example/1">Wire</a></div>
 <div class="tgme_widget_message_footer"><span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/tolmin/2"><time datetime="2026-11-27T23:54:00+00:00" class="time">23:54</time></a></span></div></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="tolmin/3">
 <div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="https://t.me/ministry/7"><span dir="auto">Ministry</span></a></div>
 <div class="tgme_widget_message_text js-message_text">All is calm in the town</div>
 <span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/tolmin/3"><time datetime="2026-11-28T00:10:00+00:00"></time></a></span></div></div>
<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="tolmin/4"><a class="tgme_widget_message_photo_wrap"></a></div></div>
</body></html>`

func TestReadTelegram(t *testing.T) {
	doc, err := watcher.Read([]byte(channel), "text/html", "https://t.me/s/tolmin")
	if err != nil {
		t.Fatal(err)
	}
	if doc.Format != "Telegram channel" || doc.Title != "Tolmin now" || len(doc.Items) != 2 || doc.Problem != "" {
		t.Fatalf("read %q, %q and %d items, %s", doc.Format, doc.Title, len(doc.Items), doc.Problem)
	}
	a, b := doc.Items[0], doc.Items[1]
	if a.Title != "Brigade refuses orders" || !strings.Contains(a.Summary, "Soldiers locked the gate. Wire") || strings.Contains(a.Summary, "older") || a.Link != "https://t.me/tolmin/2" || a.GUID != "tolmin/2" || a.Publisher != "" {
		t.Errorf("the first is %+v", a)
	}
	if !a.Published.Equal(time.Date(2026, 11, 27, 23, 54, 0, 0, time.UTC)) {
		t.Errorf("the first is of %v", a.Published)
	}
	if b.Title != "All is calm in the town" || b.Publisher != "Ministry" {
		t.Errorf("the second is %+v", b)
	}
}

const newsMap = `<?xml version="1.0" encoding="UTF-8"?><!-- made today -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://paper.example/a/1</loc><lastmod>2026-11-28T10:00:00Z</lastmod>
 <news:news><news:publication><news:name>The Paper</news:name><news:language>fr</news:language></news:publication>
 <news:publication_date>2026-11-28T09:59:00Z</news:publication_date><news:title><![CDATA[Une brigade refuse d'ob&eacute;ir & ferme le port]]></news:title></news:news>
 <image:image><image:loc>https://paper.example/i.jpg</image:loc><image:title>A picture</image:title></image:image></url>
<url><loc>https://paper.example/about</loc></url>
</urlset>`

func TestReadNewsSitemap(t *testing.T) {
	doc, err := watcher.Read([]byte(newsMap), "application/xml", "https://paper.example/news.xml")
	if err != nil {
		t.Fatal(err)
	}
	if doc.Format != "news sitemap" || doc.Title != "The Paper" || doc.Language != "fr" || len(doc.Items) != 1 || doc.Problem != "" {
		t.Fatalf("read %q, %q in %q and %d items, %s", doc.Format, doc.Title, doc.Language, len(doc.Items), doc.Problem)
	}
	if it := doc.Items[0]; it.Title != "Une brigade refuse d'obéir & ferme le port" || it.Link != "https://paper.example/a/1" || !it.Published.Equal(time.Date(2026, 11, 28, 9, 59, 0, 0, time.UTC)) {
		t.Errorf("the item is %+v", it)
	}
	cut, err := watcher.Read([]byte(newsMap[:strings.Index(newsMap, "<url><loc>https://paper.example/about")]), "application/xml", "https://paper.example/news.xml")
	if err != nil || len(cut.Items) != 1 || !strings.Contains(cut.Problem, "cut off") {
		t.Errorf("cut off, it has %d items, %q, %v", len(cut.Items), cut.Problem, err)
	}
}

// What is of such a kind, and has no items, says why.
func TestReadKindsWithoutItems(t *testing.T) {
	for text, want := range map[string]string{
		`<!DOCTYPE html><html><div class="tgme_page_title">Closed</div></html>`:                            "this page of Telegram shows no posts",
		`<urlset xmlns="x"><url><loc>https://paper.example/</loc></url></urlset>`:                          "this is a sitemap of pages, not of news",
		`<sitemapindex xmlns="x"><sitemap><loc>https://paper.example/a.xml</loc></sitemap></sitemapindex>`: "none of them seems to be of news",
	} {
		if doc, err := watcher.Read([]byte(text), "", "https://paper.example/"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %d items, %v\nwant %s", text, len(doc.Items), err, want)
		}
	}
	if _, err := watcher.Read([]byte(channel+strings.Repeat(" x", 3<<20)), "", ""); err == nil || !strings.Contains(err.Error(), "far larger") {
		t.Errorf("a page beyond all measure: %v", err)
	}
	_, err := watcher.Read([]byte(`<sitemapindex xmlns="x"><sitemap><loc>https://paper.example/a.xml</loc></sitemap><sitemap><loc>https://paper.example/News-1.xml</loc></sitemap></sitemapindex>`), "", "https://paper.example/")
	if index := (*watcher.SitemapIndex)(nil); !errors.As(err, &index) || !slices.Equal(index.Maps, []string{"https://paper.example/News-1.xml"}) {
		t.Errorf("an index says %v", err)
	}
}

// A feed that quotes such a document is a feed.
func TestReadFeedOfKinds(t *testing.T) {
	doc, err := watcher.Read([]byte(`<rss version="2.0"><channel><title>A</title><item><title>On maps</title><link>https://a.example/1</link><description><![CDATA[<urlset><div class="tgme_widget_message_wrap">]]></description></item></channel></rss>`), "", "https://a.example/")
	if err != nil || doc.Format != "RSS 2.0" || len(doc.Items) != 1 {
		t.Errorf("read %q, %v", doc.Format, err)
	}
}

func FuzzReadKinds(f *testing.F) {
	f.Add([]byte(channel))
	f.Add([]byte(newsMap))
	f.Add([]byte("<urlset><news:title></url></url>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := watcher.Read(data, "", "https://a.example/")
		if err == nil && doc.Problem == "" && doc.Format == "" {
			t.Error("read as nothing")
		}
	})
}

// What GDELT finds is read with the outlet as the publisher of each article, in its own
// language, and a search that finds nothing is no fault.
func TestGDELT(t *testing.T) {
	const search = "https://api.gdeltproject.org/api/v2/doc/doc?query=coup+Velmaria&mode=artlist&format=json"
	read := func(doc string) (watcher.Document, error) {
		return watcher.ReadAnswer(fetch.Answer{Data: []byte(doc), ContentType: "application/json", Address: search}, news.Feed{URL: search, Publisher: "GDELT"})
	}
	d, err := read(`{"articles": [
		{"url": "https://www.prensa.example/a1", "url_mobile": "", "title": "Soldados cierran el puerto , dice \'La Prensa\' ( oficial )", "seendate": "20261120T101500Z", "socialimage": "", "domain": "prensa.example", "language": "Spanish", "sourcecountry": "Velmaria"},
		{"url": "https://khvylya.example/2", "title": "Військові замкнули ворота", "seendate": "20261120T100000Z", "domain": "khvylya.example", "language": "Ukrainian"},
		{"url": "https://odd.example/3", "title": "Rain", "seendate": "soon", "domain": "", "language": "Martian"} ] }`)
	if err != nil || d.Format != "GDELT" || d.Title != "GDELT: coup Velmaria" || len(d.Items) != 3 {
		t.Fatalf("got %+v, %v", d, err)
	}
	for i, want := range []struct{ title, publisher, language, date string }{
		{"Soldados cierran el puerto, dice 'La Prensa' (oficial)", "prensa.example", "es", "2026-11-20 10:15"},
		{"Військові замкнули ворота", "khvylya.example", "uk", "2026-11-20 10:00"},
		{"Rain", "GDELT", "", "0001-01-01 00:00"},
	} {
		it := d.Items[i]
		if it.Title != want.title || it.Publisher != want.publisher || it.Language != want.language || it.Published.Format("2006-01-02 15:04") != want.date {
			t.Errorf("item %d is %q of %q in %q at %v, want %+v", i, it.Title, it.Publisher, it.Language, it.Published, want)
		}
	}
	if d, err := read("{}"); err != nil || len(d.Items) != 0 || d.Problem != "" {
		t.Errorf("a search that finds nothing: %+v, %v", d, err)
	}
	if d, err := read(`{"articles": [{"url": "https://a.example/", "title": "Rain", "seendate": "20261120T101500Z", "domain": "a.example"}, {"url": "https://b.`); err != nil || len(d.Items) != 1 || !strings.Contains(d.Problem, "cut off") {
		t.Errorf("one that breaks off: %+v, %v", d, err)
	}
	if _, err := read("The specified phrase is too short.\n"); err == nil || !strings.Contains(err.Error(), "The specified phrase is too short.") {
		t.Errorf("a search that GDELT refuses: %v", err)
	}
}
