package fetch

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A way is how one feed is asked for, over all redirects. It goes with the
// context of its requests.
type way struct {
	home     *url.URL // the address of rules.yaml: headers, cookies and trust are for its host
	private  bool     // the first request may go to a private network that is allowed
	headers  []string // that are for its host only
	proxy    *url.URL // of this feed; nil for that of all
	trusted  bool     // the proxy was named by the operator, and so may lie anywhere
	insecure bool     // the certificate of home need not be valid
	digest   *proven  // who logs in by Digest; nil for nobody
}

// wayOf is the key of a way in a context.
type wayOf struct{}

// homeOf returns the address of rules.yaml; the empty one if it cannot be read.
func homeOf(address string) *url.URL {
	if u, err := url.Parse(address); err == nil {
		return u
	}
	return &url.URL{}
}

// atHome reports whether u is at the host of the feed.
func (w *way) atHome(u *url.URL) bool { return strings.EqualFold(u.Host, w.home.Host) }

// equip gives a request what the feed asks for besides. The error is a [*Trouble].
func (h *HTTP) equip(req *http.Request, jar http.CookieJar, a *news.Access) (w way, err error) {
	if a == nil {
		return w, nil
	}
	if a.UserAgent != "" {
		req.Header.Set("User-Agent", a.UserAgent)
	}
	value := func(v news.Value) (text string) {
		if err == nil {
			text, err = h.reveal(v)
		}
		return text
	}
	for _, field := range a.Headers {
		req.Header.Set(field.Name, value(field.Value))
		w.headers = append(w.headers, field.Name)
	}
	var cookies []*http.Cookie
	for _, field := range a.Cookies {
		cookies = append(cookies, &http.Cookie{Name: field.Name, Value: value(field.Value), Path: "/", Secure: req.URL.Scheme == "https"})
	}
	jar.SetCookies(req.URL, cookies)
	switch user, password := value(a.User), value(a.Password); {
	case a.User == news.Value{}:
	case a.Digest:
		w.digest = &proven{user: user, password: password}
	default:
		req.SetBasicAuth(user, password)
	}
	if a.Bearer != (news.Value{}) {
		req.Header.Set("Authorization", "Bearer "+value(a.Bearer))
	}
	if a.Proxy != (news.Value{}) {
		text := value(a.Proxy)
		w.trusted = a.Proxy.Text == ""
		if w.proxy, _ = url.Parse(text); err == nil && !IsProxy(w.proxy) {
			err = &Trouble{Text: fmt.Sprintf("%s holds no address of a proxy; write one such as socks5://127.0.0.1:9050 there", a.Proxy.Where())}
		}
	}
	w.insecure = a.Insecure
	return w, err
}

// Missing says which values of a feed cannot be had now where they are kept, and what
// to do; nothing if all can, or if a is nil.
func (h *HTTP) Missing(a *news.Access) (all []string) {
	if a == nil {
		return nil
	}
	values := []news.Value{a.User, a.Password, a.Bearer, a.Proxy}
	for _, field := range append(a.Headers[:len(a.Headers):len(a.Headers)], a.Cookies...) {
		values = append(values, field.Value)
	}
	for _, v := range values {
		if _, err := h.reveal(v); err != nil {
			all = append(all, err.Error())
		}
	}
	return all
}

// maxSecret is the longest secret that is read from a file.
const maxSecret = 64 << 10

// reveal returns the text of a value, from where it is kept now: a file may be
// another one tomorrow. The error does not tell it.
func (h *HTTP) reveal(v news.Value) (text string, err error) {
	wrong := func(what string) error { return &Trouble{Text: v.Where() + " " + what, Pace: pace.Ordinary} }
	switch {
	case v.Env != "":
		if h.options.Env != nil {
			text = h.options.Env(v.Env)
		}
		if text = strings.TrimSpace(text); text == "" {
			return "", wrong("is not set, and the feed needs it; set it where coupwatch runs, and start that again")
		}
	case v.File != "":
		if text, err = readSecret(cmp.Or(h.options.Secrets, "/run/secrets"), v.File); err != nil {
			return "", wrong(err.Error())
		}
	default:
		text = string(v.Text)
	}
	if !httpguts.ValidHeaderFieldValue(text) {
		return "", wrong("holds characters that cannot be sent, and the feed needs it; it should be one line")
	}
	return text, nil
}

// readSecret reads a file that lies in a folder, and not beyond it. The error
// says what is wrong with the file and what to do, but not its name.
func readSecret(folder, name string) (string, error) {
	const unreadable = "cannot be read, and the feed needs it; put it into the folder that COUPWATCH_SECRETS names, readable for coupwatch"
	f, err := os.OpenInRoot(folder, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", errors.New("is not there, and the feed needs it; put it into the folder that COUPWATCH_SECRETS names (if not set, /run/secrets)")
	case err != nil:
		return "", errors.New(unreadable)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	text := strings.TrimSpace(string(b))
	switch {
	case err != nil:
		return "", errors.New(unreadable)
	case len(b) > maxSecret:
		return "", fmt.Errorf("is longer than %d kB, and the feed needs it; put nothing but the secret into it", maxSecret>>10)
	case text == "":
		return "", errors.New("is empty, and the feed needs it; put the secret into it")
	}
	return text, nil
}
