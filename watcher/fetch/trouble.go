package fetch

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/internal/say"
	"github.com/coupwatch/coupwatch/watcher/pace"
)

// A Trouble is why a feed could not be fetched.
type Trouble struct {
	Text   string        // one line for people: what is wrong and what they can do
	Pace   pace.Kind     // how soon to try again
	After  time.Duration // how long the server asked us to wait; zero if it did not
	Rest   Rest          // what the server wants for all its feeds
	Status int           // of HTTP, with which the server refused; zero if there was no such answer
	Keeper string        // the service that keeps programs out, such as "Cloudflare"; "" for none
}

// State returns the state in which a feed with this trouble is at once, "" for none;
// none, too, if t is nil.
func (t *Trouble) State() news.State {
	switch {
	case t == nil:
		return ""
	case t.Status == http.StatusGone:
		return news.FeedDead
	case t.Keeper != "", slices.Contains(refusals, t.Status):
		return news.FeedBlocked
	}
	return ""
}

// refusals are the statuses by which a server refuses to let us read what is there.
var refusals = []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusUnavailableForLegalReasons}

// A Rest is for how long a server is to be left alone. The zero value is that it
// did not ask for it.
type Rest struct {
	Host string // its address without a path, such as "https://example.org"
	For  time.Duration
}

// restOf returns for how long the server of an answer wants to be left alone.
func restOf(resp *http.Response, now time.Time) Rest {
	u := resp.Request.URL
	if wait := rest(resp, now); wait > 0 {
		return Rest{u.Scheme + "://" + u.Host, wait}
	}
	return Rest{}
}

// Error implements error.
func (t *Trouble) Error() string { return t.Text }

// refusal returns the trouble that an answer with a status other than 200, and
// with such a page, is.
func refusal(resp *http.Response, page []byte, now time.Time) *Trouble {
	t := &Trouble{Status: resp.StatusCode, After: retryAfter(resp.Header.Get("Retry-After"), now), Rest: restOf(resp, now)}
	if resp.StatusCode == http.StatusTooManyRequests {
		t.After = max(t.After, spent(resp.Header, now))
	}
	text := "the server did not send the feed"
	switch code, keeper := resp.StatusCode, gatekeeperOf(resp.Header, page); {
	case keeper != "" && keptOut(code):
		text, t.Pace, t.Keeper = KeptOut(keeper), pace.Slow, keeper
	case code == http.StatusNoContent:
		text = "the answer is empty; if it stays so, look for the feed's new address"
	case code == http.StatusPartialContent:
		text = "the server sent a part of the feed, unasked"
	case code == http.StatusNotModified:
		text = "the server says that nothing has changed, although it was not asked that"
	case code >= 300 && code < 400:
		text = "the server redirects to nowhere; look up the feed's address in a browser"
	case code == http.StatusUnauthorized:
		text, t.Pace = "the feed asks for a login; write one under auth: in rules.yaml", pace.Slow
		if resp.Request != nil && resp.Request.Header.Get("Authorization") != "" {
			text = "the server refuses the login of this feed; look whether it is still right"
		}
		if asksForDigest(resp) {
			text = "the server wants the login by Digest; write scheme: digest beside user and password under auth: in rules.yaml"
		}
	case code == http.StatusForbidden:
		text, t.Pace = "the server refuses us; it may block programs, or this network", pace.Slow
	case code == http.StatusNotFound:
		text, t.Pace = "there is nothing at this address; look for the new one", pace.Slow
	case code == http.StatusGone:
		text, t.Pace = "the feed is gone; remove it from rules.yaml or find its new address", pace.Weekly
	case code == http.StatusUnavailableForLegalReasons:
		text, t.Pace = "the feed is blocked for legal reasons where we ask from", pace.Slow
	case code == http.StatusProxyAuthRequired:
		text, t.Pace = "the proxy of this feed asks for a login; write user:password@ into its address", pace.Slow
	case code == http.StatusTooManyRequests:
		text = "the server wants to be asked less often; give the feed a longer schedule"
	case code >= 500:
		text = "the server has a fault of its own; it may pass"
	}
	t.Text = fmt.Sprintf("HTTP %d: %s", resp.StatusCode, text)
	return t
}

// Unreached reports whether a problem is that no server was reached: what is
// wrong may be here.
func Unreached(problem string) bool {
	return slices.ContainsFunc([]string{"there is no server called ", "the name server gives no answer for ", " did not answer within ", " could not be read: dial "}, func(said string) bool {
		return strings.Contains(problem, said)
	})
}

// trouble words an error of the network. The feed's URL stays out of it: it
// may hold a password.
func (h *HTTP) trouble(err error, host string) *Trouble {
	var (
		known    *Trouble
		dns      *net.DNSError
		cert     *tls.CertificateVerificationError
		notTLS   tls.RecordHeaderError
		fromURL  *url.Error
		timedOut interface{ Timeout() bool }
	)
	host = say.Excerpt(host, 80)
	says := func(format string, args ...any) *Trouble { return &Trouble{Text: fmt.Sprintf(format, args...)} }
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return &Trouble{Text: "it leads to an address that is not public, where coupwatch does not go; if the feed lies in your own network, list that network in COUPWATCH_ALLOW_PRIVATE", Pace: pace.Slow}
	case errors.As(err, &dns) && dns.IsNotFound:
		return says("there is no server called %s; check the feed's address", say.Excerpt(dns.Name, 80))
	case errors.As(err, &dns):
		return says("the name server gives no answer for %s; it may pass", say.Excerpt(dns.Name, 80))
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timedOut) && timedOut.Timeout():
		return says("%s did not answer in full within %v; it may be slow or not reachable from here", host, h.options.Timeout)
	case ofProxy(err):
		return says("the proxy of this feed cannot be reached, or refuses us or %s; look whether it runs, and at its address and login", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return says("%s refuses connections; the server may be down", host)
	case errors.As(err, &cert):
		return &Trouble{Text: fmt.Sprintf("the certificate of %s is not valid: %s", host, say.Excerpt(cert.Err.Error(), 100)), Pace: pace.Slow}
	case errors.As(err, &notTLS), errors.Is(err, http.ErrSchemeMismatch):
		return &Trouble{Text: fmt.Sprintf("%s does not speak TLS there; try http instead of https", host), Pace: pace.Slow}
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, errDamaged):
		return says("the answer says that it is compressed, but is not, or is damaged")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return says("%s broke off the connection; it may pass", host)
	case errors.As(err, &fromURL):
		err = fromURL.Err
	}
	return says("%s could not be read: %s", host, say.Excerpt(err.Error(), 100))
}
