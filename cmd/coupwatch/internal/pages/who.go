package pages

import (
	"context"

	"github.com/coupwatch/coupwatch/web/login"
	"github.com/coupwatch/coupwatch/web/login/issuer"
	"github.com/coupwatch/coupwatch/web/sheet"
)

// Ready says what to set if others can reach the page and nothing says who may use it.
func (p Parts) Ready(ctx context.Context) error { return p.desk(sheet.New(nil, p.Log)).Ready(ctx) }

// Who says in a few words who may use the page. The error is what is wrong with it.
func (p Parts) Who(ctx context.Context) (string, error) {
	desk := p.desk(sheet.New(nil, p.Log))
	if desk.Issuer != nil {
		if err := desk.Issuer.Check(ctx); err != nil {
			return "", err
		}
	}
	return desk.Describe(ctx)
}

// desk returns where it is said who comes in.
func (p Parts) desk(around *sheet.Sheet) *login.Desk {
	s := p.Settings
	o := login.Options{
		Store: p.DB, Sheet: around, Log: p.Log, Listen: s.Listen, URLs: []string{s.Page, s.Public}, Open: s.Open,
		Proxies: s.TrustProxy, Header: s.TrustHeader, Analysts: s.Analysts, Viewers: s.Viewers, MetricsToken: string(s.MetricsToken),
	}
	if s.OIDCIssuer != "" {
		o.Issuer = issuer.New(issuer.Options{URL: s.OIDCIssuer, Client: s.OIDCClient, Secret: string(s.OIDCSecret), Redirect: s.Page + "/login/back", Claim: s.OIDCClaim, Groups: s.OIDCGroups})
	}
	return login.New(o)
}
