package watcher_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

const press = `<!DOCTYPE html><html lang="fr"><head><title>Ministère &amp; presse</title><base href="https://press.example/fr/"></head><body>
<nav><a href="/">Accueil</a></nav>
<ul class="latest">
<li><time datetime="2026-11-28T09:59:00+01:00">hier</time><h3>La brigade &lt;4&gt; refuse d'obéir</h3><p class="lead">Les soldats<br>ont fermé le port.</p><a href="a/1">Lire</a></li>
<li class="ad"><a href="https://shop.example/">Achetez</a></li>
<li><a href="a/2"><span>Le ministre</span> se tait</a><span class="on">27 novembre 2026</span></li>
<li>Rien</li>
</ul></body></html>`

func readPage(t *testing.T, page news.Page) (watcher.Document, error) {
	t.Helper()
	return watcher.ReadAnswer(fetch.Answer{Data: []byte(press), ContentType: "text/html", Address: "https://press.example/press"}, news.Feed{URL: "https://press.example/press", Page: page})
}

func TestReadPage(t *testing.T) {
	doc, err := readPage(t, news.Page{Item: ".latest li:not(.ad)", Title: "h3", Text: ".lead", Date: "time, .on"})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Format != "web page" || doc.Title != "Ministère & presse" || doc.Language != "fr" || len(doc.Items) != 2 {
		t.Fatalf("read %q, %q in %q and %d items", doc.Format, doc.Title, doc.Language, len(doc.Items))
	}
	a, b := doc.Items[0], doc.Items[1]
	if a.Title != "La brigade <4> refuse d'obéir" || a.Link != "https://press.example/fr/a/1" || a.Summary != "Les soldats\nont fermé le port." || !a.Published.Equal(time.Date(2026, 11, 28, 8, 59, 0, 0, time.UTC)) {
		t.Errorf("the first is %+v", a)
	}
	if b.Title != "Le ministre se tait" || b.Link != "https://press.example/fr/a/2" || b.Published.Format(time.DateOnly) != "2026-11-27" {
		t.Errorf("the second is %+v", b)
	}
	if links, err := readPage(t, news.Page{Item: "a"}); err != nil || len(links.Items) != 4 || links.Items[1].Title != "Lire" {
		t.Errorf("links are %d items, %v", len(links.Items), err)
	}
}

func TestReadPageWithoutItems(t *testing.T) {
	for want, page := range map[string]news.Page{
		`nothing on the page is as item: "article" says`:                      {Item: "article"},
		`"li[" is no CSS selector`:                                            {Item: "li["},
		`in none of the items on the page is anything as title: "h4" says`:    {Item: "li", Title: "h4"},
		`in none of the items on the page is anything as link: "a.more" says`: {Item: "li", Title: "h3", Link: "a.more"},
	} {
		if doc, err := readPage(t, page); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %d items, %v", page, len(doc.Items), err)
		}
	}
	if doc, err := readPage(t, news.Page{Item: ".latest a", Title: "span", Link: "a", Text: ".none", Date: ".none"}); err != nil || len(doc.Items) != 3 {
		t.Errorf("of items that are links: %d, %v", len(doc.Items), err)
	}
	doc, err := readPage(t, news.Page{Item: "head"})
	if err != nil || !strings.Contains(doc.Problem, "1 entry") {
		t.Errorf("an item with nothing in it: %q, %v", doc.Problem, err)
	}
}

// Whatever a page and the selectors are, reading ends, and what is read can be
// shown and known again.
func FuzzReadPage(f *testing.F) {
	f.Add([]byte(press), "li", "h3", "a", "time")
	f.Add([]byte("<li><a href=//x><time datetime=1>"), "li:has(a)", ":not(b)", "*", "[datetime]")
	f.Add([]byte("<p>"), "p, a", "li[", "", ":nth-child(2n+1)")
	f.Fuzz(func(t *testing.T, data []byte, item, title, link, date string) {
		began := time.Now()
		page := news.Page{Item: item, Title: title, Link: link, Date: date}
		doc, err := watcher.ReadAnswer(fetch.Answer{Data: data, Address: "https://press.example/"}, news.Feed{URL: "https://press.example/", Page: page})
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("error of several lines: %q", err)
		}
		for _, it := range doc.Items {
			if it.ID == "" || it.Title == "" || strings.ContainsAny(it.Title, "\n\r") || it.Link != "" && !strings.HasPrefix(it.Link, "http") {
				t.Errorf("bad item: %+v", it)
			}
		}
	})
}
