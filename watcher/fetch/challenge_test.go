package fetch_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/watcher/fetch"
)

func TestGatekeepers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		header []string
		page   string
		want   string
	}{
		{"Cloudflare, by its header", 403, []string{"Cf-Mitigated", "challenge"}, "", "HTTP 403: Cloudflare keeps programs out"},
		{"Cloudflare, by its page", 503, []string{"Server", "cloudflare"}, "<html><title>Just a moment...</title>", "HTTP 503: Cloudflare keeps programs out"},
		{"a site behind Cloudflare", 403, []string{"Server", "cloudflare"}, "<html>Members only", "HTTP 403: the server refuses us"},
		{"DDoS-Guard", 403, []string{"Server", "ddos-guard"}, "", "DDoS-Guard keeps programs out"},
		{"a fault behind DDoS-Guard", 500, []string{"Server", "ddos-guard"}, "", "HTTP 500: the server has a fault"},
		{"Qrator", 401, []string{"Server", "QRATOR"}, "", "Qrator keeps programs out"},
		{"Amazon", 202, []string{"X-Amzn-Waf-Action", "challenge"}, "", "Amazon's firewall keeps programs out"},
		{"Imperva", 403, nil, "<script src=/_Incapsula_Resource?x=1>", "Imperva keeps programs out"},
		{"gone all the same", 404, []string{"Server", "QRATOR"}, "", "HTTP 404: there is nothing at this address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ask(t, fetch.Options{Private: loopback}, serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for i := 0; i < len(tt.header); i += 2 {
					w.Header().Set(tt.header[i], tt.header[i+1])
				}
				w.WriteHeader(tt.status)
				io.WriteString(w, tt.page)
			}))
			if err == nil || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 200 {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
