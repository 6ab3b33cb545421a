package settings

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/coupwatch/coupwatch/web/login"
)

// Who are the settings of who may use the page.
type Who struct {
	Open         bool           // whoever reaches the page, where nobody is set up
	TrustHeader  string         // in which a proxy names who asks
	TrustProxy   []netip.Prefix // the proxies that are believed
	Analysts     login.List
	Viewers      login.List
	OIDCIssuer   string
	OIDCClient   string
	OIDCSecret   secret
	OIDCClaim    string
	OIDCGroups   string
	MetricsToken secret
}

// whoMay lists the settings of who may use the page.
var whoMay = []setting{
	{"COUPWATCH_OPEN", false, "no", "\"yes\" if whoever reaches the page may change everything, although others than this machine can, as long as there are no users", setOpen},
	{"COUPWATCH_TRUST_PROXY", false, "", "the networks of proxies that are believed from which address, and with COUPWATCH_TRUST_HEADER from whom, a request comes, such as 10.0.0.0/8,127.0.0.1/32", setTrustProxy},
	{"COUPWATCH_TRUST_HEADER", false, "", "the header in which such a proxy names who asks, such as X-Forwarded-User", setTrustHeader},
	{"COUPWATCH_ANALYSTS", false, "", "of those whom a proxy or OpenID Connect names, who may change something: names, *@example.org, group:NAME or *, parted by commas", setPeople(func(s *Settings) *login.List { return &s.Analysts })},
	{"COUPWATCH_VIEWERS", false, "", "who of them may read, written alike; with a proxy whoever it names, if this is not set", setPeople(func(s *Settings) *login.List { return &s.Viewers })},
	{"COUPWATCH_OIDC_ISSUER", false, "", "accounts with which people log in, by OpenID Connect: the URL of the issuer, such as https://accounts.example.org; it sends people back to COUPWATCH_URL with /login/back", setIssuer},
	{"COUPWATCH_OIDC_CLIENT", false, "", "the client id that the issuer knows coupwatch by", plain(func(s *Settings) *string { return &s.OIDCClient })},
	{"COUPWATCH_OIDC_SECRET", true, "", "the client secret beside it", hidden(func(s *Settings) *secret { return &s.OIDCSecret })},
	{"COUPWATCH_OIDC_CLAIM", false, "email", "the claim that names somebody; an email has to be verified", plain(func(s *Settings) *string { return &s.OIDCClaim })},
	{"COUPWATCH_OIDC_GROUPS", false, "groups", "the claim that names somebody's groups", plain(func(s *Settings) *string { return &s.OIDCGroups })},
	{"COUPWATCH_METRICS_TOKEN", true, "", "what Prometheus shows as a bearer token to read /metrics, and whoever watches coupwatch to hear reasons at /healthz", setMetricsToken},
}

// missing says what of the settings of who may use the page lacks another one.
func (w Who) missing(s Settings) (problems []error) {
	say := func(when bool, text string) {
		if when {
			problems = append(problems, errors.New(text))
		}
	}
	say(w.TrustHeader != "" && len(w.TrustProxy) == 0, "COUPWATCH_TRUST_PROXY: it is needed beside COUPWATCH_TRUST_HEADER, or whoever reaches the page could call themselves anybody; set it to the address of your proxy, such as 10.0.0.5/32")
	say(w.OIDCIssuer != "" && w.OIDCClient == "", "COUPWATCH_OIDC_CLIENT: it is needed beside COUPWATCH_OIDC_ISSUER")
	say(w.OIDCIssuer == "" && (w.OIDCClient != "" || w.OIDCSecret != ""), "COUPWATCH_OIDC_ISSUER: it is needed beside COUPWATCH_OIDC_CLIENT and COUPWATCH_OIDC_SECRET")
	say(w.OIDCIssuer != "" && s.Page == "", "COUPWATCH_URL: it is needed beside COUPWATCH_OIDC_ISSUER, which sends people back there; set it to where people reach the page")
	say(w.OIDCIssuer != "" && len(w.Analysts) == 0 && len(w.Viewers) == 0, "COUPWATCH_ANALYSTS: with COUPWATCH_OIDC_ISSUER say here or in COUPWATCH_VIEWERS which of its accounts may come in, such as *@example.org; else nobody could")
	say(w.OIDCIssuer == "" && w.TrustHeader == "" && len(w.Analysts)+len(w.Viewers) > 0, "COUPWATCH_TRUST_HEADER: COUPWATCH_ANALYSTS and COUPWATCH_VIEWERS are of those whom a proxy or OpenID Connect names, and neither is set up; of users coupwatch users says it")
	say(w.OIDCIssuer == "" && slices.ContainsFunc(slices.Concat(w.Analysts, w.Viewers), func(who string) bool { return strings.HasPrefix(who, "group:") }), "COUPWATCH_ANALYSTS: groups are known of OpenID Connect only; name people, or *@example.org")
	return problems
}

func setOpen(s *Settings, v string) error {
	if s.Open = v == "yes"; !s.Open && v != "no" {
		return fmt.Errorf("%q should be yes or no", v)
	}
	return nil
}

func setTrustProxy(s *Settings, v string) (err error) {
	s.TrustProxy, err = networks(v)
	return err
}

// setTrustHeader takes in the name of a header.
func setTrustHeader(s *Settings, v string) error {
	if v != "" && strings.Trim(strings.ToLower(v), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return fmt.Errorf("%q is no name of a header; write one such as X-Forwarded-User", v)
	}
	s.TrustHeader = http.CanonicalHeaderKey(v)
	return nil
}

func setPeople(field func(*Settings) *login.List) func(*Settings, string) error {
	return func(s *Settings, v string) (err error) {
		*field(s), err = login.ParseList(v)
		return err
	}
}

func setIssuer(s *Settings, v string) error {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("it should be a URL that begins with https://, without a login, a question mark or a #, such as https://accounts.example.org")
	}
	s.OIDCIssuer = v
	return nil
}

// setMetricsToken takes in a token, without ever showing it.
func setMetricsToken(s *Settings, v string) error {
	if v != "" && (len(v) < 16 || strings.ContainsAny(v, " \t\r\n")) {
		return errors.New("it should have sixteen characters at least, and no blanks")
	}
	s.MetricsToken = secret(v)
	return nil
}

// networks reads networks, parted by commas.
func networks(v string) (all []netip.Prefix, err error) {
	for part := range strings.SplitSeq(v, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		p, err := netip.ParsePrefix(part)
		if err != nil {
			return nil, fmt.Errorf("%q is no network; write it like 10.1.0.0/16", part)
		}
		all = append(all, p)
	}
	return all, nil
}
