package news

import (
	"net/url"
	"slices"
	"strings"
)

// dropTracking takes away from u the parameters that only say where the reader
// came from.
func dropTracking(u *url.URL) {
	if u.RawQuery != "" {
		kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), isTracking)
		u.RawQuery = strings.Join(kept, "&")
	}
	u.ForceQuery = false
}

// isTracking tells whether a parameter, as "name=value", only says where the
// reader came from or on what the page is read.
func isTracking(parameter string) bool {
	name, value, _ := strings.Cut(strings.ToLower(parameter), "=")
	if slices.Contains(tracking, name) {
		return true
	}
	switch name {
	case "ref", "rss", "from", "source", "src", "partner", "via":
		return value == "rss" || value == "feed" || value == "rss2" || value == "1" && name == "rss"
	case "amp":
		return value == "" || value == "1" || value == "true"
	case "outputtype":
		return value == "amp"
	}
	return slices.ContainsFunc(trackingPrefixes, func(p string) bool { return strings.HasPrefix(name, p) })
}

// tracking are parameters of advertisers, newsletters and outlets that count
// where readers come from, and of pages for telephones.
var tracking = []string{
	"", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid", "ysclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok",
	"_ga", "_gl", "_hsenc", "_hsmi", "vero_id", "oly_enc_id", "oly_anon_id", "s_cid", "icid", "intcid", "ncid", "ocid", "cmpid", "cmp", "ito", "smid", "smtyp", "xtor",
	"wt.mc_id", "wt_mc", "wt.zmc", "maca", "ftag", "srnd", "taid", "sref", "dicbo", "trk", "guccounter", "guce_referrer", "guce_referrer_sig", "ref_src", "ref_url",
	"feedtype", "traffic_source", "wprov", "spm", "__twitter_impression", "amp_js_v", "amp_gsa", "usqp",
}

// trackingPrefixes begin the names of such parameters.
var trackingPrefixes = []string{"utm_", "ns_", "at_", "pk_", "mtm_", "hsa_", "stm_"}
