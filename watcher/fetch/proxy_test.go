package fetch_test

import (
	"bufio"
	"io"
	stdlog "log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// asked keeps what a proxy was asked for.
type asked struct {
	mu   sync.Mutex
	what []string
}

func (a *asked) add(s string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.what = append(a.what, s)
}

func (a *asked) take() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer func() { a.what = nil }()
	return strings.Join(a.what, " ")
}

// httpProxy is a proxy of HTTP that wants a login and answers by itself.
func httpProxy(t *testing.T, log *asked) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		log.add(r.Method + " " + r.RequestURI)
		if r.Header.Get("Proxy-Authorization") != "Basic ZGVzazpodXNo" { // desk:hush
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		io.WriteString(w, rss(""))
	}))
	t.Cleanup(s.Close)
	return strings.Replace(s.URL, "http://", "http://desk:hush@", 1)
}

// socksProxy is a proxy of SOCKS 5 that answers by itself.
func socksProxy(t *testing.T, log *asked) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serveSOCKS(c, log)
		}
	}()
	return l.Addr().String()
}

func serveSOCKS(c net.Conn, log *asked) {
	defer c.Close()
	r := bufio.NewReader(c)
	hello := make([]byte, 2)
	if _, err := io.ReadFull(r, hello); err != nil {
		return
	}
	r.Discard(int(hello[1]))
	c.Write([]byte{5, 0})
	head := make([]byte, 5) // version, command, zero, kind of address, length of the name
	if _, err := io.ReadFull(r, head); err != nil {
		return
	}
	name := make([]byte, int(head[4])+2)
	if _, err := io.ReadFull(r, name); err != nil {
		return
	}
	log.add("SOCKS " + string(name[:head[4]]))
	c.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	if _, err := http.ReadRequest(r); err != nil {
		return
	}
	io.WriteString(c, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"+rss(""))
}

func TestProxy(t *testing.T) {
	var log asked
	web, socks := httpProxy(t, &log), socksProxy(t, &log)
	env := func(name string) string {
		return map[string]string{"FEED_WEB": web, "FEED_SOCKS": "socks5h://" + socks, "FEED_BAD": "ftp://u:hush@x"}[name]
	}
	closed := httptest.NewServer(nil)
	closed.Close()
	variable := func(name string) news.Value { return news.Value{Env: name} }
	for _, tt := range []struct {
		name    string
		url     string
		proxy   news.Value
		options fetch.Options
		asked   string
		trouble string
	}{
		{"http", "http://wire.invalid/feed", variable("FEED_WEB"), fetch.Options{}, "GET http://wire.invalid/feed", ""},
		{"https over http", "https://wire.invalid/feed", variable("FEED_WEB"), fetch.Options{}, "CONNECT wire.invalid:443", "broke off|does not speak TLS|proxy|could not be read"},
		{"socks", "http://wire.invalid/feed", variable("FEED_SOCKS"), fetch.Options{}, "SOCKS wire.invalid", ""},
		{"of rules.yaml, allowed", "http://wire.invalid/feed", plain(web), fetch.Options{Private: loopback}, "GET http://wire.invalid/feed", ""},
		{"of rules.yaml, not allowed", "http://wire.invalid/feed", plain(web), fetch.Options{}, "", "not public"},
		{"of all", "http://wire.invalid/feed", news.Value{}, fetch.Options{Proxy: only(web)}, "GET http://wire.invalid/feed", ""},
		{"of one, where there is one of all", "http://wire.invalid/feed", variable("FEED_SOCKS"), fetch.Options{Proxy: only(web)}, "SOCKS wire.invalid", ""},
		{"without its login", "http://wire.invalid/feed", plain(strings.Replace(web, "desk:hush@", "", 1)), fetch.Options{Private: loopback}, "GET http://wire.invalid/feed", "HTTP 407: the proxy of this feed asks for a login"},
		{"that is down", "http://wire.invalid/feed", plain(closed.URL), fetch.Options{Private: loopback}, "", "the proxy of this feed cannot be reached"},
		{"no proxy", "http://wire.invalid/feed", variable("FEED_BAD"), fetch.Options{}, "", "the variable FEED_BAD holds no address of a proxy"},
		// What the guard sees of where a proxy is to go.
		{"to this machine", "http://127.0.0.1:1/feed", variable("FEED_WEB"), fetch.Options{}, "", "not public"},
		{"to its name", "http://localhost/feed", variable("FEED_SOCKS"), fetch.Options{}, "", "not public"},
		{"to metadata", "http://169.254.169.254/latest", variable("FEED_WEB"), fetch.Options{Private: loopback}, "", "not public"},
		{"to a mapped address", "http://[::ffff:10.0.0.1]/", variable("FEED_WEB"), fetch.Options{}, "", "not public"},
		{"to a short address", "http://127.1/feed", variable("FEED_SOCKS"), fetch.Options{}, "", "not public"},
		{"to a number", "http://2130706433/feed", variable("FEED_SOCKS"), fetch.Options{}, "", "not public"},
		{"to a hexadecimal one", "http://0x7f.1/feed", variable("FEED_SOCKS"), fetch.Options{}, "", "not public"},
		{"to a name inside", "http://vault.internal./feed", variable("FEED_SOCKS"), fetch.Options{}, "", "not public"},
		{"to a bare name", "http://intranet/feed", variable("FEED_SOCKS"), fetch.Options{}, "", "not public"},
		{"to a private address that is allowed", "http://127.0.0.1:1/feed", variable("FEED_WEB"), fetch.Options{Private: loopback}, "GET http://127.0.0.1:1/feed", ""},
		{"sent on to a private one", "http://wire.invalid/?to=http://127.0.0.1:1/x", variable("FEED_WEB"), fetch.Options{Private: loopback}, "GET http://wire.invalid/?to=http://127.0.0.1:1/x", "not public"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.options.Env = env
			log.take()
			_, err := asks(t, tt.options, tt.url, news.Access{Proxy: tt.proxy})
			if got := log.take(); got != tt.asked {
				t.Errorf("the proxy was asked for %q, want %q (%v)", got, tt.asked, err)
			}
			if (err == nil) != (tt.trouble == "") || err != nil && !anyIn(err.Error(), tt.trouble) || err != nil && strings.Contains(err.Error(), "hush") {
				t.Errorf("trouble %v, want %q", err, tt.trouble)
			}
		})
	}
}

