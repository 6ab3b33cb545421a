package web

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// rootFor returns where the page lies, for links in what is taken along: as it is set,
// else as it was asked for, if that is by an address of this machine; else by the
// address to which the request came. Any other name is the asker's word, and a cache
// or a proxy may hand it on to others.
func (s site) rootFor(r *http.Request) string {
	if s.root != "" {
		return s.root
	}
	scheme := "http://"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if at == nil {
		return scheme + "localhost"
	}
	if isOurs(r.Host, at.String()) {
		return scheme + r.Host
	}
	return scheme + at.String()
}

// isOurs reports whether a host, with a port or without, is this machine, on which a
// request came to the address at.
func isOurs(host, at string) bool {
	name := host
	if cut, _, err := net.SplitHostPort(host); err == nil {
		name = cut
	}
	ip, err := netip.ParseAddr(strings.Trim(name, "[]"))
	here, _ := netip.ParseAddrPort(at)
	return name == "localhost" || err == nil && (ip.IsLoopback() || ip.Unmap() == here.Addr().Unmap())
}
