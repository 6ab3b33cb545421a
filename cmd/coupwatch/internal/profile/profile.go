// Package profile shows where the processor and the memory of the running program go,
// to people on its own machine: what go tool pprof asks for.
package profile

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof" // what it adds to the default handler nobody serves
	"net/netip"
	"time"
)

// Check returns what is wrong with an address at which profiles are to be served: it
// has to be one of this machine alone, since they show what is in memory.
func Check(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil || port == "" || !isLoopback(host) {
		return fmt.Errorf("%q is no address of this machine alone; write 127.0.0.1:6060, and reach it from elsewhere through ssh -L", addr)
	}
	return nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// Serve serves profiles at addr below /debug/pprof/ until ctx is done; an addr of ""
// is nothing to do.
func Serve(ctx context.Context, addr string) error {
	if addr == "" {
		return nil
	}
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("profiles cannot be served: %w; choose another address with COUPWATCH_PROFILE", err)
	}
	srv := &http.Server{Handler: handler(), ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	defer context.AfterFunc(ctx, func() { _ = srv.Close() })()
	if err := srv.Serve(ln); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve profiles: %w", err)
	}
	return nil
}

// handler answers go tool pprof, and nobody who asks for another host: a page in a
// browser of this machine that has a name of its own lead here.
func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !isLoopback(host) {
			http.Error(w, "ask for it by an address of this machine", http.StatusForbidden)
			return
		}
		mux.ServeHTTP(w, r)
	})
}
