package settings

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func TestWhoMayUseThePage(t *testing.T) {
	for name, c := range map[string]struct {
		env  map[string]string
		says string // "" if all is right
	}{
		"nothing":                {nil, ""},
		"open":                   {map[string]string{"COUPWATCH_OPEN": "yes"}, ""},
		"open, in other words":   {map[string]string{"COUPWATCH_OPEN": "true"}, `COUPWATCH_OPEN: "true" should be yes or no`},
		"a proxy":                {map[string]string{"COUPWATCH_TRUST_HEADER": "x-forwarded-user", "COUPWATCH_TRUST_PROXY": "10.0.0.5/32", "COUPWATCH_ANALYSTS": "anna"}, ""},
		"addresses alone":        {map[string]string{"COUPWATCH_TRUST_PROXY": "127.0.0.1/32"}, ""},
		"a header of anybody":    {map[string]string{"COUPWATCH_TRUST_HEADER": "X-User"}, "COUPWATCH_TRUST_PROXY: it is needed"},
		"no header":              {map[string]string{"COUPWATCH_TRUST_HEADER": "X User", "COUPWATCH_TRUST_PROXY": "10.0.0.5/32"}, "is no name of a header"},
		"no network":             {map[string]string{"COUPWATCH_TRUST_PROXY": "proxy.example.org"}, `"proxy.example.org" is no network`},
		"an issuer":              {map[string]string{"COUPWATCH_OIDC_ISSUER": "https://a.example", "COUPWATCH_OIDC_CLIENT": "c", "COUPWATCH_URL": "https://c.example", "COUPWATCH_VIEWERS": "*"}, ""},
		"an issuer alone":        {map[string]string{"COUPWATCH_OIDC_ISSUER": "https://a.example"}, "COUPWATCH_OIDC_CLIENT: it is needed"},
		"an issuer, and nobody":  {map[string]string{"COUPWATCH_OIDC_ISSUER": "https://a.example", "COUPWATCH_OIDC_CLIENT": "c", "COUPWATCH_URL": "https://c.example"}, "COUPWATCH_ANALYSTS: with COUPWATCH_OIDC_ISSUER"},
		"an issuer, from where?": {map[string]string{"COUPWATCH_OIDC_ISSUER": "https://a.example", "COUPWATCH_OIDC_CLIENT": "c", "COUPWATCH_VIEWERS": "*"}, "COUPWATCH_URL: it is needed"},
		"no issuer":              {map[string]string{"COUPWATCH_OIDC_ISSUER": "accounts"}, "COUPWATCH_OIDC_ISSUER: it should be a URL"},
		"a client of nobody":     {map[string]string{"COUPWATCH_OIDC_SECRET": "hush hush hush"}, "COUPWATCH_OIDC_ISSUER: it is needed"},
		"analysts of nobody":     {map[string]string{"COUPWATCH_ANALYSTS": "anna"}, "coupwatch users says it"},
		"a group without name":   {map[string]string{"COUPWATCH_ANALYSTS": "group:", "COUPWATCH_TRUST_HEADER": "X-User", "COUPWATCH_TRUST_PROXY": "::1/128"}, "COUPWATCH_ANALYSTS: group: names nobody"},
		"a group of a proxy":     {map[string]string{"COUPWATCH_ANALYSTS": "group:desk", "COUPWATCH_TRUST_HEADER": "X-User", "COUPWATCH_TRUST_PROXY": "::1/128"}, "groups are known of OpenID Connect only"},
		"a short token":          {map[string]string{"COUPWATCH_METRICS_TOKEN": "hush"}, "COUPWATCH_METRICS_TOKEN: it should have sixteen"},
	} {
		_, err := Read(func(n string) string { return c.env[n] })
		switch {
		case c.says == "" && err != nil, c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%s: %v, want %q", name, err, c.says)
		case err != nil && strings.Contains(err.Error(), "hush"):
			t.Errorf("%s: the error tells a secret: %v", name, err)
		}
	}
	s, err := Read(func(n string) string {
		return map[string]string{"COUPWATCH_TRUST_HEADER": "x-forwarded-user", "COUPWATCH_TRUST_PROXY": "10.0.0.0/8, ::1/128"}[n]
	})
	if want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}; err != nil || s.TrustHeader != "X-Forwarded-User" || !slices.Equal(s.TrustProxy, want) {
		t.Errorf("%+v, %v", s.Who, err)
	}
}
