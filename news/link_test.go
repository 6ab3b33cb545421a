package news_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
)

func TestCanonicalLink(t *testing.T) {
	tests := []struct {
		want string
		from []string
	}{
		{"https://e.org/a?id=7", []string{
			"https://e.org/a?id=7", "http://e.org/a?id=7", "https://E.org:443/a?id=7#top", "https://e.org/a?utm_source=x&id=7&utm_medium=y",
			"https://e.org/a?id=7&at_campaign=1&ns_mchannel=rss", "https://e.org/a?ref=rss&id=7", "https://e.org/a?id=7&",
			"https://www.e.org/a?id=7", "https://e.org/a/?id=7", "https://m.e.org/a?id=7&amp=1",
		}},
		{"https://e.org/world/coup-1", []string{
			"https://e.org/world/coup-1/", "https://amp.e.org/world/coup-1", "https://mobile.e.org/world/coup-1", "https://www.m.e.org/world/coup-1",
			"https://e.org/world/coup-1/amp", "https://e.org/world/coup-1/amp/", "https://e.org/amp/world/coup-1", "https://e.org/world/amp/coup-1",
			"https://e.org/world/coup-1.amp", "https://e.org/world/coup-1?amp", "https://e.org/world/coup-1?amp=true", "https://e.org/world/coup-1?outputType=amp",
			"https://www.google.com/amp/s/www.e.org/world/coup-1", "https://www.google.co.uk/amp/s/amp.e.org/world/coup-1/amp/",
			"https://www-e-org.cdn.ampproject.org/c/s/www.e.org/world/coup-1?amp_js_v=0.1&usqp=mq331", "https://e-org.cdn.ampproject.org/v/e.org/world/coup-1",
			"https://www.google.com/url?rct=j&sa=t&url=https://e.org/world/coup-1&ct=ga", "https://news.google.com/news/url?sa=t&url=http%3A%2F%2Fwww.e.org%2Fworld%2Fcoup-1",
			"http://feedproxy.google.com/~r/e/world/?url=https%3A%2F%2Fe.org%2Fworld%2Fcoup-1%3Futm_source%3Dfeedburner",
			"http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fe.org%2fworld%2fcoup-1&c=1",
			"https://www.google.com/url?q=https%3A%2F%2Fwww.google.com%2Famp%2Fs%2Fe.org%2Fworld%2Fcoup-1",
		}},
		{"https://e.org/world/coup-1.html", []string{"https://e.org/world/coup-1.amp.html"}},
		{"https://e.org/#/article/12", []string{"https://e.org/#/article/12", "http://www.e.org/#/article/12/", "https://e.org#/article/12"}},
		{"https://e.org/#!/a/12", []string{"https://m.e.org/?utm_source=rss#!/a/12"}},
		{"https://e.org/a", []string{"https://e.org/a#/", "https://e.org/a#!", "https://e.org/a#!/", "https://e.org/a#comments"}},
		{"https://e.org/", []string{"https://e.org", "http://www.e.org/", "https://e.org/?utm_source=rss"}},
		{"https://e.org/amp", []string{"https://e.org/amp"}}, // a page about amplifiers
		{"https://m.tv/a", []string{"https://m.tv/a", "https://www.m.tv/a"}},
		{"https://e.co.uk/переворот", []string{"https://www.e.co.uk/%D0%BF%D0%B5%D1%80%D0%B5%D0%B2%D0%BE%D1%80%D0%BE%D1%82"}},
	}
	for _, tt := range tests {
		for _, link := range tt.from {
			if got, want := news.CanonicalLink(link), news.CanonicalLink(tt.want); got != want {
				t.Errorf("CanonicalLink(%q) = %q, want %q", link, got, want)
			}
		}
	}
}

func TestCanonicalLinkTellsApart(t *testing.T) {
	const link = "https://e.org/a?id=7"
	for _, other := range []string{
		"https://e.org/a?id=8", "https://e.org/b?id=7", "https://e.org/a?id=7&ref=front", "https://e.net/a?id=7",
		"https://e.org/a?id=7#/2", "https://e.org/a?id=7#!/2", "https://e.org/a?id=7#!two",
		"https://africa.e.org/a?id=7", "https://e.org/a", "https://e.org/ampere?id=7", "https://e.org/go?url=https://e.org/a%3Fid=7",
	} {
		if got := news.CanonicalLink(other); got == news.CanonicalLink(link) {
			t.Errorf("CanonicalLink(%q) = %q, as for %q", other, got, link)
		}
	}
}

