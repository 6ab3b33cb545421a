// Package issuer lets an OpenID Connect issuer, such as the accounts of a company,
// say who somebody is. It is the door of go-oidc and oauth2.
package issuer

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Options say whom to ask.
type Options struct {
	URL      string // of the issuer, as its own documents name it
	Client   string // the id that it knows coupwatch by
	Secret   string // what coupwatch proves that with; "" for a public client
	Redirect string // where it sends people back
	Claim    string // that names somebody; "" for "email", which has to be verified
	Groups   string // the claim that names groups; "" for "groups"
}

// An Issuer says who somebody is. It is asked when the first person comes, so that
// one that is away keeps coupwatch from nothing else. It is safe for concurrent use.
type Issuer struct {
	Options
	client *http.Client

	mu       sync.Mutex
	provider *oidc.Provider // nil until it has answered
}

// New returns the issuer.
func New(o Options) *Issuer {
	return &Issuer{Options: o, client: &http.Client{Timeout: 10 * time.Second}}
}

// Name is what people know the issuer by: its host.
func (i *Issuer) Name() string {
	if u, err := url.Parse(i.URL); err == nil && u.Host != "" {
		return u.Host
	}
	return i.URL
}

// A Way is what has to be remembered of somebody who was sent to the issuer until
// they are back. Nobody else may see it.
type Way struct{ State, Nonce, Verifier string }

// NewWay returns a way that nobody can guess.
func NewWay() Way {
	return Way{oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier()}
}

// String writes a way in letters, digits, - and _, parted by dots; [ParseWay] reads it.
func (w Way) String() string { return w.State + "." + w.Nonce + "." + w.Verifier }

// ParseWay reads what [Way.String] wrote.
func ParseWay(s string) (Way, bool) {
	f := strings.Split(s, ".")
	if len(f) != 3 || slices.Contains(f, "") {
		return Way{}, false
	}
	return Way{f[0], f[1], f[2]}, true
}

// Address returns where somebody is sent who wants to log in.
func (i *Issuer) Address(ctx context.Context, way Way) (string, error) {
	p, err := i.ready(ctx)
	if err != nil {
		return "", err
	}
	return i.config(p).AuthCodeURL(way.State, oidc.Nonce(way.Nonce), oauth2.S256ChallengeOption(way.Verifier)), nil
}

// A Person is whom the issuer tells.
type Person struct {
	Name   string
	Groups []string
}

// Person returns who came back by a way, with the query of the address. The error
// is for an operator; none tells a secret.
func (i *Issuer) Person(ctx context.Context, way Way, back url.Values) (Person, error) {
	if subtle.ConstantTimeCompare([]byte(way.State), []byte(back.Get("state"))) != 1 {
		return Person{}, errors.New("who came back had not been sent there, or too long ago; log in once more")
	}
	if refusal := back.Get("error"); refusal != "" {
		return Person{}, fmt.Errorf("%s says %.100q %.200q", i.Name(), refusal, back.Get("error_description"))
	}
	p, err := i.ready(ctx)
	if err != nil {
		return Person{}, err
	}
	token, err := i.config(p).Exchange(oidc.ClientContext(ctx, i.client), back.Get("code"), oauth2.VerifierOption(way.Verifier))
	if err != nil {
		return Person{}, i.refused(err)
	}
	claims, err := i.claims(ctx, p, way, token)
	if err != nil {
		return Person{}, err
	}
	return i.person(claims)
}

// claims returns what the token says that answers the question of a way.
func (i *Issuer) claims(ctx context.Context, p *oidc.Provider, way Way, token *oauth2.Token) (map[string]any, error) {
	raw, _ := token.Extra("id_token").(string)
	id, err := p.Verifier(&oidc.Config{ClientID: i.Client}).Verify(oidc.ClientContext(ctx, i.client), raw)
	if err != nil {
		return nil, fmt.Errorf("the token of %s does not hold: %w", i.Name(), err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(way.Nonce)) != 1 {
		return nil, fmt.Errorf("the token of %s answers another question", i.Name())
	}
	claims := map[string]any{}
	if err := id.Claims(&claims); err != nil {
		return nil, fmt.Errorf("the token of %s cannot be read: %w", i.Name(), err)
	}
	return claims, nil
}

// refused says why the issuer gave no token, without what it was asked with.
func (i *Issuer) refused(err error) error {
	var said *oauth2.RetrieveError
	if errors.As(err, &said) {
		return fmt.Errorf("%s gives no token: %.100q %.200q; see COUPWATCH_OIDC_CLIENT and COUPWATCH_OIDC_SECRET", i.Name(), said.ErrorCode, said.ErrorDescription)
	}
	return fmt.Errorf("%s gives no token: %w", i.Name(), err)
}

// person returns whom claims tell.
func (i *Issuer) person(claims map[string]any) (Person, error) {
	claim := cmp.Or(i.Claim, "email")
	name, _ := claims[claim].(string)
	what := claim
	if claim == "email" {
		if what = "verified email"; claims["email_verified"] != true {
			name = ""
		}
	}
	if name == "" {
		return Person{}, fmt.Errorf("%s tells no %s of who came; name another claim with COUPWATCH_OIDC_CLAIM, such as preferred_username", i.Name(), what)
	}
	return Person{name, i.groups(claims)}, nil
}

// groups returns those that claims tell: a list, or one alone.
func (i *Issuer) groups(claims map[string]any) (groups []string) {
	switch told := claims[cmp.Or(i.Groups, "groups")].(type) {
	case string:
		return []string{told}
	case []any:
		for _, g := range told {
			if name, ok := g.(string); ok {
				groups = append(groups, name)
			}
		}
	}
	return groups
}

// Check reports whether the issuer answers as one does.
func (i *Issuer) Check(ctx context.Context) error {
	_, err := i.ready(ctx)
	return err
}

// ready returns the issuer as it tells of itself, which is asked for once.
func (i *Issuer) ready(ctx context.Context) (*oidc.Provider, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider != nil {
		return i.provider, nil
	}
	// Its keys are asked for later, too, when ctx is done.
	p, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), i.client), i.URL)
	if err != nil {
		return nil, fmt.Errorf("the issuer %s does not answer as one: %w; see COUPWATCH_OIDC_ISSUER", i.URL, err)
	}
	i.provider = p
	return p, nil
}

// config is how the issuer is asked. The scope of groups is asked for where it knows one.
func (i *Issuer) config(p *oidc.Provider) *oauth2.Config {
	scopes := []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}
	var told struct {
		Scopes []string `json:"scopes_supported"`
	}
	if p.Claims(&told) == nil && slices.Contains(told.Scopes, "groups") {
		scopes = append(scopes, "groups")
	}
	return &oauth2.Config{ClientID: i.Client, ClientSecret: i.Secret, RedirectURL: i.Redirect, Endpoint: p.Endpoint(), Scopes: scopes}
}
