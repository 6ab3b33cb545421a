package news

import (
	"net/url"
	"slices"
	"strings"
)

// CanonicalLink returns a link without what does not change where it leads:
// the fragment, unless it is the page ("#!/a/1", "#/a/1"), parameters that only say where the reader came from, the marks
// of a page for telephones (AMP, "m." and the like), "www." and a closing
// slash. A link through a redirector that carries the target gives the target.
// All other parameters stay: for some sites they are all that tells items
// apart. What it returns tells links apart; it need not lead anywhere itself.
func CanonicalLink(link string) string {
	for range canonicalTurns {
		next := canonicalOnce(link)
		if next == link {
			break
		}
		link = next
	}
	return link
}

// canonicalTurns is how often a link is made canonical: what is taken off may lay
// bare what is to be taken off too. Two are enough for those that lead anywhere.
const canonicalTurns = 4

func canonicalOnce(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	u = unwrapped(u)
	u.Fragment, u.RawFragment = canonicalFragment(u), ""
	u.Scheme = "https"
	u.Host = canonicalHost(u.Host)
	u.RawPath = canonicalPath(u.EscapedPath())
	if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
		return link
	}
	dropTracking(u)
	return u.String()
}

// CleanLink returns a link as people are to see it: to the outlet itself and
// not through a redirector that carries the target, and without parameters
// that only say where the reader came from. It leads to the same page. What is
// no link it returns as it is.
func CleanLink(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	clean := *unwrapped(u)
	if clean.Scheme == "" && clean.Host != "" {
		clean.Scheme = "https"
	}
	dropTracking(&clean)
	if isTracking(clean.Fragment) {
		clean.Fragment, clean.RawFragment = "", ""
	}
	return clean.String()
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

// canonicalFragment returns what of u's fragment tells the page: all of it, but
// for closing slashes, where a program in the page reads it as a path.
func canonicalFragment(u *url.URL) string {
	page := strings.TrimRight(u.Fragment, "/")
	if path := strings.TrimPrefix(page, "!"); path == "" || path == page && !strings.HasPrefix(path, "/") {
		return ""
	}
	return page
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
