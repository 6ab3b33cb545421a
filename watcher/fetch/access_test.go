package fetch_test

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/news"
	"github.com/coupwatch/coupwatch/watcher/fetch"
)

// asks fetches a feed that needs something.
func asks(t *testing.T, o fetch.Options, url string, a news.Access) (fetch.Answer, error) {
	t.Helper()
	return fetch.New(o).Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: url, Access: &a}})
}

func plain(s string) news.Value { return news.Value{Text: news.Login(s)} }

// A feed gets what rules.yaml says it needs, from where it is kept.
func TestFetchWithAccess(t *testing.T) {
	var got http.Header
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { got = r.Header; io.WriteString(w, rss("")) })
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "wire"), []byte("from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := fetch.Options{Private: loopback, UserAgent: "ours", Secrets: folder, Env: func(name string) string { return map[string]string{"FEED_WIRE": "from-env"}[name] }}
	for _, tt := range []struct {
		name         string
		access       news.Access
		header, want string
	}{
		{"nothing", news.Access{}, "User-Agent", "ours"},
		{"user agent", news.Access{UserAgent: "theirs"}, "User-Agent", "theirs"},
		{"header", news.Access{Headers: []news.Sent{{Name: "X-Key", Value: plain("k")}}}, "X-Key", "k"},
		{"header of a variable", news.Access{Headers: []news.Sent{{Name: "X-Key", Value: news.Value{Env: "FEED_WIRE"}}}}, "X-Key", "from-env"},
		{"cookies", news.Access{Cookies: []news.Sent{{Name: "a", Value: plain("1")}, {Name: "b", Value: news.Value{File: "wire"}}}}, "Cookie", "a=1; b=from-file"},
		{"login", news.Access{User: plain("desk"), Password: news.Value{File: "wire"}}, "Authorization", "Basic ZGVzazpmcm9tLWZpbGU="},
		{"token", news.Access{Bearer: news.Value{Env: "FEED_WIRE"}}, "Authorization", "Bearer from-env"},
	} {
		if _, err := asks(t, o, url, tt.access); err != nil || got.Get(tt.header) != tt.want {
			t.Errorf("%s: sent %q, %v, want %q", tt.name, got.Get(tt.header), err, tt.want)
		}
	}
	// A secret that was changed is the new one at the next reading.
	if err := os.WriteFile(filepath.Join(folder, "wire"), []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := asks(t, o, url, news.Access{Bearer: news.Value{File: "wire"}}); err != nil || got.Get("Authorization") != "Bearer changed" {
		t.Errorf("sent %q, %v, want the new secret", got.Get("Authorization"), err)
	}
}

// Who has no login hears where to write one, and who has that it is refused.
func TestFetchRefusedLogin(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	const none, refused = "HTTP 401: the feed asks for a login; write one under auth: in rules.yaml", "HTTP 401: the server refuses the login of this feed; look whether it is still right"
	for _, tt := range []struct {
		access news.Access
		want   string
	}{
		{news.Access{}, none},
		{news.Access{User: news.Value{Text: "desk"}, Password: news.Value{Text: "hush"}}, refused},
		{news.Access{Bearer: news.Value{Text: "hush"}}, refused},
	} {
		if _, err := asks(t, fetch.Options{Private: loopback}, url, tt.access); err == nil || err.Error() != tt.want {
			t.Errorf("%+v: %v, want %q", tt.access, err, tt.want)
		}
	}
}

// A secret that cannot be had is told by where it should be, and nobody is asked.
func TestFetchWithoutTheSecret(t *testing.T) {
	url := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("asked all the same") })
	folder := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	for name, text := range map[string]string{filepath.Join(folder, "empty"): " \n", filepath.Join(folder, "lines"): "hush\nhush", filepath.Join(folder, "long"): strings.Repeat("x", 70_000), outside: "hush"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	o := fetch.Options{Private: loopback, Secrets: folder, Env: func(name string) string { return map[string]string{"FEED_LINES": "hush\r\nX: y"}[name] }}
	for value, want := range map[news.Value]string{
		{Env: "FEED_WIRE"}:            "the variable FEED_WIRE is not set",
		{Env: "FEED_LINES"}:           "the variable FEED_LINES holds characters",
		{File: "none"}:                "the file none is not there",
		{File: "empty"}:               "the file empty is empty",
		{File: "lines"}:               "the file lines holds characters",
		{File: "long"}:                "the file long is longer than 64 kB",
		{File: "link"}:                "the file link cannot be read", // leads out of the folder
		{File: "../outside"}:          "cannot be read",
		{Text: "hush\nX-Other: hush"}: "rules.yaml holds characters",
	} {
		_, err := asks(t, o, url, news.Access{Bearer: value})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") || len(err.Error()) > 200 {
			t.Errorf("%+v: %v, want %q", value, err, want)
		}
	}
}

