package watcher_test

import (
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A feed names its hub in a header, else in the document.
func TestHub(t *testing.T) {
	const at = "https://wire.example/rss"
	item := `<item><guid>1</guid><title>rain</title></item>`
	atom := `xmlns:atom="http://www.w3.org/2005/Atom"`
	link := func(rel, href string) string { return `<atom:link rel="` + rel + `" href="` + href + `"/>` }
	rssOf := func(links string) string {
		return `<rss version="2.0" ` + atom + `><channel><title>Wire</title>` + links + item + `</channel></rss>`
	}
	is := func(url, topic string) news.Hub { return news.Hub{URL: url, Topic: topic} }
	hub, self := "https://hub.example/", "https://wire.example/self"
	for _, tt := range []struct {
		name string
		doc  string
		a    fetch.Answer // what headers say
		f    news.Feed
		want news.Hub
	}{
		{name: "none", doc: rssOf(link("self", self))},
		{name: "RSS", doc: rssOf(link("hub", hub) + link("self", self)), want: is(hub, self)},
		{name: "RSS by another prefix", doc: `<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom"><channel><a10:link rel="hub" href="` + hub + `"/>` + item + `</channel></rss>`, want: is(hub, at)},
		{name: "of an item", doc: rssOf(`<item><guid>2</guid><title>x</title>` + link("hub", hub) + `</item>`)},
		{name: "Atom", doc: `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="` + self + `"/><link rel="hub" href="` + hub + `"/><entry><id>1</id><title>rain</title></entry></feed>`, want: is(hub, self)},
		{name: "JSON", doc: `{"version":"https://jsonfeed.org/version/1.1","feed_url":"` + self + `","hubs":[{"type":"rssCloud","url":"https://cloud.example"},{"type":"WebSub","url":"` + hub + `"}],"items":[{"id":"1","title":"rain"}]}`, want: is(hub, self)},
		{name: "header first", doc: rssOf(link("hub", "https://other.example/") + link("self", "https://wire.example/other")), a: fetch.Answer{Hubs: []string{hub}, Self: self}, want: is(hub, self)},
		{name: "self in the document", doc: rssOf(link("self", self)), a: fetch.Answer{Hubs: []string{hub}}, want: is(hub, self)},
		{name: "the secure one of several", doc: rssOf(link("hub", "http://plain.example/") + link("hub", hub) + link("hub", "https://third.example/")), want: is(hub, at)},
		{name: "relative", doc: rssOf(link("hub", "/hub") + link("self", "?feed=1#top")), want: is("https://wire.example/hub", at+"?feed=1")},
		{name: "no web address", doc: rssOf(link("hub", "javascript:alert(1)") + link("self", self))},
		{name: "too long", doc: rssOf(link("hub", hub+strings.Repeat("x", 3000)))},
		{name: "with a login", doc: rssOf(link("hub", "https://user:word@hub.example/"))},
		{name: "a secret in its name", doc: rssOf(link("hub", hub) + link("self", self+"?token=b8a3f0c2d1e94755a6b7"))},
		{name: "of who logs in", doc: rssOf(link("hub", hub)), f: news.Feed{Access: &news.Access{Bearer: news.Value{Env: "FEED_X"}}}},
		{name: "over a proxy of its own", doc: rssOf(link("hub", hub)), f: news.Feed{Access: &news.Access{Proxy: news.Value{Env: "FEED_TOR"}}}},
	} {
		tt.a.Data, tt.a.Address = []byte(tt.doc), at
		d, err := watcher.ReadAnswer(tt.a, tt.f)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := watcher.HubOf(d); got != tt.want {
			t.Errorf("%s: hub %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// The hub that a feed named last is told with each reading, and who waits for hubs is
// told when it is another.
func TestHubOfAReading(t *testing.T) {
	doc := rss(`<item><guid>1</guid><title>rain</title></item>`)
	hubs := []string{"https://hub.example/"}
	told := 0
	w, _, store, _ := newWatcherWith(1, fetcherOf(&doc, &hubs), func(o *watcher.Options) { o.NewHub = func() { told++ } })
	for i, step := range []struct {
		change func()
		hub    string
		told   int
	}{
		{func() {}, "https://hub.example/", 1},
		{func() {}, "https://hub.example/", 1}, // unchanged
		{func() { doc = rss(`<item><guid>2</guid><title>sun</title></item>`) }, "https://hub.example/", 1},
		{func() { doc, hubs = rss(`<item><guid>3</guid><title>fog</title></item>`), nil }, "", 2},
	} {
		step.change()
		store.mu.Lock()
		for _, f := range store.feeds {
			f.NextAt = f.LastRead
		}
		store.mu.Unlock()
		poll(t, w)
		w.Wait()
		if r := store.readings[len(store.readings)-1]; r.Hub.URL != step.hub || told != step.told {
			t.Errorf("step %d: hub %+v, told %d times, want %q and %d", i, r.Hub, told, step.hub, step.told)
		}
	}
}
