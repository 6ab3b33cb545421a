package login_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coupwatch/coupwatch/web/login"
	"github.com/coupwatch/coupwatch/web/login/issuer"
)

// An account is an issuer of a test, with one person who is logged in there.
type account struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims atomic.Pointer[map[string]any] // of the person; they take the place of what the issuer writes
	asked  url.Values                     // by coupwatch, for a token
	nonce  string
	proof  string // of the code, by PKCE
	away   atomic.Bool
}

func newAccount(t *testing.T) *account {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	a := &account{key: key}
	mux := http.NewServeMux()
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.away.Load() {
			http.Error(w, "away", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(a.Close)
	tell := func(pattern string, v func(r *http.Request) any) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			json.NewEncoder(w).Encode(v(r))
		})
	}
	tell("GET /.well-known/openid-configuration", func(*http.Request) any {
		return map[string]any{
			"issuer": a.URL, "authorization_endpoint": a.URL + "/ask", "token_endpoint": a.URL + "/token", "jwks_uri": a.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"}, "scopes_supported": []string{"openid", "groups"},
		}
	})
	tell("GET /keys", func(*http.Request) any {
		return map[string]any{"keys": []any{map[string]string{
			"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
			"n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()),
		}}}
	})
	tell("POST /token", func(r *http.Request) any {
		r.ParseForm()
		a.asked = r.PostForm
		return map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": a.token(t)}
	})
	return a
}

