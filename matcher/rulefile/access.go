package rulefile

import (
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html/charset"
	"golang.org/x/net/http/httpguts"

	"github.com/coupwatch/coupwatch/matcher/internal/code"
	"github.com/coupwatch/coupwatch/matcher/internal/say"
	"github.com/coupwatch/coupwatch/matcher/rulefile/internal/node"
	"github.com/coupwatch/coupwatch/news"
)

var (
	accessKeys = []string{"user_agent", "headers", "cookies", "auth", "proxy", "insecure"}
	authKeys   = []string{"user", "password", "scheme", "bearer"}
	valueKeys  = []string{"env", "file"}

	feedVariable = regexp.MustCompile(`^FEED_[A-Z0-9_]+$`)
	secretFile   = regexp.MustCompile(`^[\w][\w.-]*$`)
)

// written says how the keys are written that are mappings.
var written = map[string]string{
	"headers": "write headers: {Name: value}",
	"cookies": "write cookies: {name: value}",
	"auth":    "write auth: {user: desk, password: {env: FEED_WIRE}} or auth: {bearer: {file: wire}}",
}

// access reads one of accessKeys of a feed. No value is ever told: it may be a
// secret.
func (r *reader) access(a *news.Access, key string, n *yaml.Node, at string) {
	if how := written[key]; how != "" && node.Deref(n).Kind != yaml.MappingNode {
		r.Add(node.Deref(n), code.NotMapping, at+" should be a mapping", how)
		return
	}
	switch key {
	case "user_agent":
		a.UserAgent = r.Text(n, at)
		r.sendable(n, a.UserAgent, at)
	case "headers":
		a.Headers = r.headers(n, at)
	case "cookies":
		a.Cookies = r.cookies(n, at)
	case "auth":
		r.auth(a, n, at)
	case "proxy":
		a.Proxy = r.secret(n, at)
		r.proxy(n, string(a.Proxy.Text), at)
	case "insecure":
		a.Insecure = r.Flag(n, at)
	}
}

// sendable notes a text that no header may hold.
func (r *reader) sendable(n *yaml.Node, text, at string) {
	if !httpguts.ValidHeaderFieldValue(text) {
		r.Add(node.Deref(n), code.BadHeader, at+" has characters that no header may have", "write it on one line")
	}
}

// cookies reads the cookies of a feed.
func (r *reader) cookies(n *yaml.Node, at string) (all []news.Sent) {
	for _, p := range r.Pairs(n, at) {
		if !httpguts.ValidHeaderFieldName(p.Key.Value) {
			r.Add(p.Key, code.BadHeader, at+": this is no name of a cookie", "write each cookie as name: value")
			continue
		}
		all = append(all, news.Sent{Name: p.Key.Value, Value: r.secret(p.Value, at+": "+p.Key.Value)})
	}
	return all
}

// elsewhere are headers that have a key of their own, or are not ours to choose.
var elsewhere = map[string]string{
	"Authorization": "write auth: {bearer: …} or auth: {user: …, password: …} instead", "Cookie": "write cookies: {name: value} instead", "User-Agent": "write user_agent: … instead",
	"Host": "", "Connection": "", "Content-Length": "", "Transfer-Encoding": "", "Accept-Encoding": "", "If-None-Match": "", "If-Modified-Since": "", "Proxy-Authorization": "write the login into the address of the proxy",
}

// headers reads the headers of a feed.
func (r *reader) headers(n *yaml.Node, at string) (all []news.Sent) {
	for _, p := range r.Pairs(n, at) {
		name := textproto.CanonicalMIMEHeaderKey(p.Key.Value)
		hint, special := elsewhere[name]
		switch {
		case !httpguts.ValidHeaderFieldName(name):
			r.Add(p.Key, code.BadHeader, at+": this is no name of a header", "write each header as Name: value")
			continue
		case special:
			r.Add(p.Key, code.BadHeader, at+": "+name+" is not written here", hint)
		}
		all = append(all, news.Sent{Name: name, Value: r.secret(p.Value, at+": "+p.Key.Value)})
	}
	return all
}

