package fetch

import (
	"io"
	"net/http"

	"github.com/icholy/digest"
)

// A proven transport logs in by Digest (RFC 7616): it asks without a login, and when
// the server of the feed wants one, asks again with what proves that the password is
// known, without sending it.
type proven struct {
	next           http.RoundTripper
	way            *way
	user, password string
}

// RoundTrip implements [http.RoundTripper]. Who is not the server of the feed, or asks
// in clear where the feed is not, is given nothing to try passwords on.
func (p proven) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := p.next.RoundTrip(r)
	if err != nil || resp.StatusCode != http.StatusUnauthorized || !p.way.atHome(r.URL) || p.way.home.Scheme == "https" && r.URL.Scheme != "https" {
		return resp, err
	}
	challenge, err := digest.FindChallenge(resp.Header)
	if err != nil {
		return resp, nil // it wants another kind of login, as is told
	}
	login, err := digest.Digest(challenge, digest.Options{Method: r.Method, URI: r.URL.RequestURI(), Count: 1, Username: p.user, Password: p.password})
	if err != nil {
		return resp, nil
	}
	_, _ = io.CopyN(io.Discard, resp.Body, pageBytes) // so that the connection can be used again; if not, another is made
	resp.Body.Close()
	again := r.Clone(r.Context())
	again.Header.Set("Authorization", login.String())
	return p.next.RoundTrip(again)
}

// asksForDigest reports whether a server that refuses a login wants it by Digest, and
// was not given that.
func asksForDigest(resp *http.Response) bool {
	_, err := digest.FindChallenge(resp.Header)
	return err == nil && resp.Request != nil && !digest.IsDigest(resp.Request.Header.Get("Authorization"))
}