// token returns a signed token of the person.
func (a *account) token(t *testing.T) string {
	claims := map[string]any{"iss": a.URL, "aud": "coups", "sub": "1", "nonce": a.nonce, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix()}
	for k, v := range *a.claims.Load() {
		claims[k] = v
	}
	body, _ := json.Marshal(claims)
	signed := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, a.key, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// throughIssuer logs a visitor in as the person with claims, and returns the last
// answer.
func (v *visitor) throughIssuer(a *account, claims map[string]any) answer {
	v.Helper()
	a.claims.Store(&claims)
	sent := v.get("/login/issuer?to=/story/7")
	at, err := url.Parse(sent.Header.Get("Location"))
	if err != nil || !strings.HasPrefix(sent.Header.Get("Location"), a.URL+"/ask?") {
		v.Fatalf("is sent to %d %s", sent.StatusCode, sent.Header.Get("Location"))
	}
	q := at.Query()
	a.nonce, a.proof = q.Get("nonce"), q.Get("code_challenge")
	if q.Get("code_challenge_method") != "S256" || a.proof == "" || q.Get("redirect_uri") != "https://coups.example.org/login/back" || !strings.Contains(q.Get("scope"), "groups") {
		v.Errorf("the issuer is asked %v", q)
	}
	return v.get("/login/back?" + url.Values{"code": {"c0de"}, "state": {q.Get("state")}}.Encode())
}

// issued is a house whose people an issuer knows.
func issued(t *testing.T, a *account) *house {
	return newHouse(t, login.Options{
		Listen: "0.0.0.0:8090", URLs: []string{"http://coups.example.org"}, Analysts: login.List{"group:desk"}, Viewers: login.List{"*@example.org"},
		Issuer: issuer.New(issuer.Options{URL: a.URL, Client: "coups", Secret: "s3cret", Redirect: "https://coups.example.org/login/back"}),
	})
}

func TestIssuer(t *testing.T) {
	a := newAccount(t)
	h := issued(t, a)
	for name, c := range map[string]struct {
		claims map[string]any
		code   int
		says   string
	}{
		"a reader":               {map[string]any{"email": "Rea@example.org", "email_verified": true}, 303, "rea@example.org reader"},
		"an analyst, by a group": {map[string]any{"email": "ana@else.example", "email_verified": true, "groups": []string{"desk"}}, 303, "ana@else.example analyst"},
		"somebody else":          {map[string]any{"email": "eve@else.example", "email_verified": true}, 403, "You are known as eve@else.example"},
		"not verified":           {map[string]any{"email": "rea@example.org"}, 403, "does not say who you are"},
		"not verified, as text":  {map[string]any{"email": "rea@example.org", "email_verified": "yes"}, 403, "does not say who you are"},
		"for another program":    {map[string]any{"email": "rea@example.org", "email_verified": true, "aud": "other"}, 403, "does not say"},
		"of another issuer":      {map[string]any{"email": "rea@example.org", "email_verified": true, "iss": "https://evil.example"}, 403, "does not say"},
		"another question":       {map[string]any{"email": "rea@example.org", "email_verified": true, "nonce": "old"}, 403, "does not say"},
		"too old":                {map[string]any{"email": "rea@example.org", "email_verified": true, "exp": 1}, 403, "does not say"},
		"a name that is taken":   {map[string]any{"email": "local", "email_verified": true, "groups": []string{"desk"}}, 403, "may not use"},
	} {
		v := h.visitor()
		got := v.throughIssuer(a, c.claims)
		if c.code != 303 {
			got.wants(t, name, c.code, c.says)
			v.get("/x").wants(t, name+", then", 303, "")
			continue
		}
		if got.wants(t, name, 303, ""); got.Header.Get("Location") != "/story/7" {
			t.Errorf("%s goes on to %q", name, got.Header.Get("Location"))
		}
		v.get("/x").wants(t, name, 200, c.says)
		proof := sha256.Sum256([]byte(a.asked.Get("code_verifier")))
		if base64.RawURLEncoding.EncodeToString(proof[:]) != a.proof {
			t.Errorf("%s: the code is asked for without its proof: %v", name, a.asked)
		}
	}
	if strings.Contains(h.log.String(), "s3cret") {
		t.Errorf("the log tells the secret: %s", h.log)
	}
}

// Whom nobody sent to the issuer does not come in by what somebody else brought from
// there.
func TestIssuerState(t *testing.T) {
	a := newAccount(t)
	h := issued(t, a)
	h.visitor().get("/login/back?code=c&state=s").wants(t, "without having been sent", 403, "too long")
	v := h.visitor()
	v.get("/login/issuer")
	v.get("/login/back?code=c&state=another").wants(t, "with another state", 403, "does not say")
	v.get("/login/back?code=c&state=another").wants(t, "twice", 403, "too long")
	v.get("/login/issuer")
	if h.visitor().get("/login").wants(t, "the log-in", 200, `href="/login/issuer?to=%2f"`); a.asked != nil {
		t.Errorf("the issuer was asked for a token: %v", a.asked)
	}
}

// Sessions of those whom an issuer knows end after a day, and when the settings name
// them no longer.
func TestIssuerSessionsEnd(t *testing.T) {
	a := newAccount(t)
	h := issued(t, a)
	now := time.Now()
	h.desk.SetNow(func() time.Time { return now })
	v := h.visitor()
	v.throughIssuer(a, map[string]any{"email": "rea@example.org", "email_verified": true})
	v.get("/x").wants(t, "at first", 200, "rea@example.org reader")
	h.desk.Viewers = nil
	v.get("/x").wants(t, "whom the settings name no longer", 303, "")
	h.desk.Viewers = login.List{"*"}
	now = now.Add(23 * time.Hour)
	v.get("/x").wants(t, "after most of a day", 200, "rea")
	now = now.Add(2 * time.Hour)
	v.get("/x").wants(t, "after a day", 303, "")
}

// An issuer that is away keeps nobody from what else there is, and is asked again.
func TestIssuerAway(t *testing.T) {
	a := newAccount(t)
	h := issued(t, a)
	a.away.Store(true)
	v := h.visitor()
	v.get("/login/issuer").wants(t, "away", 502, "does not answer")
	if err := h.desk.Issuer.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "COUPWATCH_OIDC_ISSUER") {
		t.Errorf("it is told as %v", err)
	}
	a.away.Store(false)
	if got := v.throughIssuer(a, map[string]any{"email": "rea@example.org", "email_verified": true}); got.StatusCode != 303 {
		t.Errorf("back again: %d %s", got.StatusCode, got.page)
	}
}
