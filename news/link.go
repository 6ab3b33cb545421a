package news

import (
	"net/url"
	"slices"
	"strings"
)

// CanonicalLink returns a link without what does not change where it leads:
// the fragment, and parameters that only say where the reader came from. The
// others stay: for some sites they are all that tells items apart.
func CanonicalLink(link string) string {
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
