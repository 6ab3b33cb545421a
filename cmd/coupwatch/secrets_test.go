package main

import (
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coupwatch/coupwatch/cmd/coupwatch/internal/settings"
)

// aSecret is what stands in the place of a secret; each has a number of its own.
var aSecret = regexp.MustCompile(`canary\d+secret`)

// planted returns settings with a secret in each of those that hold one, but those
// named. All lead to ports of this machine at which nobody answers, so
// that each is told of in an error.
func planted(t *testing.T, but ...string) (set []string) {
	t.Helper()
	dead := deadPort(t)
	values := map[string]string{
		"DATABASE_URL":      "", // a test of its own: it holds the login of a server
		"SLACK_BOT_TOKEN":   "xoxb-%s",
		"SLACK_APP_TOKEN":   "xapp-%s",
		"SLACK_WEBHOOK_URL": "https://" + dead + "/services/%s",
		"SMTP_URL":          "smtp://desk:%s@" + dead + "?from=coupwatch@example.org",
		"CHAT_URLS":         "desk=ntfy://desk:%[1]s@" + dead + "/%[1]s",
		"WEBHOOK_URL":       "http://desk:%[1]s@" + dead + "/hook?token=%[1]s",
		"WEBHOOK_SECRET":    "%s",
		"COUPWATCH_PROXY":   "", // the feeds below have one

		"COUPWATCH_OIDC_SECRET":      "%s",
		"COUPWATCH_METRICS_TOKEN":    "%s-of-sixteen",
		"OTEL_EXPORTER_OTLP_HEADERS": "X-Key=%s",
	}
	for i, name := range settings.Secret() {
		value, known := values[name]
		if !known {
			t.Errorf("%s holds a secret: plant one in it here", name)
		}
		if value == "" || slices.Contains(but, name) {
			continue
		}
		set = append(set, name+"="+fmt.Sprintf(value, fmt.Sprintf("canary%dsecret", i)))
	}
	return set
}

// deadPort returns an address of this machine at which nobody answers.
func deadPort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

// hidesSecrets checks that no secret is in what was shown.
func hidesSecrets(t *testing.T, where, shown string) {
	t.Helper()
	for _, at := range aSecret.FindAllStringIndex(shown, -1) {
		t.Errorf("%s shows a secret: …%s…", where, shown[max(0, at[0]-80):min(len(shown), at[1]+20)])
	}
}

// A secret that is in a setting, or in what a feed needs, is in no log, error, page,
// metric, message or answer of a command, and not in the database, also where all
// of them are wrong.
func TestSecretsAreNowhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/closed" {
			http.Error(w, "who are you, "+r.Header.Get("Authorization")+"?", http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, `<rss version="2.0"><channel><title>Wire</title><item><guid>1</guid><title>Coup in Mali</title><link>/1</link></item></channel></rss>`)
	}))
	defer feed.Close()
	rules := fmt.Sprintf(`
feeds:
  - {url: "%[1]s/open", name: Open, schedule: "@every 1s", headers: {X-Key: {env: FEED_KEY}}, cookies: {id: {env: FEED_KEY}}}
  - {url: "%[1]s/closed", name: Closed, schedule: "@every 1s", auth: {user: desk, password: {file: password}}}
  - {url: "%[1]s/closed?bearer=1", name: Bearer, schedule: "@every 1s", auth: {bearer: {env: FEED_KEY}}}
  - {url: "%[2]s/feed?api_key=canary902secret", name: Address, schedule: "@every 1s"}
  - {url: "%[1]s/proxied", name: Proxied, schedule: "@every 1s", proxy: {env: FEED_PROXY}}
rules: [{id: coup, title: Coup, severity: high, match: coup}]
routes: [{to: [slack, email, "chat:desk", webhook, console], severity: low}]
operators: [slack, email, "chat:desk", webhook, console]
digest: {to: [email, slack]}
`, feed.URL, strings.Replace(feed.URL, "://", "://desk:canary901secret@", 1))
	write(t, filepath.Join(dir, "rules.yaml"), rules)
	write(t, filepath.Join(dir, "password"), "canary903secret")
	set := append(planted(t, "SLACK_WEBHOOK_URL", "COUPWATCH_OIDC_SECRET", "COUPWATCH_METRICS_TOKEN"), "SLACK_CHANNEL=C0123ABCD", "SLACK_API_URL=http://"+deadPort(t)+"/", "MAIL_TO=desk@example.org",
		"COUPWATCH_SECRETS="+dir, "FEED_KEY=canary904secret", "FEED_PROXY=http://desk:canary905secret@"+deadPort(t),
		"COUPWATCH_LOG_LEVEL=debug", "COUPWATCH_HOST_GAP=0", "COUPWATCH_READERS=8", "OTEL_EXPORTER_OTLP_ENDPOINT=http://"+deadPort(t))

	d := start(t, dir, set, "run", "--listen", "127.0.0.1:0")
	page := regexp.MustCompile(`http://127[^ "]+/`).FindString(d.await(`page.*http`))
	d.await(`feed has a problem.*(Proxied|Closed)`)
	for _, trouble := range []string{"channel=slack", "channel=email", "channel=webhook", "feed=Closed", "feed=Proxied"} {
		if !strings.Contains(d.seen.String(), trouble) {
			d.await(trouble)
		}
	}
	for _, path := range []string{"", "wall", "feeds", "healthz", "metrics", "status", "outbox", "mutes", "digest", "api/v1/feeds", "api/v1/status", "alerts.atom", "alerts.json", "why?link=" + feed.URL + "/1", "none"} {
		hidesSecrets(t, "/"+path, body(t, page+path))
	}
	for _, args := range [][]string{
		{"doctor"},
		{"doctor", "--json"},
		{"test"},
		{"test", "--send"},
		{"check"},
		{"check", "--json"},
		{"feeds"},
		{"feeds", "--json"},
		{"feeds", "export"},
		{"outbox"},
		{"outbox", "--json"},
		{"stories"},
		{"digest", "--preview"},
		{"why", feed.URL + "/1"},
		{"run", "--once", "--dry-run"},
		{"health"},
		{"version"},
	} {
		out, errs, _ := coupwatch(t, dir, set, args...)
		hidesSecrets(t, strings.Join(args, " "), out+errs)
	}
	_ = d.cmd.Process.Kill()
	d.exit()
	hidesSecrets(t, "the daemon", d.seen.String())
	hiddenInFiles(t, dir, "rules.yaml", "password")
}

