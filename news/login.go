package news

import (
	"net/url"
	"regexp"
	"strings"
)

// A Login is what an address in rules.yaml held that is nobody's to see: the
// user and password, as "user:password", and the secrets of its query, each
// after a zero byte. However it is printed, logged or encoded, it is not shown.
type Login string

// String returns what may be shown of l.
func (l Login) String() string {
	if l == "" {
		return ""
	}
	return "…"
}

// GoString returns what may be shown of l.
func (l Login) GoString() string { return l.String() }

// MarshalText returns what may be shown of l.
func (l Login) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Parts returns the user and the password.
func (l Login) Parts() (user, password string) {
	own, _, _ := strings.Cut(string(l), between)
	user, password, _ = strings.Cut(own, ":")
	return unescaped(user), unescaped(password)
}

// In returns the plain address with the login in it, as [SplitSecrets] takes it
// apart. It is for nobody to see.
func (l Login) In(plain string) string {
	scheme, rest, found := cutScheme(plain)
	if l == "" || !found {
		return plain
	}
	own, secrets, inQuery := strings.Cut(string(l), between)
	if inQuery {
		rest = withSecrets(rest, strings.Split(secrets, between))
	}
	if own == "" && inQuery {
		return scheme + "://" + rest
	}
	return scheme + "://" + own + "@" + rest
}

// schemes are what an address begins with (RFC 3986, section 3.1).
var schemes = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*://`)

// cutScheme returns an address without its scheme, and the scheme; found is
// false where it has none, and "://" may stand further on in it.
func cutScheme(address string) (scheme, rest string, found bool) {
	if !schemes.MatchString(address) {
		return "", address, false
	}
	return strings.Cut(address, "://")
}

// unescaped returns s without its % forms; a bare % is one.
func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// SplitLogin returns an address without its login, and the login. It finds one
// that is written without % forms, too, where a browser would look for a host
// called "user:pass".
func SplitLogin(address string) (plain string, login Login) {
	scheme, rest, found := cutScheme(address)
	if !found {
		return address, ""
	}
	end := len(rest)
	if at := strings.IndexAny(rest, "/?#"); at >= 0 {
		end = at
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if host, port, found := strings.Cut(rest[:end], ":"); at < 0 && found && !strings.HasPrefix(host, "[") && strings.Trim(port, "0123456789") != "" {
		at = strings.IndexByte(rest, '@')
	}
	if at < 0 {
		return address, ""
	}
	return scheme + "://" + rest[at+1:], Login(rest[:at])
}

var addresses = regexp.MustCompile(`[a-zA-Z][a-zA-Z0-9+.-]*://[^\s"<>]+`)

// Redact returns a text in which no address has a login or a secret in its query.
func Redact(text string) string {
	return addresses.ReplaceAllStringFunc(text, func(address string) string {
		plain, _ := SplitSecrets(address)
		return plain
	})
}
