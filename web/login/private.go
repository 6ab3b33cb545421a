package login

import (
	"net/http"
	"strings"
)

// A privateWriter keeps what it writes out of the caches of others, and of the
// browser once somebody has logged out.
type privateWriter struct {
	http.ResponseWriter
	cache string
	begun bool
}

// private returns w for an answer to r that is for one person alone.
func private(w http.ResponseWriter, r *http.Request, secure bool) http.ResponseWriter {
	if secure {
		w.Header().Set("Strict-Transport-Security", "max-age=31536000")
	}
	if strings.HasPrefix(r.URL.Path, "/static/") || r.URL.Path == "/favicon.ico" {
		return w
	}
	w.Header().Add("Vary", "Cookie")
	p := &privateWriter{ResponseWriter: w, cache: "private, no-store"}
	if isFeed(r.URL.Path) {
		p.cache = "private, no-cache" // a feed reader asks whether it changed
	}
	return p
}

func (p *privateWriter) WriteHeader(code int) {
	if !p.begun {
		p.Header().Set("Cache-Control", p.cache)
		p.begun = true
	}
	p.ResponseWriter.WriteHeader(code)
}

func (p *privateWriter) Write(b []byte) (int, error) {
	if !p.begun {
		p.WriteHeader(http.StatusOK)
	}
	return p.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (p *privateWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }
