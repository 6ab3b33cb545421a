package fetch

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// movedTo returns where the server of the feed says, with the answer that came
// in the end, that the feed lies from now on (301 and 308); "" if it does not. An
// address that holds a secret, such as a signature that ends, is none to keep.
func movedTo(resp *http.Response) string {
	var hops []*http.Request // that a server sent us on to, the last first
	for r := resp.Request; r.Response != nil; r = r.Response.Request {
		hops = append(hops, r)
	}
	to := ""
	for _, r := range slices.Backward(hops) {
		if code := r.Response.StatusCode; code != http.StatusMovedPermanently && code != http.StatusPermanentRedirect {
			break
		}
		to = r.URL.String()
	}
	if plain, secrets := news.SplitSecrets(to); secrets != "" || len(to) > maxAddress || plain != to {
		return ""
	}
	return to
}

// maxAddress is the longest address that is remembered.
const maxAddress = 2048

// address returns where to ask for the feed f: where it is known to have moved,
// or, in turn with that when it fails there, where rules.yaml has it. Who needs a
// login asks there always, and is sent on.
func address(f news.FeedState) (url string, moved bool) {
	if f.Moved.Settled() && f.Failures%2 == 0 && f.Login == "" && !f.Access.Secret() {
		return f.Moved.To, true
	}
	return f.URL, false
}

// sameHost reports whether two addresses are of one host.
func sameHost(a, b string) bool {
	from, err := url.Parse(a)
	to, wrong := url.Parse(b)
	return err == nil && wrong == nil && strings.EqualFold(from.Host, to.Host)
}
