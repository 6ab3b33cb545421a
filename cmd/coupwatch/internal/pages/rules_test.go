package pages

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// Who wants a page looked at reads no file of this machine with it, and nothing in a
// private network.
func TestFetch(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { asked++ }))
	defer srv.Close()
	read := (&Rules{Fetching: fetch.Options{UserAgent: "Coupwatch"}}).fetch()
	for link, says := range map[string]string{srv.URL: "not public", "http://[::1]/": "not public", "rules_test.go": "no link", "file:///etc/passwd": "no link", "http://169.254.169.254/latest": "not public"} {
		if it, err := read(t.Context(), link); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %+v, %v", link, it, err)
		}
	}
	if asked > 0 {
		t.Error("a server of this machine was asked")
	}
	if new(Rules).fetch() != nil {
		t.Error("pages are read without being told how")
	}
}
