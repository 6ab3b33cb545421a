package news_test

import (
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestCanonicalLink(t *testing.T) {
	const want = "https://e.org/a?id=7"
	for _, link := range []string{
		"https://e.org/a?id=7", "http://e.org/a?id=7", "https://E.org:443/a?id=7#top", "https://e.org/a?utm_source=x&id=7&utm_medium=y",
		"https://e.org/a?id=7&at_campaign=1&ns_mchannel=rss", "https://e.org/a?ref=rss&id=7", "https://e.org/a?id=7&",
	} {
		if got := news.CanonicalLink(link); got != want {
			t.Errorf("CanonicalLink(%q) = %q, want %q", link, got, want)
		}
	}
	for _, link := range []string{"https://e.org/a?id=8", "https://e.org/b?id=7", "https://e.org/a?id=7&ref=front", "https://e.net/a?id=7"} {
		if got := news.CanonicalLink(link); got == want {
			t.Errorf("CanonicalLink(%q) = %q, want another", link, got)
		}
	}
}