// auth reads who logs in.
func (r *reader) auth(a *news.Access, n *yaml.Node, at string) {
	has := map[string]bool{}
	r.Fields(n, at, authKeys, func(key string, v *yaml.Node) {
		has[key] = true
		if key == "scheme" {
			a.Digest = r.scheme(v, at+": scheme") == "digest"
			return
		}
		*map[string]*news.Value{"user": &a.User, "password": &a.Password, "bearer": &a.Bearer}[key] = r.secret(v, at+": "+key)
	})
	switch login := has["user"] || has["password"] || has["scheme"]; {
	case login == has["bearer"], login && !(has["user"] && has["password"]):
		r.Add(node.Deref(n), code.BadLogin, at+" should have either user and password, or bearer", written["auth"])
	}
}

// schemes are the ways to log in with a password.
var schemes = []string{"basic", "digest"}

// scheme returns how a password is given.
func (r *reader) scheme(n *yaml.Node, at string) string {
	text := r.Text(n, at)
	if text != "" && !slices.Contains(schemes, text) {
		r.Add(node.Deref(n), code.BadLogin, at+": passwords are given by "+strings.Join(schemes, " or ")+", not by "+say.Quote(text), say.Suggest(text, schemes))
	}
	return text
}

// secret reads a value that may be written out, or be kept in a variable or a
// file.
func (r *reader) secret(n *yaml.Node, at string) (v news.Value) {
	if node.Deref(n).Kind != yaml.MappingNode {
		text := r.Text(n, at)
		r.sendable(n, text, at)
		return news.Value{Text: news.Login(text)}
	}
	r.Fields(n, at, valueKeys, func(key string, v2 *yaml.Node) {
		name := r.Text(v2, at+": "+key)
		switch {
		case name == "":
		case key == "env" && !feedVariable.MatchString(name):
			r.Add(v2, code.BadSecret, at+": this is no variable for feeds", "these begin with FEED_, such as FEED_WIRE_TOKEN, so that no rule can ask for another secret of the program")
		case key == "file" && !secretFile.MatchString(name):
			r.Add(v2, code.BadSecret, at+": this is no file in the folder for secrets", "write its name without a folder; the folder is that of the setting COUPWATCH_SECRETS")
		case key == "env":
			v.Env = name
		default:
			v.File = name
		}
	})
	if v.Env != "" && v.File != "" {
		r.Add(node.Deref(n), code.BadSecret, at+" is kept in two places", "leave one of env and file")
	}
	return v
}

// proxy notes a text that is no address of a proxy that can be asked over.
func (r *reader) proxy(n *yaml.Node, text, at string) {
	if text == "" {
		return // it is kept elsewhere
	}
	const hint = "write one such as socks5://proxy.example.org:1080, or {env: FEED_PROXY}"
	switch u, err := url.Parse(text); {
	case err != nil, u.Hostname() == "", !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme):
		r.Add(node.Deref(n), code.BadProxy, at+" is no address of a proxy", hint)
	case u.Port() == "":
		r.Add(node.Deref(n), code.BadProxy, at+" names no port", hint)
	}
}

// charset returns the name of a charset.
func (r *reader) charset(n *yaml.Node, at string) string {
	text := r.Text(n, at)
	if enc, _ := charset.Lookup(text); text != "" && enc == nil {
		r.Add(node.Deref(n), code.BadCharset, at+": "+say.Quote(text)+" is no charset", "write one such as windows-1251, koi8-r, gb18030 or utf-8")
	}
	return text
}

// fullText returns of which items the pages are read.
func (r *reader) fullText(n *yaml.Node, at string) news.FullText {
	text := r.Text(n, at)
	all := []string{news.NoText: "never", news.MatchedText: "matched", news.AllText: "always"}
	if i := slices.Index(all, text); i >= 0 {
		return news.FullText(i)
	}
	if text != "" {
		r.Add(node.Deref(n), code.BadFullText, at+": pages are read "+strings.Join(all, ", ")+", not "+say.Quote(text), say.Suggest(text, all))
	}
	return news.MatchedText
}

// identity returns by what items are known.
func (r *reader) identity(n *yaml.Node, at string) news.Identity {
	text := r.Text(n, at)
	all := []string{string(news.ByGUID), string(news.ByLink), string(news.ByTitle)}
	if text != "" && !slices.Contains(all, text) {
		r.Add(node.Deref(n), code.BadIdentity, at+": items are known by "+strings.Join(all, ", ")+", not by "+say.Quote(text), say.Suggest(text, all))
	}
	return news.Identity(text)
}
