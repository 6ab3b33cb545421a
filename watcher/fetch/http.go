// Package fetch asks servers for feeds over HTTP: politely, within bounds of
// time and memory, and nowhere but where a feed may lie. What goes wrong is a
// [Trouble], told in plain words.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"time"

	"golang.org/x/net/publicsuffix"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// An Answer is what a server sent when it was asked for a feed.
type Answer struct {
	Data         []byte // the body, decompressed
	ContentType  string // the header of that name
	Address      string // where the feed was found in the end, after redirects
	Moved        string // where the feed lies for good, as its server says; "" where it was asked for
	ETag         string // validators for the next time, "" for none
	LastModified string
	NotModified  bool          // the feed is as it was at the last reading; there is no Data
	Lifetime     time.Duration // how long the publisher wants it to be kept, by Cache-Control or Expires; zero if it does not say
	Rest         Rest          // what the server wants for all its feeds
	Hubs         []string      // that a header names, as it has them
	Self         string        // what the feed calls itself in a header, "" if it does not
	Cut          *Trouble      // why the answer broke off, nil if it did not; Data is what came until then

	release func() // see Release
}

// Release says that the answer is done with, so that others have its share of
// memory.
func (a Answer) Release() {
	if a.release != nil {
		a.release()
	}
}

// HTTP fetches feeds over HTTP. It is safe for concurrent use; make one with
// [New].
type HTTP struct {
	options Options
	client  *http.Client
	budget  budget
}

// Options are the settings of [HTTP]. The zero value of each is good.
type Options struct {
	UserAgent string         // who asks, with an address for complaints
	Timeout   time.Duration  // for one feed, all in all; 30 s if zero
	MaxBytes  int64          // of a feed, decompressed; 20 MB if zero
	Private   []netip.Prefix // networks that are not public and from which feeds are read all the same

	// Proxy returns the proxy over which an address is asked for, unless its feed
	// names one; nil for none. It may lie anywhere.
	Proxy   func(*url.URL) (*url.URL, error)
	Env     func(name string) string // reads the secrets of feeds that variables hold; nil for none
	Secrets string                   // the folder of those that files hold; /run/secrets if empty
}

// maxRedirects is how often a server may send us on.
const maxRedirects = 5

// maxValidator is the longest ETag or date that is sent back to a server.
const maxValidator = 1024

const feedMediaTypes = "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"

// New returns an HTTP that connects to public addresses and to those of
// o.Private only, whatever feeds, redirects and name servers say.
func New(o Options) *HTTP {
	o.UserAgent = cmp.Or(o.UserAgent, "Coupwatch (+https://github.com/coupwatch/coupwatch)")
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.MaxBytes = cmp.Or(o.MaxBytes, 20<<20)
	return &HTTP{o, &http.Client{Transport: newGuarded(o), CheckRedirect: checkRedirect}, newBudget(o.MaxBytes)}
}

// Fetch asks for a feed, and only for what is new if it was read before. An
// error that is not of ctx is a [*Trouble]. A server that wants its cookie back
// gets it, for the length of one fetch.
func (h *HTTP) Fetch(ctx context.Context, f news.FeedState) (Answer, error) {
	f.URL, f.Login = withLogin(f.Feed)
	at, moved := address(f)
	a, err := h.ask(ctx, f, at, query{feedMediaTypes, nil, !moved || sameHost(f.URL, at)})
	if err == nil && moved {
		a.Moved = f.Moved.To
	}
	return a, err
}

// A query is how an address is asked for.
type query struct {
	accept  string                      // the header of that name
	reads   func(mediaType string) bool // tells what is read; nil for whatever comes
	private bool                        // it may lie in a private network that is allowed
}

