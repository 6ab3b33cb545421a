package filter_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/filter"
)

func TestFeeds(t *testing.T) {
	f := news.FeedState{Feed: news.Feed{URL: "https://wire.example/rss", Name: "Wire One", Publisher: "Агентство", Language: "en", Tags: []string{"sahel", "wire"}}, LastRead: noon, LastGood: noon, Problem: "HTTP 403: refused", Failures: 1, Signs: news.Signs{Fails: news.FeedBlocked}}
	for query, want := range map[string]bool{
		"": true, "state=blocked": true, "state=wrong": true, "state=fresh": false, "state=fresh,blocked": true, "tag=sahel": true, "tag=x,wire": true, "tag=x": false,
		"language=en": true, "language=ru": false, "q=403+WIRE": true, "q=агентство": true, "q=wire+two": false, "country=ml&page=7": true, "state=wrong&tag=sahel&language=en&q=example": true,
	} {
		values, _ := url.ParseQuery(query)
		asked, err := filter.ParseFeeds(values)
		if err != nil || asked.Matches(f, noon) != want {
			t.Errorf("%s: %v, %v, want %v", query, !want, err, want)
		}
	}
}

func TestAddressOfFeeds(t *testing.T) {
	values, _ := url.ParseQuery("q=+A++b&country=ML&tag=x,y&state=late&page=3&language=&tag=x")
	f, err := filter.ParseFeeds(values)
	if want := "?state=late&tag=x&tag=y&country=ml&q=a+b"; err != nil || f.Query() != want {
		t.Errorf("%s, %v; want %s", f.Query(), err, want)
	}
	if got, want := f.Without(filter.Part{Key: filter.Tag, Value: "x"}), "?state=late&tag=y&country=ml&q=a+b"; got != want {
		t.Errorf("without: %s, want %s", got, want)
	}
	if _, err := filter.ParseFeeds(url.Values{"state": {"ill"}}); err == nil || !strings.Contains(err.Error(), "blocked") {
		t.Errorf("state=ill: %v", err)
	}
}
