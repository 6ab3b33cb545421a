package news

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// unwrapped returns where u leads in the end, if it is of redirectors that
// carry the target, and else u.
func unwrapped(u *url.URL) *url.URL {
	for range 8 { // one redirector may lead to another
		next := target(u)
		if next == nil {
			return u
		}
		u = next
	}
	return u
}

// target returns where a redirector or a cache of pages for telephones leads,
// or nil if u is of neither.
func target(u *url.URL) *url.URL {
	host := canonicalHost(u.Host)
	switch {
	case strings.HasSuffix(host, ".cdn.ampproject.org"):
		_, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/") // after the kind of what is cached, "c" or "v"
		return fromPath(rest, u.RawQuery)
	case host == "news.google.com":
		if t := fromGoogleNews(u.Path); t != nil {
			return t
		}
	case host == "urldefense.com" || host == "urldefense.proofpoint.com":
		return fromURLDefense(u)
	case host == "r.search.yahoo.com":
		return fromYahoo(u.EscapedPath())
	case host == "href.li":
		return webLink(u.RawQuery)
	}
	google := strings.HasPrefix(host, "google.")
	if rest, ok := strings.CutPrefix(u.Path, "/amp/"); ok && google {
		return fromPath(rest, u.RawQuery)
	}
	if !google && !strings.HasSuffix(host, ".safelinks.protection.outlook.com") && !slices.Contains(redirectors, host) {
		return nil
	}
	for _, name := range []string{"url", "u", "q", "to", "z", "uddg", "RU"} {
		if t := webLink(u.Query().Get(name)); t != nil {
			return t
		}
	}
	return nil
}

// redirectors are hosts whose links carry their target as a parameter, beside
// those of Google in all countries.
var redirectors = []string{
	"news.google.com", "feedproxy.google.com", "feeds.feedburner.com", "feedburner.com", "bing.com", "duckduckgo.com",
	"facebook.com", "l.facebook.com", "lm.facebook.com", "l.instagram.com", "l.threads.com", "youtube.com", "linkedin.com", "t.umblr.com",
	"out.reddit.com", "news.yahoo.com", "r.search.yahoo.com", "vk.com", "away.vk.com", "dzen.ru", "slack-redir.net", "medium.com", "exit.sc", "t.me",
}

// webLink returns s as a link to another site of the web, or nil if it is
// none.
func webLink(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// fromPath returns the link that a path of a cache holds: "s/e.org/a" for
// https://e.org/a. It returns nil if it holds none.
func fromPath(path, query string) *url.URL {
	path = strings.TrimPrefix(path, "s/")
	host, rest, _ := strings.Cut(path, "/")
	if !strings.Contains(host, ".") {
		return nil
	}
	return &url.URL{Scheme: "https", Host: host, Path: "/" + rest, RawQuery: query}
}

// fromYahoo returns the link in the path of a search result of Yahoo, between
// "RU=" and "/RK=".
func fromYahoo(path string) *url.URL {
	_, rest, _ := strings.Cut(path, "/RU=")
	escaped, _, _ := strings.Cut(rest, "/RK=")
	s, err := url.PathUnescape(escaped)
	if err != nil {
		return nil
	}
	return webLink(s)
}

// fromURLDefense returns the link in an address that a mail filter wrote: in
// its third version as it is, between "__" and "__;".
func fromURLDefense(u *url.URL) *url.URL {
	if _, rest, ok := strings.Cut(u.String(), "/v3/__"); ok {
		inner, _, _ := strings.Cut(rest, "__;")
		return webLink(inner)
	}
	return nil
}

// fromGoogleNews returns the link in the name of an article of Google News,
// as far as it holds one: until 2024 it did, since then only Google can tell.
func fromGoogleNews(path string) *url.URL {
	i := strings.LastIndex(path, "/articles/")
	if i < 0 {
		return nil
	}
	name := strings.TrimRight(path[i+len("/articles/"):], "=")
	data, err := base64.RawURLEncoding.DecodeString(name)
	if err != nil {
		return nil
	}
	return webLink(string(plainLink.Find(data)))
}

// plainLink is a link among other bytes.
var plainLink = regexp.MustCompile(`https?://[!-~]+`)
