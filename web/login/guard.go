package login

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
)

// recheckEvery is what Options.Recheck is unless somebody says otherwise.
const recheckEvery = 15 * time.Second

// mostForm is how many bytes somebody may send before it is known who they are.
const mostForm = 1 << 16

// A caller is who asks.
type caller struct {
	gate.Person
	session news.Session // zero if there is none
	secret  string       // from which the token of forms is made; "" if there is none yet
	from    string       // an address
	free    bool         // nobody has to say who they are
	refused string       // why somebody who is known may not come in
}

type callerKey struct{}

// callerOf returns who asks, behind [Desk.Guard].
func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// Guard lets through to next who may come in, and sends others to where they can log
// in. It keeps off what other sites have a browser send.
func (d *Desk) Guard(next http.Handler) http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := d.caller(r)
		switch {
		case err != nil:
			d.Sheet.Down(w, r, err)
			return
		case c.free && !d.hosts.admits(r.Host) && r.URL.Path == "/healthz":
			c = caller{from: c.from} // who watches over machines has names of their own for them, and hears no reasons
		case c.free && !d.hosts.admits(r.Host):
			http.Error(w, "This page is not called "+printable(r.Host)+". If it should be, set COUPWATCH_URL to the address under which people reach it.", http.StatusMisdirectedRequest)
			return
		}
		if !c.free {
			w = private(w, r, d.isSecure(r))
		}
		if c.Role == gate.Nobody {
			r.Body = http.MaxBytesReader(w, r.Body, mostForm)
		}
		r = d.withVisit(w, r, c)
		switch {
		case c.Role != gate.Nobody && r.URL.Path == "/live":
			d.listening(next, w, r, c)
		case c.Role != gate.Nobody || isFree(r.URL.Path):
			next.ServeHTTP(w, r)
		default:
			d.sendAway(w, r, c)
		}
	}))
}

// isFree reports whether a page is for those, too, who have not said who they are.
// /healthz tells them no reasons, and /api/ that they should say who they are, in its
// own way.
func isFree(path string) bool {
	return path == "/login" || strings.HasPrefix(path, "/login/") || strings.HasPrefix(path, "/static/") || path == "/favicon.ico" || path == "/healthz" || isAPI(path)
}

// withVisit returns r with who asks, and sees to it that their browser has what the
// token of forms is made of.
func (d *Desk) withVisit(w http.ResponseWriter, r *http.Request, c caller) *http.Request {
	if c.secret == "" {
		c.secret = d.cookie(r, formCookie)
	}
	if c.secret == "" && strings.Contains(r.Header.Get("Accept"), "text/html") {
		c.secret = newSecret()
		d.setCookie(w, r, formCookie, c.secret, 0)
	}
	v := gate.Visit{Person: c.Person, Refuse: d.Sheet.Refused}
	if c.secret != "" {
		v.Token = tokenOf(c.secret, c.Name)
	}
	if c.Role != gate.Nobody {
		v.Note = func(ctx context.Context, what string) { d.note(ctx, c, what) }
	}
	return r.WithContext(context.WithValue(gate.With(r.Context(), v), callerKey{}, c))
}

// note keeps what somebody changed; that it cannot be kept is for the log, since it
// is done.
func (d *Desk) note(ctx context.Context, c caller, what string) {
	deed := news.Deed{At: d.now(), Who: c.Name, From: c.from, What: cut(news.Redact(what), 2000)}
	if err := d.Store.NoteDeed(context.WithoutCancel(ctx), deed); err != nil {
		d.Log.Error("what somebody changed is not noted", "who", deed.Who, "from", deed.From, "what", deed.What, "err", err)
	}
}

// cut returns the first n bytes of s, in whole letters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// listening serves who listens to what happens, until they may not any more.
func (d *Desk) listening(next http.Handler, w http.ResponseWriter, r *http.Request, c caller) {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	go func() {
		tick := time.NewTicker(d.Recheck)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if now, err := d.caller(r); err == nil && (now.Role == gate.Nobody || now.Name != c.Name) {
				cancel()
			}
		}
	}()
	next.ServeHTTP(w, r.WithContext(ctx))
}

// sendAway answers who may not come in: a person is led to the log-in, a program is
// told.
func (d *Desk) sendAway(w http.ResponseWriter, r *http.Request, c caller) {
	switch {
	case c.refused != "":
		d.Sheet.Refused(w, r, c.refused)
	case isFeed(r.URL.Path):
		http.Error(w, "A feed reader needs a key in the address, ?key=…; coupwatch users key NAME makes one, and so does the page /account.", http.StatusUnauthorized)
	case strings.Contains(r.Header.Get("Accept"), "text/html"):
		to := r.URL.RequestURI()
		if r.Method != http.MethodGet {
			to = "/" // what was sent is lost
		}
		http.Redirect(w, r, "/login?to="+url.QueryEscape(to), http.StatusSeeOther)
	default:
		http.Error(w, "Log in at /login first.", http.StatusUnauthorized)
	}
}

// isFeed reports whether a path is one that feed readers ask for.
func isFeed(path string) bool { return path == "/alerts.atom" || path == "/alerts.json" }

// isAPI reports whether a path is one that programs ask for.
func isAPI(path string) bool { return strings.HasPrefix(path, "/api/") }
