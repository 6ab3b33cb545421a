package profile

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for addr, right := range map[string]bool{
		"127.0.0.1:6060": true, "[::1]:6060": true, "localhost:6060": true, "127.3.0.1:1": true,
		":6060": false, "0.0.0.0:6060": false, "[::]:6060": false, "10.1.0.1:6060": false, "127.0.0.1": false, "127.0.0.1:": false, "example.org:80": false,
	} {
		if err := Check(addr); (err == nil) != right {
			t.Errorf("%s: %v", addr, err)
		}
	}
}

// Who asks from this machine gets a profile, and a page that gave itself this
// machine's address does not.
func TestWhoMayAsk(t *testing.T) {
	for host, code := range map[string]int{"127.0.0.1:6060": 200, "localhost": 200, "[::1]:6060": 200, "evil.example:6060": 403, "": 403} {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/debug/pprof/goroutine?debug=1", nil)
		r.Host = host
		if handler().ServeHTTP(w, r); w.Code != code || code == 200 && !strings.Contains(w.Body.String(), "goroutine profile") {
			t.Errorf("%q: %d, want %d", host, w.Code, code)
		}
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Serve(ctx, "127.0.0.1:0"); err != nil && !strings.Contains(err.Error(), "canceled") {
		t.Error(err)
	}
	if err := Serve(t.Context(), ""); err != nil {
		t.Error(err)
	}
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	if err := Serve(t.Context(), ln.Addr().String()); err == nil || !strings.Contains(err.Error(), "COUPWATCH_PROFILE") {
		t.Errorf("at a port that is taken: %v", err)
	}
}