// Whatever the link, finding its canonical form ends, a fragment makes no
// difference, and the canonical form is its own.
func FuzzCanonicalLink(f *testing.F) {
	for _, link := range []string{"https://www.google.com/amp/s/e.org/a", "http://a.cdn.ampproject.org/c/s/", "https://google.com/url?q=https://google.com/url", "://", "https://m./amp/amp"} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		if u, err := url.Parse(link); err != nil || u.Host == "" || strings.Contains(link, "#") {
			return
		}
		if got, same := news.CanonicalLink(link), news.CanonicalLink(link+"#top"); got != same {
			t.Errorf("CanonicalLink(%q) = %q, but with a fragment %q", link, got, same)
		}
		if once := news.CanonicalLink(link); news.CanonicalLink(once) != once && len(link) < 60 {
			t.Errorf("CanonicalLink(%q) = %q, and of that %q", link, once, news.CanonicalLink(once))
		}
	})
}

func TestCleanLink(t *testing.T) {
	for link, want := range map[string]string{
		"https://www.e.org/a?at_medium=RSS&at_campaign=ONE&id=7":                                   "https://www.e.org/a?id=7",
		"https://e.org/a?id=7#part-2":                                                              "https://e.org/a?id=7#part-2",
		"https://e.org/a#xtor=RSS-3":                                                               "https://e.org/a",
		"https://e.org/a/?maca=en-rss-en-all-1573-rdf":                                             "https://e.org/a/",
		"http://m.e.org/a/amp":                                                                     "http://m.e.org/a/amp",
		"https://e.org/100%25-sure?utm_source=x":                                                   "https://e.org/100%25-sure",
		"https://l.facebook.com/l.php?u=https%3A%2F%2Fe.org%2Fa%3Ffbclid%3DAB&h=AT":                "https://e.org/a",
		"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fe.org%2Fa&data=05":      "https://e.org/a",
		"https://r.search.yahoo.com/_ylt=A;_ylu=B/RV=2/RE=1/RO=10/RU=https%3a%2f%2fe.org%2fa/RK=2": "https://e.org/a",
		"https://duckduckgo.com/l/?uddg=https%3A%2F%2Fe.org%2Fa":                                   "https://e.org/a",
		"https://vk.com/away.php?to=https%3A%2F%2Fe.org%2Fa&cc_key=":                               "https://e.org/a",
		"https://href.li/?https://e.org/a":                                                         "https://e.org/a",
		"https://urldefense.com/v3/__https://e.org/a__;!!XY":                                       "https://e.org/a",
		"https://www-e-org.cdn.ampproject.org/c/s/www.e.org/a":                                     "https://www.e.org/a",
		"https://news.google.com/rss/articles/CBMiEWh0dHBzOi8vZS5vcmcvYS0x0gEA?oc=5":               "https://e.org/a-1",
		"https://news.google.com/rss/articles/CBMiR0FVX3lxTE5vbmUgb2Y?oc=5":                        "https://news.google.com/rss/articles/CBMiR0FVX3lxTE5vbmUgb2Y?oc=5",
		"https://www.youtube.com/watch?v=abc":                                                      "https://www.youtube.com/watch?v=abc",
		"https://t.me/channel/12?q=1":                                                              "https://t.me/channel/12?q=1",
		"https://e.org/go?url=https://other.example/":                                              "https://e.org/go?url=https://other.example/",
		"%zz": "%zz",
	} {
		if got := news.CleanLink(link); got != want {
			t.Errorf("CleanLink(%q) = %q, want %q", link, got, want)
		}
		if got := news.CanonicalLink(news.CleanLink(link)); got != news.CanonicalLink(link) {
			t.Errorf("%q: cleaned it is %q, as it came %q", link, got, news.CanonicalLink(link))
		}
	}
}

func FuzzCleanLink(f *testing.F) {
	for _, s := range []string{"https://e.org/a?utm_source=x#b", "https://www.google.com/url?q=https://e.org", "https://href.li/?https://href.li/?https://e.org", "https://e.org/%zz?a&b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := news.CleanLink(s)
		if twice := news.CleanLink(once); twice != once && strings.Count(once, "http") < 8 {
			t.Errorf("CleanLink(%q) = %q, and again %q", s, once, twice)
		}
	})
}
