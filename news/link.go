package news

import (
	"net/url"
	"slices"
	"strings"
)

// CanonicalLink returns a link without what does not change where it leads:
// the fragment, parameters that only say where the reader came from, the marks
// of a page for telephones (AMP, "m." and the like), "www." and a closing
// slash. A link through a redirector that carries the target gives the target.
// All other parameters stay: for some sites they are all that tells items
// apart. What it returns tells links apart; it need not lead anywhere itself.
func CanonicalLink(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	for target := unwrapped(u); target != nil; target = unwrapped(u) { // one redirector may lead to another
		u = target
	}
	u.Fragment, u.RawFragment = "", ""
	u.Scheme = "https"
	u.Host = canonicalHost(u.Host)
	u.RawPath = canonicalPath(u.EscapedPath())
	if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
		return link
	}
	if u.RawQuery != "" {
		kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), isTracking)
		u.RawQuery = strings.Join(kept, "&")
	}
	u.ForceQuery = false
	return u.String()
}

// unwrapped returns where a redirector or a cache of pages for telephones
// leads, or nil if u is of neither.
func unwrapped(u *url.URL) *url.URL {
	host := canonicalHost(u.Host)
	if strings.HasSuffix(host, ".cdn.ampproject.org") {
		_, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/") // after the kind of what is cached, "c" or "v"
		return fromPath(rest, u.RawQuery)
	}
	google := strings.HasPrefix(host, "google.")
	if rest, ok := strings.CutPrefix(u.Path, "/amp/"); ok && google {
		return fromPath(rest, u.RawQuery)
	}
	if !google && !slices.Contains(redirectors, host) {
		return nil
	}
	for _, name := range []string{"url", "u", "q"} {
		target, err := url.Parse(u.Query().Get(name))
		if err == nil && target.Host != "" && (target.Scheme == "http" || target.Scheme == "https") {
			return target
		}
	}
	return nil
}

// redirectors are hosts whose links carry their target as a parameter, beside
// those of Google in all countries.
var redirectors = []string{
	"news.google.com", "feedproxy.google.com", "feeds.feedburner.com", "feedburner.com", "bing.com",
	"l.facebook.com", "lm.facebook.com", "out.reddit.com", "news.yahoo.com", "r.search.yahoo.com", "vk.com",
}

// fromPath returns the link that a path of a cache holds: "s/e.org/a" for
// https://e.org/a. It returns nil if it holds none.
func fromPath(path, query string) *url.URL {
	path = strings.TrimPrefix(path, "s/")
	host, rest, _ := strings.Cut(path, "/")
	if !strings.Contains(host, ".") {
		return nil
	}
	return &url.URL{Host: host, Path: "/" + rest, RawQuery: query}
}

// canonicalHost returns host in lower case, without a usual port and without
// the labels that say on what a page is read.
func canonicalHost(host string) string {
	host = strings.ToLower(host)
	host = strings.TrimSuffix(strings.TrimSuffix(host, ":80"), ":443")
	labels := strings.Split(host, ".")
	for i := 0; i < len(labels)-2; {
		if slices.Contains([]string{"www", "m", "mobile", "amp"}, labels[i]) {
			labels = slices.Delete(labels, i, i+1)
		} else {
			i++
		}
	}
	return strings.Join(labels, ".")
}

// canonicalPath returns path without what marks a page as AMP and without
// slashes at its end.
func canonicalPath(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	if len(segments) > 1 {
		segments = slices.DeleteFunc(segments, func(s string) bool { return s == "amp" })
	}
	path = "/" + strings.Join(segments, "/")
	if page, ok := strings.CutSuffix(path, ".amp.html"); ok {
		return page + ".html"
	}
	return strings.TrimSuffix(path, ".amp")
}

// isTracking tells whether a parameter, as "name=value", only says where the
// reader came from or on what the page is read.
func isTracking(parameter string) bool {
	name, value, _ := strings.Cut(strings.ToLower(parameter), "=")
	switch name {
	case "", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "cmp", "ito", "ncid", "smid", "xtor", "_ga", "ocid", "feedtype", "wt.mc_id", "traffic_source":
		return true
	case "ref", "rss", "from", "source", "src", "partner":
		return value == "rss" || value == "feed" || value == "rss2" || value == "1" && name == "rss"
	case "amp":
		return value == "" || value == "1" || value == "true"
	case "outputtype":
		return value == "amp"
	case "amp_js_v", "amp_gsa", "usqp":
		return true
	}
	for _, prefix := range []string{"utm_", "ns_", "at_", "pk_", "mtm_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}
