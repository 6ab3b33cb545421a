package settings

import (
	"errors"
	"net/url"

	"golang.org/x/net/http/httpproxy"
)

// setProxy checks a proxy without ever showing it: it may hold a password.
func setProxy(s *Settings, v string) error {
	if v == "off" {
		s.Proxy = secret(v)
		return nil
	}
	if u, err := url.Parse(v); err == nil && v != "" && u.Host != "" && u.Port() == "" {
		return errors.New("it names no port; write one, such as socks5://127.0.0.1:9050")
	}
	return setURL("http https socks5 socks5h", func(s *Settings) *secret { return &s.Proxy })(s, v)
}

// ProxyFor returns the proxy over which an address is asked for, nil for none. It
// is the one of the settings or else of the machine, and never for addresses of
// this machine.
func (s Settings) ProxyFor() func(*url.URL) (*url.URL, error) {
	machine := httpproxy.Config{HTTPProxy: string(s.HTTPProxy), HTTPSProxy: string(s.HTTPSProxy), NoProxy: s.NoProxy}
	switch s.Proxy {
	case "":
	case "off":
		return nil
	default:
		machine.HTTPProxy, machine.HTTPSProxy = string(s.Proxy), string(s.Proxy)
	}
	if machine.HTTPProxy == "" && machine.HTTPSProxy == "" {
		return nil
	}
	return machine.ProxyFunc()
}