// only returns the proxy of all feeds.
func only(address string) func(*url.URL) (*url.URL, error) {
	return func(*url.URL) (*url.URL, error) { return url.Parse(address) }
}

// anyIn reports whether s contains one of wants, which are parted by bars.
func anyIn(s, wants string) bool {
	for want := range strings.SplitSeq(wants, "|") {
		if strings.Contains(s, want) {
			return true
		}
	}
	return false
}

// tunnel is a proxy that leads every host to the one server at address.
func tunnel(t *testing.T, address string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		client, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer client.Close()
		server, err := net.Dial("tcp", address)
		if err != nil {
			return
		}
		defer server.Close()
		io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
		go io.Copy(server, client)
		io.Copy(client, server)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// That the certificate of a feed need not be valid is said of its host, and of no
// other that it sends us on to.
func TestInsecureIsOfOneHost(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "https://other.invalid/", http.StatusFound)
			return
		}
		io.WriteString(w, rss(""))
	}))
	s.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	proxy := tunnel(t, s.Listener.Addr().String())
	o := fetch.Options{Env: func(string) string { return proxy }}
	a := news.Access{Insecure: true, Proxy: news.Value{Env: "FEED_PROXY"}}
	if _, err := asks(t, o, "https://wire.invalid/", a); err != nil {
		t.Errorf("not read: %v", err)
	}
	if _, err := asks(t, o, "https://wire.invalid/away", a); err == nil || !strings.Contains(err.Error(), "certificate of") {
		t.Errorf("sent on to another host: %v, want that its certificate is not valid", err)
	}
}