// Nor are the secrets by which people and Prometheus come in, where people have to log
// in and the issuer does not answer.
func TestSecretsOfWhoComesIn(t *testing.T) {
	t.Parallel()
	dir, feed := t.TempDir(), newFeed(t)
	write(t, filepath.Join(dir, "rules.yaml"), feed.rules("coup"))
	issuer := "http://" + deadPort(t)
	set := append(planted(t, "SLACK_WEBHOOK_URL", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"), "COUPWATCH_OIDC_ISSUER="+issuer, "COUPWATCH_OIDC_CLIENT=desk",
		"COUPWATCH_VIEWERS=*@example.org", "COUPWATCH_URL=http://localhost", "COUPWATCH_LOG_LEVEL=debug")
	d := start(t, dir, set, "run", "--listen", "127.0.0.1:0")
	page := regexp.MustCompile(`http://127[^ "]+/`).FindString(d.await(`page.*http`))
	d.await(`msg="feed read"`)
	for _, path := range []string{"", "login", "login/issuer", "login/back?state=x&code=y", "metrics", "healthz", "api/v1/feeds"} {
		hidesSecrets(t, "/"+path, body(t, page+path))
	}
	for _, args := range [][]string{{"doctor"}, {"doctor", "--json"}, {"health"}} {
		out, errs, _ := coupwatch(t, dir, set, args...)
		hidesSecrets(t, strings.Join(args, " "), out+errs)
	}
	_ = d.cmd.Process.Kill()
	d.exit()
	hidesSecrets(t, "the daemon", d.seen.String())
	hiddenInFiles(t, dir, "rules.yaml")
}

// Nor is the secret of a setting that is wrong in what is said of it.
func TestSecretsOfWrongSettings(t *testing.T) {
	t.Parallel()
	for i, value := range []string{"canary1secret", "://canary2secret", "https://desk:canary4secret@[::1", "smtp://desk:canary5secret@127.0.0.1:x%zz"} {
		var set []string
		for _, name := range append(settings.Secret(), "HTTPS_PROXY", "HTTP_PROXY") {
			if name != "DATABASE_URL" {
				set = append(set, name+"="+value)
			}
		}
		out, errs, code := coupwatch(t, t.TempDir(), set, "doctor")
		if code == 0 {
			t.Errorf("doctor takes %q as all secrets there are", value)
		}
		hidesSecrets(t, fmt.Sprintf("what is said of wrong settings, %d", i), out+errs)
	}
	for _, database := range []string{"postgres://desk:canary6secret@127.0.0.1:1/none", "postgres://desk:canary7secret@[::1", "mysql://desk:canary8secret@127.0.0.1/none"} {
		out, errs, _ := coupwatch(t, t.TempDir(), []string{"DATABASE_URL=" + database}, "stories")
		hidesSecrets(t, database, out+errs)
	}
}

func body(t *testing.T, address string) string {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || len(text) == 0 {
		t.Errorf("%s: %d bytes: %v", address, len(text), err)
	}
	return string(text)
}

// hiddenInFiles checks all files of a folder but those that are named.
func hiddenInFiles(t *testing.T, dir string, but ...string) {
	t.Helper()
	files := 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || slices.Contains(but, name) {
			return err
		}
		files++
		text, err := os.ReadFile(filepath.Join(dir, name))
		hidesSecrets(t, name, string(text))
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("looked into %d files: %v", files, err)
	}
}
