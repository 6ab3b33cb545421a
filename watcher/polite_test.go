package watcher_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/store"
	"github.com/coupwatch/coupwatch/watcher"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// A visit is a request and when it was made.
type visit struct {
	url string
	at  time.Duration // after the first
}

// roundOf reads feeds once, over a real store, with a second between requests to
// a host, and returns the visits. It runs in a bubble of synctest.
func roundOf(t *testing.T, feeds []news.Feed, answer func(url string) (fetch.Answer, error)) []visit {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var mu sync.Mutex
	var visits []visit
	began := time.Now()
	w := watcher.New(watcher.Options{
		Rules: func() watcher.Rules { return &rules{feeds: feeds} }, Store: db, Health: db, Gap: time.Second,
		Decide: func(news.Policy, time.Time) news.Decider { return nil }, Log: slog.New(slog.DiscardHandler),
		Fetch: fetcher(func(_ context.Context, f news.FeedState) (fetch.Answer, error) {
			mu.Lock()
			visits = append(visits, visit{f.URL, time.Since(began)})
			mu.Unlock()
			return answer(f.URL)
		}),
	})
	if err := w.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	return visits
}

func feedsAt(host string, n int) (feeds []news.Feed) {
	for i := range n {
		feeds = append(feeds, news.Feed{URL: fmt.Sprintf("%s/%d", host, i), Name: fmt.Sprintf("%s %d", host, i), Schedule: "@every 10m"})
	}
	return feeds
}

var rainy = fetch.Answer{Data: []byte(rss(`<item><guid>1</guid><title>rain</title></item>`))}

// Feeds of one host are read a second apart, and those of others and of this
// machine do not wait for them.
func TestGapBetweenRequestsToAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feeds := append(append(feedsAt("https://example.org", 4), feedsAt("https://example.net", 1)...), feedsAt("http://127.0.0.1:8080", 3)...)
		last, count := map[string]time.Duration{}, map[string]int{}
		for _, v := range roundOf(t, feeds, func(string) (fetch.Answer, error) { return rainy, nil }) {
			host := v.url[:len(v.url)-2]
			if before, again := last[host]; again && host == "https://example.org" && v.at-before < time.Second {
				t.Errorf("%s was asked %v after the one before it", v.url, v.at-before)
			}
			last[host] = v.at
			count[host]++
		}
		if count["https://example.org"] != 4 || count["https://example.net"] != 1 || count["http://127.0.0.1:8080"] != 3 {
			t.Errorf("read %v feeds, want each once", count)
		}
		if last["https://example.org"] > 5*time.Second || last["https://example.net"] >= time.Second || last["http://127.0.0.1:8080"] >= time.Second {
			t.Errorf("the last of each were read after %v", last)
		}
	})
}

// A server that refuses one feed since it was asked too often is not asked for
// another; one whose requests are spent neither.
func TestOneFeedHoldsItsHost(t *testing.T) {
	busy := fetch.Rest{Host: "https://example.org", For: time.Hour}
	for name, answer := range map[string]func(string) (fetch.Answer, error){
		"refused": func(string) (fetch.Answer, error) {
			return fetch.Answer{}, &fetch.Trouble{Text: "HTTP 429", After: time.Hour, Rest: busy}
		},
		"spent": func(string) (fetch.Answer, error) { a := rainy; a.Rest = busy; return a, nil },
	} {
		synctest.Test(t, func(t *testing.T) {
			visits := roundOf(t, feedsAt("https://example.org", 4), answer)
			if len(visits) != 1 {
				t.Errorf("%s: asked %v, want one feed", name, visits)
			}
		})
	}
}
