package login

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// hosts are the names under which the page may be asked for where nobody has to say
// who they are. A site that gives its own name the address of this machine could
// else read the page through the browser of whoever visits it (DNS rebinding).
type hosts struct {
	loopback bool            // only this machine reaches the page
	known    map[string]bool // those of the addresses that are set
}

func newHosts(listen string, urls []string) hosts {
	h := hosts{loopback: Loopback(listen), known: map[string]bool{}}
	for _, address := range urls {
		if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
			h.known[strings.ToLower(u.Hostname())] = true
		}
	}
	return h
}

// Loopback reports whether only this machine reaches an address to listen at.
func Loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	ip, wrong := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || wrong == nil && ip.Unmap().IsLoopback())
}

// admits reports whether the page may be asked for under a name. Where others reach
// it, it may be by any address and by a name without a dot as well: nobody outside
// can have such a name.
func (h hosts) admits(host string) bool {
	name := hostName(host)
	_, err := netip.ParseAddr(name)
	return isOwn(name) || h.known[name] || !h.loopback && name != "" && (err == nil || !strings.Contains(name, "."))
}

// hostName returns the name, or the address, of a Host header, in small letters.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// isOwn reports whether every machine calls itself by a name, or has an address.
func isOwn(name string) bool {
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && ip.Unmap().IsLoopback()
}

// peer returns the address at the other end of the connection.
func peer(r *http.Request) netip.Addr {
	ap, _ := netip.ParseAddrPort(r.RemoteAddr)
	return ap.Addr().Unmap().WithZone("")
}

// isAmong reports whether one of networks has an address.
func isAmong(ip netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(ip) {
			return true
		}
	}
	return false
}

// addressOf returns the address from which somebody asks: through proxies that are
// believed, the last one that none of them has.
func addressOf(r *http.Request, proxies []netip.Prefix) string {
	ip := peer(r)
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && isAmong(ip, proxies); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = hop.Unmap().WithZone("")
	}
	if !ip.IsValid() {
		return "unknown"
	}
	return ip.String()
}

// printable writes a text of an asker's for a message: short, and in quotes.
func printable(s string) string { return strconv.QuoteToASCII(cut(s, 100)) }
