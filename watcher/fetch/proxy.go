package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// IsProxy reports whether u is the address of a proxy that can be asked over: with a
// port, which each kind of proxy has another of.
func IsProxy(u *url.URL) bool {
	return u != nil && u.Hostname() != "" && u.Port() != "" && slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme)
}

// A route is what a transport of its own is made for: requests over a proxy, or
// to a host whose certificate need not be valid.
type route struct {
	proxy    string // its address with its login; "" for none
	trusted  bool
	private  bool // for requests that may go to private networks that are allowed
	insecure bool
}

// maxRoutes is how many transports are kept; who has more proxies than that
// connects anew each time.
const maxRoutes = 64

// over sends a request over a proxy, or without looking at the certificate. Who
// dials the target is the proxy, so the guard looks at what it can see before: at
// addresses, at names that are of no public host, and, unless the proxy is to
// resolve them (socks5h), at what names resolve to here.
func (g *guarded) over(r *http.Request, proxy *url.URL, to route) (*http.Response, error) {
	if proxy != nil {
		to.proxy = proxy.String()
		if err := g.guardian(to.private).reaches(r.Context(), r.URL.Hostname(), proxy.Scheme == "socks5h"); err != nil {
			return nil, err
		}
	}
	return g.transport(proxy, to).RoundTrip(r)
}

// transport returns the transport of a route, a new one the first time.
func (g *guarded) transport(proxy *url.URL, to route) *http.Transport {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t := g.routes[to]; t != nil {
		return t
	}
	guard := g.guardian(to.private || proxy != nil) // a proxy of rules.yaml may lie where feeds may
	t := newTransport(guard.Guardian, g.timeout)
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
		if to.trusted {
			t.DialContext = (&net.Dialer{Timeout: g.timeout}).DialContext
		}
	}
	if to.insecure {
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} // as rules.yaml says of this feed
	}
	if len(g.routes) >= maxRoutes {
		for old, transport := range g.routes {
			transport.CloseIdleConnections()
			delete(g.routes, old)
			break
		}
	}
	g.routes[to] = t
	return t
}

// A guardian says which addresses may be reached.
type guardian struct{ *ssrf.Guardian }

// guardian returns who guards requests that may go to allowed private networks,
// or may not.
func (g *guarded) guardian(private bool) guardian {
	if private {
		return guardian{g.within}
	}
	return guardian{g.abroad}
}

// namesInside are endings of names that are of no public host.
var namesInside = []string{"localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp"}

// endsInNumber finds hosts that some resolvers read as an address of IPv4,
// however it is written: 127.1, 2130706433, 0x7f.1.
var endsInNumber = regexp.MustCompile(`(?i)(^|\.)([0-9]+|0x[0-9a-f]*)$`)

// lookupTime is how long it may take to resolve a name that a proxy is asked for.
const lookupTime = 5 * time.Second

// reaches returns an error if a proxy must not be asked for host. A name that does
// not resolve here is for the proxy to resolve: it may be in a network of its own,
// such as that of Tor.
func (g guardian) reaches(ctx context.Context, host string, blind bool) error {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if ip, err := netip.ParseAddr(host); err == nil {
		return g.allows(ip)
	}
	inside := func(end string) bool { return host == end || strings.HasSuffix(host, "."+end) }
	if endsInNumber.MatchString(host) || !strings.Contains(host, ".") || slices.ContainsFunc(namesInside, inside) {
		return ssrf.ErrProhibitedIP
	}
	if blind {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	ips, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil //nolint:nilerr // see above
	}
	for _, ip := range ips {
		if err := g.allows(ip); err != nil {
			return err
		}
	}
	return nil
}

// allows returns an error if an address must not be reached.
func (g guardian) allows(ip netip.Addr) error {
	network := "tcp4"
	if ip = ip.Unmap(); ip.Is6() {
		network = "tcp6"
	}
	return g.Safe(network, netip.AddrPortFrom(ip, 80).String(), nil)
}

// ofProxy reports whether an error is of a proxy, or of the way to it.
func ofProxy(err error) bool {
	op := (*net.OpError)(nil)
	return errors.As(err, &op) && (op.Op == "proxyconnect" || strings.HasPrefix(op.Op, "socks"))
}
