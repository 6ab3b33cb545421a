package login

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
)

const (
	idle       = 24 * time.Hour      // a session ends if no page was open for so long
	most       = 14 * 24 * time.Hour // and so long after it began
	mostIssued = 24 * time.Hour      // of those whom an issuer knows: it is asked anew
	usedEvery  = 5 * time.Minute     // so exactly it is known when a session was used
)

// caller finds out who asks. Of somebody unknown the role is [gate.Nobody].
func (d *Desk) caller(r *http.Request) (caller, error) {
	asked, err := d.asks(r.Context())
	if err != nil {
		return caller{}, err
	}
	c := caller{from: addressOf(r, d.Proxies), free: !asked && (d.hosts.loopback || d.Open)}
	switch {
	case c.free:
		c.Person = gate.Person{Name: gate.LocalName, Role: gate.Analyst}
		return c, nil
	case d.Header != "" && isAmong(peer(r), d.Proxies) && r.Header.Get(d.Header) != "":
		return d.named(c, r.Header.Get(d.Header)), nil
	case r.URL.Path == "/healthz" && d.MetricsToken != "" && bears(r, d.MetricsToken):
		c.Person = gate.Person{Name: machine, Role: gate.Reader}
		return c, nil
	case isFeed(r.URL.Path) && r.URL.Query().Has("key"), isAPI(r.URL.Path) && bearer(r) != "":
		return d.byKey(c, r)
	}
	return d.bySession(c, r)
}

// named returns c as the person whom a proxy names.
func (d *Desk) named(c caller, name string) caller {
	name, err := outsideName(name)
	if err != nil {
		c.refused = "The proxy names nobody whose name can be read."
		return c
	}
	c.Name, c.Role = name, d.roleOf(name, nil)
	if c.Role == gate.Nobody && len(d.Viewers) == 0 {
		c.Role = gate.Reader // the proxy lets through only whom it should
	}
	if c.Role == gate.Nobody {
		c.refused = "You are known as " + name + ", and may not use this page. Whoever runs it can change that: COUPWATCH_VIEWERS and COUPWATCH_ANALYSTS say who may."
	}
	return c
}

// byKey returns c as the owner of a key: the one for feeds in the address, which is
// taken out of it, or the one that a program shows as a bearer token. With the latter
// it may what its owner may, as far as that is known without the owner being there.
func (d *Desk) byKey(c caller, r *http.Request) (caller, error) {
	key, purpose := bearer(r), news.ForPrograms
	if query := r.URL.Query(); isFeed(r.URL.Path) {
		key, purpose = query.Get("key"), news.ForFeeds
		query.Del("key")
		r.URL.RawQuery = query.Encode()
		r.RequestURI = r.URL.RequestURI()
	}
	name, role, err := d.Store.OwnerOf(r.Context(), purpose, hashOf(key))
	if name == "" || err != nil {
		return c, err
	}
	if role == gate.Nobody {
		role = max(d.roleOf(name, nil), gate.Reader)
	}
	if purpose == news.ForFeeds {
		role = gate.Reader
	}
	c.Person = gate.Person{Name: name, Role: role}
	return c, nil
}

// bySession returns c as whom the cookie of a session stands for.
func (d *Desk) bySession(c caller, r *http.Request) (caller, error) {
	secret := d.cookie(r, sessionCookie)
	if secret == "" {
		return c, nil
	}
	s, found, err := d.Store.SessionOf(r.Context(), hashOf(secret))
	if err != nil || !found {
		return c, err
	}
	now := d.now()
	longest := most
	if s.By == news.ByIssuer {
		longest = mostIssued
		s.Role = d.issuedRole(s)
	}
	if now.Sub(s.Began) > longest || now.Sub(s.Seen) > idle {
		return c, d.Store.EndSession(r.Context(), s.ID)
	}
	if s.Role == gate.Nobody {
		return c, nil
	}
	if now.Sub(s.Seen) > usedEvery {
		if err := d.Store.UseSession(r.Context(), s.ID, now); err != nil {
			return c, err
		}
	}
	c.Person, c.session, c.secret = gate.Person{Name: s.Name, Role: s.Role}, s, secret
	return c, nil
}

// issuedRole returns what somebody may whom the issuer knew, as the settings are now.
func (d *Desk) issuedRole(s news.Session) gate.Role {
	if d.Issuer == nil {
		return gate.Nobody
	}
	return d.roleOf(s.Name, s.Groups)
}

// roleOf returns what somebody may whom a proxy or the issuer names.
func (d *Desk) roleOf(name string, groups []string) gate.Role {
	switch {
	case d.Analysts.Has(name, groups):
		return gate.Analyst
	case d.Viewers.Has(name, groups):
		return gate.Reader
	}
	return gate.Nobody
}

// bearer returns the token that a request shows as OAuth's bearers do, or "".
func bearer(r *http.Request) string {
	shown, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if shown == r.Header.Get("Authorization") {
		return ""
	}
	return shown
}

// bears reports whether a request shows a token.
func bears(r *http.Request, token string) bool {
	return subtle.ConstantTimeCompare([]byte(bearer(r)), []byte(token)) == 1
}

// Machines lets through to h only who shows a token; whoever asks if it is "".
func Machines(token string, h http.Handler) http.Handler {
	if token == "" {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !bears(r, token) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "Show COUPWATCH_METRICS_TOKEN as a bearer token.", http.StatusUnauthorized)
			return
		}
		h.ServeHTTP(w, r)
	})
}
