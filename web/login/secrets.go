package login

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/coupwatch/coupwatch/web/login/issuer"
)

// The cookies that a browser keeps.
const (
	sessionCookie = "coupwatch"       // of who has logged in
	formCookie    = "coupwatch-forms" // of who has not: what the token of forms is made of
	wayCookie     = "coupwatch-way"   // of who was sent to the issuer
)

// newSecret returns what nobody can guess: 130 bits.
func newSecret() string { return rand.Text() }

// hashOf returns what is kept of a secret. It has as many bits as nobody tries, so
// that a fast hash will do.
func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// tokenOf returns what forms of somebody carry whose browser has a secret.
func tokenOf(secret, name string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("forms of " + name)) // it never fails
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// isSecure reports whether the browser that asks may be told to keep cookies for
// https alone: it is, by the address that is set, and under its name, that of this
// machine, or as a proxy says.
func (d *Desk) isSecure(r *http.Request) bool {
	return d.secure && (d.hosts.known[hostName(r.Host)] || isOwn(hostName(r.Host)) || r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https")
}

// cookieName is what the browser knows a cookie by. With the prefix it takes it only
// from this very host by https.
func (d *Desk) cookieName(r *http.Request, name string) string {
	if d.isSecure(r) {
		return "__Host-" + name
	}
	return name
}

// cookie returns the value of a cookie, or "".
func (d *Desk) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(d.cookieName(r, name))
	if err != nil || len(c.Value) > 1000 {
		return ""
	}
	return c.Value
}

// setCookie has the browser keep a cookie for so long; until it is closed for 0, and
// not at all below.
func (d *Desk) setCookie(w http.ResponseWriter, r *http.Request, name, value string, lasting time.Duration) {
	c := &http.Cookie{Name: d.cookieName(r, name), Value: value, Path: "/", Secure: d.isSecure(r), HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(lasting / time.Second)}
	http.SetCookie(w, c)
}

// onwardCode writes where somebody wants to go, as a part of a cookie.
func onwardCode(to string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cut(onward(to), 200)))
}

// parseWay reads the cookie of somebody who was sent to the issuer.
func parseWay(value string) (way issuer.Way, to string, known bool) {
	at := strings.LastIndexByte(value, '.')
	if at < 0 {
		return way, "", false
	}
	way, known = issuer.ParseWay(value[:at])
	path, err := base64.RawURLEncoding.DecodeString(value[at+1:])
	return way, onward(string(path)), known && err == nil
}
