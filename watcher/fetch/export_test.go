package fetch

import "net/http"

// What the tests look at from outside.
var (
	RetryAfter = retryAfter
	RestOf     = restOf
	Lifetime   = lifetime
)

// Over makes h ask t instead of the network.
func (h *HTTP) Over(t http.RoundTripper) { h.client.Transport = t }
