package fetch

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"code.dny.dev/ssrf"

	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A guarded transport connects to public addresses only, and from the address
// in rules.yaml also to those that are allowed although they are not public:
// a feed of the intranet may be read, but no feed of the internet may send us
// there. Each has its own connections, so that none is handed on.
type guarded struct {
	abroad, within  *ssrf.Guardian // without and with those networks
	public, allowed *http.Transport
	proxy           func(*url.URL) (*url.URL, error) // of all feeds; nil for none
	timeout         time.Duration

	mu     sync.Mutex
	routes map[route]*http.Transport
}

// newGuarded returns a guarded transport. The address is checked when it is
// dialled, after names were resolved: whatever its spelling, and whatever a
// name server said a moment before.
func newGuarded(o Options) *guarded {
	var v4, v6 []netip.Prefix
	for _, p := range o.Private {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	g := &guarded{
		abroad: ssrf.New(ssrf.WithAnyPort()),
		within: ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)),
		proxy:  o.Proxy, timeout: o.Timeout, routes: map[route]*http.Transport{},
	}
	g.public, g.allowed = newTransport(g.abroad, o.Timeout), newTransport(g.within, o.Timeout)
	return g
}

// newTransport returns a transport that dials what guard finds safe.
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
func (g *guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	w, known := r.Context().Value(wayOf{}).(*way)
	if !known {
		return g.public.RoundTrip(r)
	}
	to := route{private: w.private && !hasLeft(r), trusted: w.trusted, insecure: w.insecure && w.atHome(r.URL)}
	proxy := w.proxy
	if proxy == nil && g.proxy != nil {
		var err error
		if proxy, err = g.proxy(r.URL); err != nil {
			return nil, &Trouble{Text: "the proxy of the settings has no address that can be read; correct COUPWATCH_PROXY or HTTPS_PROXY"}
		}
		to.trusted = true
	}
	switch {
	case proxy != nil || to.insecure:
		return g.over(r, proxy, to)
	case to.private:
		return g.allowed.RoundTrip(r)
	}
	return g.public.RoundTrip(r)
}

// hasLeft reports whether a request was sent on from one host to another.
func hasLeft(r *http.Request) bool {
	for hop := r; hop.Response != nil; hop = hop.Response.Request {
		if hop.URL.Host != hop.Response.Request.URL.Host {
			return true
		}
	}
	return false
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
		if w, ok := r.Context().Value(wayOf{}).(*way); ok {
			for _, name := range w.headers {
				r.Header.Del(name)
			}
		}
	}
	return nil
}
