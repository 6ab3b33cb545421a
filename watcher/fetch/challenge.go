package fetch

import (
	"bytes"
	"net/http"
	"strings"
)

// pageBytes is how much of a page is looked through for who made it.
const pageBytes = 64 << 10

// A gatekeeper is a service that sites put before themselves, and that may ask
// visitors to prove that they are people.
type gatekeeper struct {
	name   string
	header string   // that stands in such an answer and no other
	server string   // how the header Server begins, in lower case
	marks  []string // one of which stands in such a page
}

// gatekeepers are those that outlets use, by the marks that their pages have had
// for years.
var gatekeepers = []gatekeeper{
	{name: "Cloudflare", header: "Cf-Mitigated", marks: []string{"/cdn-cgi/challenge-platform/", "<title>Just a moment...</title>", "Attention Required! | Cloudflare", "cf-chl-", "cf_chl_opt"}},
	{name: "DDoS-Guard", server: "ddos-guard", marks: []string{"/.well-known/ddos-guard/", "<title>DDoS-Guard</title>"}},
	{name: "Qrator", server: "qrator", marks: []string{"/__qrator/"}},
	{name: "StormWall", server: "stormwall", marks: []string{"StormWall"}},
	{name: "Akamai", server: "akamaighost", marks: []string{"https://errors.edgesuite.net/"}},
	{name: "Imperva", marks: []string{"_Incapsula_Resource", "Incapsula incident ID"}},
	{name: "Sucuri", header: "X-Sucuri-Block", marks: []string{"sucuri_cloudproxy_js", "Sucuri Website Firewall"}},
	{name: "Amazon's firewall", header: "X-Amzn-Waf-Action", marks: []string{".awswaf.com/"}},
	{name: "Vercel", header: "X-Vercel-Mitigated", marks: []string{"Vercel Security Checkpoint"}},
	{name: "DataDome", marks: []string{"captcha-delivery.com"}},
	{name: "HUMAN", marks: []string{"px-captcha"}},
	{name: "Anubis", marks: []string{"/.within.website/x/cmd/anubis/"}},
}

// Gatekeeper returns which service made a page that is there to keep programs
// out, "" if it is another page.
func Gatekeeper(page []byte) string {
	page = page[:min(len(page), pageBytes)]
	for _, g := range gatekeepers {
		for _, mark := range g.marks {
			if bytes.Contains(page, []byte(mark)) {
				return g.name
			}
		}
	}
	return ""
}

// gatekeeperOf returns which service refused us, by its headers or the
// beginning of its page; "" if it was the site itself.
func gatekeeperOf(header http.Header, page []byte) string {
	server := strings.ToLower(header.Get("Server"))
	for _, g := range gatekeepers {
		if g.header != "" && header.Get(g.header) != "" || g.server != "" && strings.HasPrefix(server, g.server) {
			return g.name
		}
	}
	return Gatekeeper(page)
}

// KeptOut says that a gatekeeper lets no program through, and what to do.
func KeptOut(gatekeeper string) string {
	return gatekeeper + " keeps programs out of this site; ask the publisher to let feed readers in, or see docs/feeds.md"
}

// keptOut reports whether a status is one with which gatekeepers refuse.
func keptOut(status int) bool {
	switch status {
	case http.StatusAccepted, http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return true
	}
	return false
}
