// Package gate knows who is at the page and what they may: whoever reads it may see
// everything, an analyst may change something, and what is changed is noted. It
// keeps nobody out by itself; who comes in is said by what is before it, with
// [With].
package gate

import (
	"context"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/coupwatch/coupwatch/news"
)

// A Role says what somebody may; see [news.Role].
type Role = news.Role

// The roles, the one who may more after the one who may less.
const (
	Nobody  = news.Nobody
	Reader  = news.Reader
	Analyst = news.Analyst
)

// A Person is who asks for a page.
type Person struct {
	Name string // "local" for who needs no name
	Role Role
}

// May reports whether a person may as much as a role.
func (p Person) May(role Role) bool { return p.Role >= role }

// A Visit is somebody at the page, from log-in to log-out.
type Visit struct {
	Person
	Token string                                 // what forms of this visit carry, so that no other site can send them
	Note  func(ctx context.Context, what string) // keeps what was changed; nil if nobody does

	// Refuse answers a person, with a page, that they may not do what they wanted, and
	// why; nil for plain text, which programs get anyway.
	Refuse func(w http.ResponseWriter, r *http.Request, says string)
}

type visitKey struct{}

// With returns ctx for what v does.
func With(ctx context.Context, v Visit) context.Context { return context.WithValue(ctx, visitKey{}, v) }

func visit(ctx context.Context) Visit {
	v, _ := ctx.Value(visitKey{}).(Visit)
	return v
}

// Of returns who asks; a person without a role if that is not known.
func Of(ctx context.Context) Person { return visit(ctx).Person }

// Token returns what forms carry in the field [Field], so that no other site can
// send them in somebody's name.
func Token(ctx context.Context) string { return visit(ctx).Token }

// Note keeps for the audit what the person of ctx changed, as a sentence without a
// name: "muted story s-4a1610a1 for a day". It returns at once if nobody keeps it.
func Note(ctx context.Context, what string) {
	if v := visit(ctx); v.Note != nil {
		v.Note(ctx, what)
	}
}

// Field and Header are where a form and a script send the token.
const (
	Field  = "csrf"
	Header = "X-CSRF-Token"
)

// Analysts lets through to h only who may change something and, where something is
// to be changed, only what comes from a page of ours, with the token of the visit.
func Analysts(h http.Handler) http.Handler { return only(Analyst, h) }

// Readers is as [Analysts] for what whoever may come in does for themselves.
func Readers(h http.Handler) http.Handler { return only(Reader, h) }

// Anybody is as [Analysts] for what is done before somebody may come in.
func Anybody(h http.Handler) http.Handler { return only(Nobody, h) }

func only(role Role, h http.Handler) http.Handler {
	return http.NewCrossOriginProtection().Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visit(r.Context())
		switch {
		case !v.May(role):
			v.refuse(w, r, v.lacks(role))
		case changes(r.Method) && !carries(r, v.Token):
			v.refuse(w, r, "This form is out of date, or your browser keeps no cookies of this page. Load its page again, and send it from there.")
		default:
			h.ServeHTTP(w, r)
		}
	}))
}

// lacks says why somebody may not do what is for a role.
func (v Visit) lacks(role Role) string {
	says := "Only " + role.String() + "s may do this."
	if v.Role != Nobody {
		says += " You are known as " + v.Name + ", a " + v.Role.String() + "; whoever runs coupwatch can change that."
	}
	return says
}

// refuse answers that something may not be done.
func (v Visit) refuse(w http.ResponseWriter, r *http.Request, says string) {
	if v.Refuse != nil && strings.Contains(r.Header.Get("Accept"), "text/html") {
		v.Refuse(w, r, says)
		return
	}
	http.Error(w, says, http.StatusForbidden)
}

// changes reports whether a request of a method may change something.
func changes(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

// carries reports whether a request has the token.
func carries(r *http.Request, token string) bool {
	sent := r.Header.Get(Header)
	if sent == "" {
		sent = r.PostFormValue(Field)
	}
	return token != "" && subtle.ConstantTimeCompare([]byte(sent), []byte(token)) == 1
}
