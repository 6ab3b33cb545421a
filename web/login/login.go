// Package login says who comes in at the page: whoever reaches it, where that is
// this machine alone and there are no users; or users with passwords, those whom a
// proxy names, or those whom an OpenID Connect issuer knows. It keeps their sessions,
// has the pages to log in and out and for one's own account, and notes what people
// change.
//
// What may be decided of a request is decided anew for each: somebody who is
// removed, or whose session ends, is out at the next, whichever replica has it.
package login

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/web/gate"
	"github.com/coupwatch/coupwatch/web/login/issuer"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// Store remembers who may come in.
type Store interface {
	HasUsers(ctx context.Context) (bool, error)
	PasswordOf(ctx context.Context, name string) (hash string, err error)
	SetPassword(ctx context.Context, name, hash, except string, now time.Time) error

	BeginSession(ctx context.Context, s news.Session, hash string) (begun bool, err error)
	SessionOf(ctx context.Context, id string) (s news.Session, found bool, err error)
	UseSession(ctx context.Context, id string, now time.Time) error
	EndSession(ctx context.Context, id string) error
	EndSessions(ctx context.Context, name, except string) error

	SetKey(ctx context.Context, name string, purpose news.Purpose, hash string, now time.Time) error
	RevokeKey(ctx context.Context, name string, purpose news.Purpose) (found bool, err error)
	OwnerOf(ctx context.Context, purpose news.Purpose, hash string) (name string, role news.Role, err error)
	KeysOf(ctx context.Context, name string) ([]news.Key, error)

	Try(ctx context.Context, name string, atOnce int, every time.Duration, now time.Time) (may bool, err error)

	NoteDeed(ctx context.Context, d news.Deed) error
	Deeds(ctx context.Context, before time.Time, most int) ([]news.Deed, error)
}

// Options say who may come in, and how.
type Options struct {
	Store Store
	Sheet *sheet.Sheet
	Log   *slog.Logger

	Listen string   // the address of the page
	URLs   []string // under which people and hubs reach it from elsewhere, if at all, people first
	Open   bool     // where nobody is set up, whoever reaches the page comes in, though others can reach it

	Proxies  []netip.Prefix // the proxies that are believed what they say of an address
	Header   string         // in which they name who asks; "" for none
	Issuer   *issuer.Issuer // that says who somebody is; nil for none
	Analysts List           // of those whom a proxy or the issuer names
	Viewers  List

	Recheck time.Duration // so often it is asked whether somebody may still listen to what happens; 0 for every 15 s

	MetricsToken string // what machines show to hear reasons, and metrics; "" for whoever asks
}

// ErrOpen is that the page could be reached by others than its own machine, and
// nothing says who they are. It says what to set.
var ErrOpen = errors.New(`others than this machine can reach the page at this address, and nothing says who may use it; do one of these:
  coupwatch users add NAME --role analyst    people with passwords
  COUPWATCH_TRUST_HEADER=X-Forwarded-User    a proxy that knows your people, with COUPWATCH_TRUST_PROXY=10.0.0.0/8
  COUPWATCH_OIDC_ISSUER=https://…            accounts that you have, by OpenID Connect
  COUPWATCH_LISTEN=127.0.0.1:8090            this machine alone
  COUPWATCH_OPEN=yes                         whoever reaches it reads and changes everything
see docs/people.md`)

// A Desk is where it is said who comes in. Make one with [New]; it is safe for
// concurrent use.
type Desk struct {
	Options
	pages  sheet.Pages
	hosts  hosts
	limits *limits
	secure bool // people reach the page by https
	now    func() time.Time
}

//go:embed templates
var templates embed.FS

// New returns the desk of a page.
func New(o Options) *Desk {
	o.Recheck = cmp.Or(o.Recheck, recheckEvery)
	d := &Desk{Options: o, hosts: newHosts(o.Listen, o.URLs), limits: newLimits(), now: time.Now}
	d.secure = len(o.URLs) > 0 && strings.HasPrefix(o.URLs[0], "https://")
	d.pages = o.Sheet.Pages(templates, nil)
	return d
}

// Ready returns [ErrOpen] if others can reach the page and nothing says who they are.
func (d *Desk) Ready(ctx context.Context) error {
	asked, err := d.asks(ctx)
	if err == nil && !asked && !d.hosts.loopback && !d.Open {
		err = ErrOpen
	}
	return err
}

// asks reports whether people have to say who they are. Where others can reach the
// page that stays so when the last user is removed.
func (d *Desk) asks(ctx context.Context) (bool, error) {
	if d.Header != "" || d.Issuer != nil {
		return true, nil
	}
	users, err := d.Store.HasUsers(ctx)
	return users, err
}

// Describe says in a few words who comes in, for operators.
func (d *Desk) Describe(ctx context.Context) (string, error) {
	users, err := d.Store.HasUsers(ctx)
	var ways []string
	if users {
		ways = append(ways, "users with passwords")
	}
	if d.Header != "" {
		ways = append(ways, "whom a proxy names in "+d.Header)
	}
	if d.Issuer != nil {
		ways = append(ways, "whom "+d.Issuer.Name()+" knows")
	}
	switch {
	case err != nil:
		return "", err
	case len(ways) > 0:
		return strings.Join(ways, "; "), nil
	case d.hosts.loopback:
		return "whoever is at this machine", nil
	case d.Open:
		return "whoever reaches it, as COUPWATCH_OPEN says", nil
	}
	return "", ErrOpen
}

// Doors returns the pages to log in and out, of one's own account, and of what
// people changed.
func (d *Desk) Doors() []sheet.Door {
	page := func(pattern string, h http.HandlerFunc) sheet.Door { return sheet.Door{Pattern: pattern, Handler: h} }
	return []sheet.Door{
		page("GET /login", d.form),
		{Pattern: "POST /login", Handler: gate.Anybody(http.HandlerFunc(d.enter))},
		page("GET /login/issuer", d.sendToIssuer),
		page("GET /login/back", d.comeBack),
		{Pattern: "POST /logout", Handler: gate.Readers(http.HandlerFunc(d.leave))},
		{Pattern: "GET /account", Handler: gate.Readers(http.HandlerFunc(d.account))},
		{Pattern: "POST /account/password", Handler: gate.Readers(http.HandlerFunc(d.changePassword))},
		{Pattern: "POST /account/key", Handler: gate.Readers(http.HandlerFunc(d.changeKey))},
		{Pattern: "POST /account/others", Handler: gate.Readers(http.HandlerFunc(d.leaveOthers))},
		{Pattern: "GET /audit", Handler: gate.Analysts(http.HandlerFunc(d.audit))},
	}
}

// onward returns where somebody wanted to go who was asked to log in: a page of
// this host, and else the first one.
func onward(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") || strings.HasPrefix(u.Path, "/login") ||
		strings.HasPrefix(u.Path, "//") { // "/%2fevil.example/ " is written "//evil.example/%20" again
		return "/"
	}
	return u.RequestURI()
}
