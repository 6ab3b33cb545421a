package post

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/show"
)

// CheckServer says whether the server of an address, or the proxy on the way
// there, can be reached. The address is not shown.
func CheckServer(ctx context.Context, address string) []notify.Finding {
	u, err := url.Parse(address)
	if err != nil {
		return []notify.Finding{notify.Wrong("address", notify.OfChannel(WithoutURL(err)))}
	}
	what, host := "server "+show.Line(u.Hostname(), 100), u
	if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u}); err == nil && proxy != nil {
		what, host = "proxy "+show.Line(proxy.Hostname(), 100), proxy
	}
	port := host.Port()
	if port == "" {
		port = map[string]string{"http": "80", "socks5": "1080"}[host.Scheme]
	}
	if port == "" {
		port = "443"
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", net.JoinHostPort(host.Hostname(), port))
	if err != nil {
		return []notify.Finding{notify.Wrong(what, fmt.Errorf("%s cannot be reached: %w", what, WithoutURL(err)))}
	}
	_ = conn.Close() // nothing was said
	return []notify.Finding{notify.Right(what, "it can be reached; whether it takes alerts, a test message shows")}
}
