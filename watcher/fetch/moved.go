package fetch

import (
	"context"
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
	if f.Moved.Settled() && f.Failures%2 == 0 && f.Login == "" {
		return f.Moved.To, true
	}
	return f.URL, false
}

// elsewhere marks the context of a request that does not go to the address of
// rules.yaml, but to one that a server named.
type elsewhere struct{}

// sentTo returns ctx, marked if the address of the feed f is of another host than
// the one of rules.yaml: it may then lead to public addresses only, as redirects
// do.
func sentTo(ctx context.Context, f news.FeedState, address string) context.Context {
	from, err := url.Parse(f.URL)
	to, wrong := url.Parse(address)
	if err == nil && wrong == nil && strings.EqualFold(from.Host, to.Host) {
		return ctx
	}
	return context.WithValue(ctx, elsewhere{}, true)
}
