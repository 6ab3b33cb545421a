package fetch

import (
	"net"
	"net/http"
	"net/netip"
	"time"

	"code.dny.dev/ssrf"

	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A guarded transport connects to public addresses only, and from the address
// in rules.yaml also to those that are allowed although they are not public:
// a feed of the intranet may be read, but no feed of the internet may send us
// there. Each has its own connections, so that none is handed on.
type guarded struct {
	public  http.RoundTripper
	allowed http.RoundTripper
}

// newGuarded returns a guarded transport. The address is checked when it is
// dialled, after names were resolved: whatever its spelling, and whatever a
// name server said a moment before.
func newGuarded(private []netip.Prefix, timeout time.Duration) guarded {
	var v4, v6 []netip.Prefix
	for _, p := range private {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return guarded{
		public:  newTransport(ssrf.New(ssrf.WithAnyPort()), timeout),
		allowed: newTransport(ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)), timeout),
	}
}

// newTransport returns a transport that dials what guard finds safe. It asks
// no proxy, which would dial for it unguarded.
func newTransport(guard *ssrf.Guardian, timeout time.Duration) *http.Transport {
	dialer := net.Dialer{Timeout: timeout, Control: guard.Safe}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    timeout,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    4,
		MaxConnsPerHost:        8, // many feeds of one host are no reason to storm it
		IdleConnTimeout:        90 * time.Second,
	}
}

// RoundTrip implements [http.RoundTripper].
func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Context().Value(elsewhere{}) != nil {
		return g.public.RoundTrip(r)
	}
	for hop := r; hop.Response != nil; hop = hop.Response.Request {
		if hop.URL.Host != hop.Response.Request.URL.Host {
			return g.public.RoundTrip(r)
		}
	}
	return g.allowed.RoundTrip(r)
}

// checkRedirect refuses to follow for ever, and out of the web. The login of
// the feed goes to no other host than its own, and not in clear if it did not.
func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return &Trouble{Text: "it redirects again and again; look up the feed's address in a browser", Pace: pace.Slow}
	}
	if r.URL.Scheme != "http" && r.URL.Scheme != "https" {
		return &Trouble{Text: "it redirects to an address that is not on the web; look up the feed's address in a browser", Pace: pace.Slow}
	}
	if from := via[0].URL; r.URL.Host != from.Host || r.URL.Scheme != "https" && from.Scheme == "https" {
		r.Header.Del("Authorization")
		r.Header.Del("Referer") // it has the query of the feed's address, and that may hold a token
	}
	return nil
}