// What a feed needs goes to its own host only, and not in clear where it did not.
func TestAccessStaysAtHome(t *testing.T) {
	way := map[string]string{
		"https://wire.example/":       "/moved",
		"https://wire.example/moved":  "https://feeds.wire.example/",
		"https://feeds.wire.example/": "http://wire.example/clear",
	}
	sent := map[string]string{}
	h := fetch.New(fetch.Options{})
	h.Over(web(func(r *http.Request) http.Header {
		sent[r.URL.String()] = strings.TrimSpace(r.Header.Get("X-Key") + " " + r.Header.Get("Cookie") + " " + r.Header.Get("Authorization"))
		if next := way[r.URL.String()]; next != "" {
			return http.Header{"Location": {next}}
		}
		return http.Header{}
	}))
	a := news.Access{Headers: []news.Sent{{Name: "X-Key", Value: plain("k")}}, Cookies: []news.Sent{{Name: "c", Value: plain("1")}}, Bearer: plain("t")}
	if _, err := h.Fetch(t.Context(), news.FeedState{Feed: news.Feed{URL: "https://wire.example/", Access: &a}}); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]string{
		"https://wire.example/": "k c=1 Bearer t", "https://wire.example/moved": "k c=1 Bearer t", "https://feeds.wire.example/": "", "http://wire.example/clear": "",
	} {
		if got, asked := sent[url]; !asked || got != want {
			t.Errorf("%s got %q (asked: %v), want %q", url, got, asked, want)
		}
	}
}

// A certificate that is not valid is passed over for the host of the feed that
// says so, and for no other.
func TestInsecure(t *testing.T) {
	secure := func(h http.HandlerFunc) string {
		s := httptest.NewUnstartedServer(h)
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.StartTLS()
		t.Cleanup(s.Close)
		return strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
	}
	other := secure(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, rss("")) })
	url := secure(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, other, http.StatusFound)
			return
		}
		io.WriteString(w, rss(""))
	})
	o := fetch.Options{Private: loopback}
	if _, err := asks(t, o, url, news.Access{}); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("secure: %v, want that the certificate is not valid", err)
	}
	if a, err := asks(t, o, url, news.Access{Insecure: true}); err != nil || len(a.Data) == 0 {
		t.Errorf("insecure: %v, want the feed", err)
	}
	if _, err := asks(t, o, url+"/away", news.Access{Insecure: true}); err == nil {
		t.Error("an invalid certificate of another host was passed over")
	}
	if _, err := asks(t, fetch.Options{}, url, news.Access{Insecure: true}); err == nil || !strings.Contains(err.Error(), "not public") {
		t.Errorf("insecure and private: %v, want that the address is not public", err)
	}
}

// However it is printed, an access does not show what it holds.
func TestAccessDoesNotPrint(t *testing.T) {
	f := news.Feed{Access: &news.Access{Headers: []news.Sent{{Name: "X", Value: plain("hush")}}, Bearer: plain("hush"), Proxy: plain("http://u:hush@p")}}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if out := fmt.Sprintf(format, *f.Access); strings.Contains(out, "hush") {
			t.Errorf("%s shows a secret: %s", format, out)
		}
	}
	if strings.Contains(f.How(), "hush") || f.How() == "" || f.How() == (news.Feed{Access: &news.Access{Bearer: plain("other")}}).How() {
		t.Errorf("how is %q", f.How())
	}
}
