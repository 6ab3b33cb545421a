package watcher

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"

	"github.com/coupwatch/coupwatch/news"
)

// siteURL returns against what the links of a feed are resolved that was read
// from address: the site that it says it is of, for many feeds come from
// another host than their articles.
func siteURL(site, address string) *url.URL {
	base := publicURL(address)
	u, err := parseLink(site)
	if err != nil || site == "" {
		return base
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return base
	}
	u.User = nil
	return u
}

// link returns the first of the item's links that people can follow, and else
// its id if that may be one, to the outlet itself; see [news.CleanLink].
func link(r rawItem, base *url.URL) string {
	for _, l := range r.links {
		if l = absolute(l, base); l != "" {
			return l
		}
	}
	if r.permalink && strings.Contains(r.id, "://") {
		return absolute(r.id, base)
	}
	return ""
}

// absolute returns a link resolved against base, or "" if it is none or not
// one of the web.
func absolute(link string, base *url.URL) string {
	if link = strings.TrimSpace(link); link == "" || len(link) > maxLink {
		return ""
	}
	u, err := parseLink(link)
	if err != nil {
		return ""
	}
	u.User = nil
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	if host, err := idna.Lookup.ToASCII(u.Hostname()); err == nil && host != u.Hostname() {
		u.Host = strings.Replace(u.Host, u.Hostname(), host, 1)
	}
	return news.CleanLink(u.String())
}

var (
	barePercent = regexp.MustCompile(`%([^0-9A-Fa-f]|[0-9A-Fa-f]?$|[0-9A-Fa-f][^0-9A-Fa-f])`)
	oneSlash    = regexp.MustCompile(`^(https?):/([^/])`)
	another     = regexp.MustCompile(`\s+https?://`)
)

// parseLink parses a link as people type it: escaped twice, with a percent
// sign that is none of an escape, with one slash too few, or with a second
// link behind it.
func parseLink(link string) (*url.URL, error) {
	link = strings.TrimSpace(link)
	if i := another.FindStringIndex(link); i != nil {
		link = link[:i[0]]
	}
	link = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return -1
		}
		return r
	}, strings.ReplaceAll(link, "&amp;", "&"))
	link = oneSlash.ReplaceAllString(strings.ReplaceAll(link, " ", "%20"), "$1://$2")
	for barePercent.MatchString(link) {
		link = barePercent.ReplaceAllString(link, "%25$1")
	}
	return url.Parse(link)
}
