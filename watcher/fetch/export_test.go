package fetch

import "net/http"

// RetryAfter is what the tests look at from outside.
var RetryAfter = retryAfter

// Over makes h ask t instead of the network.
func (h *HTTP) Over(t http.RoundTripper) { h.client.Transport = t }
