package watcher

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// identify sets the ID of each of the items of one reading and leaves out
// those that are there twice. Outlets edit titles, so the title is no part of
// what an item is known by; but where one guid or link stands for several
// titles at once, only the titles tell the items apart.
func identify(items []news.Item) []news.Item {
	titles := map[string]string{}
	ambiguous := map[string]bool{}
	for _, it := range items {
		k := key(it)
		if title, ok := titles[k]; ok && title != it.Title {
			ambiguous[k] = true
		}
		titles[k] = it.Title
	}
	seen := make(map[string]bool, len(items))
	kept := items[:0]
	for _, it := range items {
		k := key(it)
		if ambiguous[k] {
			k += "\x00" + it.Title
		}
		if it.ID = news.ItemID(it.Feed, k); !seen[it.ID] {
			seen[it.ID] = true
			kept = append(kept, it)
		}
	}
	return kept
}

// key returns what the feed knows an item by: its guid, else its link, else
// its title.
func key(it news.Item) string {
	switch {
	case it.GUID != "":
		return revision.ReplaceAllString(it.GUID, "$1")
	case it.Link != "":
		return canonicalLink(it.Link)
	default:
		return it.Title
	}
}

// revision is the counter that some outlets (the BBC is one) append to the
// guid, which is a link, each time they edit the item.
var revision = regexp.MustCompile(`^(https?://.*)#\d{1,2}$`)

// canonicalLink returns a link without what does not change where it leads:
// the fragment, and parameters that only say where the reader came from. The
// others stay: for some sites they are all that tells items apart.
func canonicalLink(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(u.Host), ":80"), ":443")
	u.Scheme = "https"
	if u.Path == "" {
		u.Path = "/"
	}
	if u.RawQuery != "" {
		kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), isTracking)
		u.RawQuery = strings.Join(kept, "&")
	}
	u.ForceQuery = false
	return u.String()
}

// isTracking tells whether a parameter, as "name=value", only says where the
// reader came from.
func isTracking(parameter string) bool {
	name, value, _ := strings.Cut(strings.ToLower(parameter), "=")
	switch name {
	case "", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "cmpid", "cmp", "ito", "ncid", "smid", "xtor", "_ga", "ocid", "feedtype", "wt.mc_id", "traffic_source":
		return true
	case "ref", "rss", "from", "source", "src", "partner":
		return value == "rss" || value == "feed" || value == "rss2" || value == "1" && name == "rss"
	}
	for _, prefix := range []string{"utm_", "ns_", "at_", "pk_", "mtm_"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// checksum returns the SHA-256 of data in hexadecimal digits.
func checksum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
