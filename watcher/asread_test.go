package watcher_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// itemsOf returns what is read of a feed with such a document.
func itemsOf(t *testing.T, f news.Feed, data string) []news.Item {
	t.Helper()
	w, r, store, _ := newWatcher(1, func(context.Context, news.FeedState) (fetch.Answer, error) {
		return fetch.Answer{Data: []byte(data), Address: "https://example.org/0"}, nil
	})
	f.URL = r.feeds[0].URL
	r.feeds[0] = f
	poll(t, w)
	w.Wait()
	return store.readings[0].Items
}

// A feed whose dates name no zone is read in its own; what names one is as it says.
func TestTimezoneOfFeed(t *testing.T) {
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]string{
		"2026-08-20 15:00":                "12:00",
		"20.08.2026 15:00:30":             "12:00",
		"20 августа 2026, 15:00":          "12:00",
		"20260820T150000":                 "12:00",
		"Thu, 20 Aug 2026 15:00:00 +0200": "13:00",
		"2026-08-20T15:00:00Z":            "15:00",
		"Thu, 20 Aug 2026 15:00:00 EST":   "20:00",
	} {
		items := itemsOf(t, news.Feed{Zone: moscow, Language: "ru"}, rss("<item><title>rain</title><pubDate>"+date+"</pubDate></item>"))
		if len(items) != 1 || items[0].Published.Format("15:04") != want {
			t.Errorf("%s: %v, want %s UTC", date, items, want)
		}
	}
}

// A charset that rules.yaml names is believed, whatever the feed says.
func TestCharsetOfFeed(t *testing.T) {
	const title = "Ночью прошёл дождь"
	doc, err := charmap.KOI8R.NewEncoder().String(`<?xml version="1.0" encoding="windows-1251"?>` + strings.SplitN(rss("<item><title>"+title+"</title></item>"), "?>", 2)[1])
	if err != nil {
		t.Fatal(err)
	}
	if items := itemsOf(t, news.Feed{Charset: "koi8-r"}, doc); len(items) != 1 || items[0].Title != title {
		t.Errorf("got %v, want %q", items, title)
	}
}

// A charset of rules.yaml that is not that of the feed is told, and only then.
func TestGarbled(t *testing.T) {
	const title = "Ночью прошёл дождь"
	koi, err := charmap.KOI8R.NewEncoder().String(title)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, charset, title, want string }{
		{"none given", "", title, ""},
		{"right", "utf-8", title, ""},
		{"right, and another", "koi8-r", koi, ""},
		{"UTF-8 as KOI8", "koi8-r", title, "garbles it, for it is in UTF-8"},
		{"KOI8 as UTF-8", "UTF-8", koi, "charset: UTF-8 in rules.yaml cannot read it"},
		{"too little to tell", "koi8-r", "Да", ""},
		{"ASCII", "koi8-r", "Rain at night", ""},
		{"as the publisher has it", "utf-8", title + strings.Repeat("\uFFFD", 9), ""},
	} {
		a := fetch.Answer{Data: []byte(rss("<item><title>" + tt.title + "</title></item>")), Address: "https://example.org/0"}
		d, err := watcher.ReadAnswer(a, news.Feed{Charset: tt.charset})
		if err != nil || len(d.Items) != 1 || (d.Foreign == "") != (tt.want == "") || !strings.Contains(d.Foreign, tt.want) {
			t.Errorf("%s: %q, %v, want %q", tt.name, d.Foreign, err, tt.want)
		}
	}
}

// By what an item is known again is for rules.yaml to say.
func TestIdentityOfFeed(t *testing.T) {
	const first, otherGUID, otherTitle, otherLink = `<item><guid>1</guid><link>https://example.org/a</link><title>rain</title></item>`,
		`<item><guid>2</guid><link>https://example.org/a</link><title>rain</title></item>`,
		`<item><guid>1</guid><link>https://example.org/a</link><title>snow</title></item>`,
		`<item><guid>3</guid><link>https://example.org/b?x</link><title>rain</title></item>`
	for _, tt := range []struct {
		by    news.Identity
		other string
		same  bool
	}{
		{"", otherGUID, false},
		{news.ByGUID, otherGUID, false},
		{news.ByLink, otherGUID, true},
		{news.ByTitle, otherGUID, true},
		{"", otherTitle, true},
		{news.ByLink, otherTitle, true},
		{news.ByTitle, otherTitle, false},
		{news.ByLink, otherLink, false},
		{news.ByTitle, otherLink, true},
	} {
		id := func(item string) string { return itemsOf(t, news.Feed{Identity: tt.by}, rss(item))[0].ID }
		if same := id(first) == id(tt.other); same != tt.same {
			t.Errorf("by %q, %s is the same: %v, want %v", tt.by, tt.other, same, tt.same)
		}
	}
}
