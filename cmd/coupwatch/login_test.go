package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// A closedFeed is a feed that only who logs in can read, and what is never to
// be shown of that.
type closedFeed struct {
	*httptest.Server
	broken atomic.Bool
	coup   atomic.Bool
	logins atomic.Int64
	secret string
	query  bool // the secret is a token in the query, and not a password
}

func newClosedFeed(t *testing.T, secret string, query bool) *closedFeed {
	t.Helper()
	f := &closedFeed{secret: secret, query: query}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		switch {
		case query && r.URL.Query().Get("access_token") != secret, !query && (user != "desk" || password != secret):
			w.WriteHeader(http.StatusUnauthorized)
		case f.broken.Load():
			f.logins.Add(1)
			w.WriteHeader(http.StatusInternalServerError)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, f.URL+"/feed?"+r.URL.RawQuery, http.StatusFound)
		case r.URL.Path == "/page":
			_, _ = io.WriteString(w, "<html><title>No feed</title></html>")
		default:
			f.logins.Add(1)
			items := `<item><guid>2</guid><title>It rains</title></item>`
			if f.coup.Load() {
				items += `<item><guid>1</guid><title>Coup in Mali, officers say</title><link>/mali</link></item>`
			}
			_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Closed Wire</title>`+items+`</channel></rss>`)
		}
	}))
	t.Cleanup(f.Close)
	return f
}

// at returns an address of the feed with the secret in it.
func (f *closedFeed) at(path string) string {
	if f.query {
		return f.URL + path + "?lang=en&access_token=" + url.QueryEscape(f.secret)
	}
	return strings.Replace(f.URL, "://", "://desk:"+f.secret+"@", 1) + path
}

// hides checks that nothing of the login is in what was shown.
func (f *closedFeed) hides(t *testing.T, where, shown string) {
	t.Helper()
	if strings.Contains(shown, f.secret) || strings.Contains(shown, url.QueryEscape(f.secret)) || strings.Contains(shown, "desk:") || strings.Contains(shown, "desk@") {
		t.Errorf("%s shows the secret:\n%s", where, shown)
	}
}

// ways are the ways in which the address of a feed may hold a secret.
var ways = map[string]bool{"login": false, "query": true}

// The login of a feed, or the token in its address, is sent, and shown by no
// command, page, log or message, nor kept in the database.
func TestLoginsAreNotShown(t *testing.T) {
	skipSlow(t)
	t.Parallel()
	for name, query := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testSecretIsNotShown(t, newClosedFeed(t, "hush%hush", query)) // written without % forms, as people do
		})
	}
}

func testSecretIsNotShown(t *testing.T, feed *closedFeed) {
	t.Helper()
	dir := t.TempDir()
	hours := 0
	rules := func(path, more string) {
		hours++ // with another schedule the feed is due
		write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf(`
feeds: [{url: "%s", name: Closed Wire, schedule: "@every %dh"}]
rules: [{id: coup, title: Coup, severity: high, match: coup}]
routes: [{to: console, severity: medium}, {to: webhook, severity: low}]
operators: console
%s`, feed.at(path), hours, more))
	}
	var posted strings.Builder
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { _, _ = io.Copy(&posted, r.Body) }))
	defer hook.Close()
	settings := []string{"WEBHOOK_URL=" + hook.URL, "COUPWATCH_LOG_LEVEL=debug"}
	run := func(args ...string) string {
		t.Helper()
		out, errs, _ := coupwatch(t, dir, settings, args...)
		feed.hides(t, strings.Join(args[:1], " "), out+errs)
		return out + errs
	}

	rules("/moved", "")
	run("run", "--once")
	feed.coup.Store(true)
	rules("/moved", "")
	if out := run("run", "--once"); !strings.Contains(out, "1 new item stored") || feed.logins.Load() < 2 || posted.Len() == 0 {
		t.Fatalf("the feed was not read and told of:\n%s", out)
	}
	plain := feed.URL + "/mali"
	for _, args := range [][]string{
		{"feeds"},
		{"feeds", "--json"},
		{"check"},
		{"read", feed.at("/feed")},
		{"read", "--json", feed.at("/feed")},
		{"explain", feed.at("/page")},
		{"explain", "--json", feed.at("/page")},
		{"why", plain},
		{"why", "--json", plain},
		{"why", feed.at("/mali")},
		{"outbox"},
		{"outbox", "--json"},
		{"stories"},
		{"stories", "--json"},
		{"mute", "feed", feed.at("/moved")},
		{"mutes"},
		{"mutes", "--json"},
		{"digest", "--preview"},
		{"rules"},
		{"backtest"},
		{"backtest", "--json"},
		{"__complete", "mute", "feed", ""},
	} {
		if out := run(args...); out == "" {
			t.Errorf("%q shows nothing", args)
		}
	}
	for _, args := range [][]string{ // what fails
		{"read", feed.at("/page")},
		{"read", strings.Replace(feed.at("/feed"), strings.TrimPrefix(feed.URL, "http://"), "127.0.0.1:1", 1)},
		{"why", feed.at("/none")},
		{"mute", "feed", feed.at("/none")},
		{feed.at("/feed")},
		{"match", feed.at("/feed")},
		{"story", feed.at("/feed")},
		{"run", "--rules", feed.at("/feed")},
	} {
		run(args...)
	}
	feed.broken.Store(true)
	rules("/broken", "")
	run("run", "--once")
	run("feeds")
	run("read", feed.at("/feed"))
	rules("/broken", fmt.Sprintf("mutes: [{feed: %q}, {fed: %q}]\n", feed.at("/other"), feed.at("/other")))
	run("check")
	feed.hides(t, "the webhook", posted.String())
	feed.hidesFiles(t, dir)
}

// hidesFiles checks the files of the database.
func (f *closedFeed) hidesFiles(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "coupwatch.db*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no database: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), f.secret) || strings.Contains(string(data), url.QueryEscape(f.secret)) {
			t.Errorf("%s holds the secret", filepath.Base(file))
		}
	}
}

// Nor do the page and /healthz of the daemon, also where the feed cannot be read.
func TestLoginsAreNotOnThePage(t *testing.T) {
	t.Parallel()
	for name, query := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testSecretIsNotOnThePage(t, newClosedFeed(t, "hushhush", query))
		})
	}
}

func testSecretIsNotOnThePage(t *testing.T, feed *closedFeed) {
	t.Helper()
	dir := t.TempDir()
	feed.broken.Store(true)
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf(`
feeds: [{url: "%s", name: Closed Wire, schedule: "@every 1s"}]
rules: [{id: coup, title: Coup, severity: high, match: coup}]
`, feed.at("/feed")))
	d := start(t, dir, []string{"COUPWATCH_LOG_FORMAT=json"}, "run", "--listen", "127.0.0.1:0")
	page := regexp.MustCompile(`http://[^ "]+/`).FindString(d.await(`page.*http`))
	d.await("feed has a problem")
	for _, path := range []string{"", "feeds", "healthz"} {
		res, err := http.Get(page + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || len(body) == 0 {
			t.Errorf("GET /%s: %v", path, err)
		}
		feed.hides(t, "/"+path, string(body))
	}
	write(t, filepath.Join(dir, "rules.yaml"), fmt.Sprintf("feeds: [{url: %q, nam: x}]\n", feed.at("/feed")))
	d.await("rules.yaml:1")
	feed.hides(t, "the daemon", d.seen.String())
}