// ask asks for what lies at an address, as the feed f is asked for.
func (h *HTTP) ask(ctx context.Context, f news.FeedState, at string, q query) (Answer, error) {
	timed, clock, cancel := withDeadline(ctx, h.options.Timeout)
	defer cancel()
	at, _ = news.SplitLogin(f.Login.In(at)) // the login goes into a header, the secrets of the query to where they were
	share := &loan{budget: h.budget, clock: clock}
	req, err := http.NewRequestWithContext(timed, http.MethodGet, at, nil)
	if err != nil || req.URL.Host == "" || req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return Answer{}, &Trouble{Text: "its address is no http or https URL; correct it in rules.yaml", Pace: pace.Slow}
	}
	if user, password := f.Login.Parts(); user != "" || password != "" {
		req.SetBasicAuth(user, password)
	}
	req.Header.Set("User-Agent", h.options.UserAgent)
	req.Header.Set("Accept", q.accept)
	req.Header.Set("Accept-Encoding", encodings)
	asked := setValidators(req.Header, f, time.Now())
	client := h.visitor()
	way, err := h.equip(req, client.Jar, f.Access)
	if err != nil {
		return Answer{}, err
	}
	way.home, way.private = homeOf(f.URL), q.private
	if way.digest != nil {
		way.digest.next, way.digest.way = client.Transport, &way
		client.Transport = way.digest
	}
	resp, err := client.Do(req.WithContext(context.WithValue(timed, wayOf{}, &way)))
	if err == nil {
		defer resp.Body.Close()
		var a Answer
		if a, err = h.answer(resp, q, asked, share); err == nil {
			a.release, a.Moved = share.release, movedTo(resp)
			return a, nil
		}
	}
	share.release()
	if ctx.Err() != nil { // it is not the feed's fault
		return Answer{}, ctx.Err()
	}
	if cause := context.Cause(timed); cause != nil {
		err = cause
	}
	return Answer{}, h.trouble(err, req.URL.Hostname())
}

// withLogin returns where to read f and who does, be it that the address still
// holds the login.
func withLogin(f news.Feed) (address string, login news.Login) {
	if address, login = news.SplitSecrets(f.URL); login == "" {
		login = f.Login
	}
	return address, login
}

// visitor returns a client whose cookies last for one reading: some sites
// give the feed only to who brings back the cookie that came with a redirect.
// Nobody is to know us again by it.
func (h *HTTP) visitor() *http.Client {
	c := *h.client
	c.Jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it never fails
	return &c
}

// setValidators makes the request conditional and tells whether it did. Once a
// day it does not: some servers say for ever that nothing changed.
func setValidators(header http.Header, f news.FeedState, now time.Time) (conditional bool) {
	day := func(t time.Time) int64 { return t.Add(pace.Spread(f.URL, 24*time.Hour)).Unix() / 86400 }
	if f.LastRead.IsZero() || day(f.LastRead) != day(now) {
		return false
	}
	if f.ETag != "" {
		header.Set("If-None-Match", f.ETag)
	}
	if f.LastModified != "" {
		header.Set("If-Modified-Since", f.LastModified)
	}
	return f.ETag != "" || f.LastModified != ""
}

// answer reads the response to a request that was conditional or not.
func (h *HTTP) answer(resp *http.Response, q query, conditional bool, share *loan) (Answer, error) {
	a := Answer{
		ContentType:  resp.Header.Get("Content-Type"),
		Address:      resp.Request.URL.String(),
		ETag:         validator(resp.Header.Get("ETag")),
		LastModified: validator(resp.Header.Get("Last-Modified")),
		Lifetime:     lifetime(resp.Header, time.Now()),
		Rest:         restOf(resp, time.Now()),
	}
	a.Hubs, a.Self = relations(resp.Header)
	if a.ETag == "" && fresh(a.LastModified, time.Now()) {
		a.LastModified = ""
	}
	if resp.StatusCode == http.StatusNotModified && conditional {
		a.NotModified = true
		return a, nil
	}
	if resp.StatusCode != http.StatusOK {
		page, _ := io.ReadAll(io.LimitReader(resp.Body, pageBytes)) // compressed ones are told by their headers
		return Answer{}, refusal(resp, page, time.Now())
	}
	if q.reads != nil && !q.reads(a.ContentType) {
		return Answer{}, &Trouble{Text: "it is no web page, but " + say.Excerpt(a.ContentType, 60), Pace: pace.Slow}
	}
	ctx := resp.Request.Context()
	data, err := body(ctx, resp, share, h.options.MaxBytes)
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	if trouble := (*Trouble)(nil); errors.As(err, &trouble) || err != nil && len(data) == 0 {
		return Answer{}, err
	}
	if a.Data = data; err != nil {
		a.Cut = h.trouble(err, resp.Request.URL.Hostname())
	}
	return a, nil
}

// fresh reports whether a Last-Modified is so new that the feed may change
// again within the same second, and would then seem unchanged (RFC 9110,
// section 8.8.2.2).
func fresh(modified string, now time.Time) bool {
	t, err := http.ParseTime(modified)
	return err == nil && now.Sub(t) < 2*time.Second
}

// validator returns a validator if it is one that can be sent back.
func validator(s string) string {
	if len(s) > maxValidator {
		return ""
	}
	return s
}
