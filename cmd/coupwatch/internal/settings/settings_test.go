package settings

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func env(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func TestReadSettings(t *testing.T) {
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("xoxb-from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Read(env(map[string]string{
		"SLACK_BOT_TOKEN_FILE":    token,
		"SLACK_CHANNEL":           "C0123",
		"COUPWATCH_ALLOW_PRIVATE": "127.0.0.0/8, 10.0.0.0/8",
		"MAIL_TO":                 "a@example.org, b@example.org",
		"COUPWATCH_READERS":       "",
		"COUPWATCH_RETENTION":     "90d",
		"COUPWATCH_LOG_LEVEL":     "debug",
		"SMTP_URL":                "smtp://u:p@mail.example.org:587",
		"COUPWATCH_LISTEN":        "off",
		"COUPWATCH_CONTACT":       "desk@example.org",
		"COUPWATCH_HOST_GAP":      "0",
		"COUPWATCH_CANARY":        "07:30 Europe/Kyiv 5m slack:C0123",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if string(s.SlackToken) != "xoxb-from-file" {
		t.Errorf("SlackToken = %q, want what is in the file", string(s.SlackToken))
	}
	if s.Rules != "rules.yaml" || s.Database != "sqlite:coupwatch.db" || s.Readers != 64 || s.Listen != "" {
		t.Errorf("got rules %q, database %q, readers %d, listen %q; want the defaults and no page", s.Rules, s.Database, s.Readers, s.Listen)
	}
	if s.Contact != "desk@example.org" || s.HostGap != 0 {
		t.Errorf("contact %q, gap %v, want the ones given", s.Contact, s.HostGap)
	}
	if c := s.Canary; c.Schedule() != "TZ=Europe/Kyiv 30 7 * * *" || c.Within != 5*time.Minute || len(c.To) != 1 || c.To[0] != "slack:C0123" {
		t.Errorf("canary %+v, want the one given", c)
	}
	if len(s.AllowPrivate) != 2 || len(s.MailTo) != 2 {
		t.Errorf("got %v and %v, want two of each", s.AllowPrivate, s.MailTo)
	}
}

func TestReadSettingsNamesEveryProblem(t *testing.T) {
	_, err := Read(env(map[string]string{
		"COUPWATCH_READERS":       "many",
		"COUPWATCH_ALLOW_PRIVATE": "10.0.0.1",
		"COUPWATCH_LISTEN":        "8090",
		"COUPWATCH_RETENTION":     "3d",
		"COUPWATCH_CONTACT":       "the desk (round the corner)",
		"COUPWATCH_PROXY":         "socks5://u:secret-word@tor.example",
		"COUPWATCH_PUBLIC_URL":    "https://user:secret-word@coupwatch.example.org",
		"COUPWATCH_HOST_GAP":      "-1s",
		"COUPWATCH_CANARY":        "07:30 Kiev-ish",
		"COUPWATCH_LOG_FORMAT":    "xml",
		"COUPWATCH_PROFILE":       "0.0.0.0:6060",

		"OTEL_EXPORTER_OTLP_ENDPOINT": "http://desk:secret-word@collector.example",
		"OTEL_EXPORTER_OTLP_HEADERS":  "secret-word",
		"OTEL_TRACES_SAMPLER_ARG":     "2",
		"SLACK_BOT_TOKEN":             "xoxb-secret",
		"SLACK_WEBHOOK_URL":           "ftp://hooks.example/secret-path",
		"SMTP_URL":                    "mail.example.org/secret-password",
		"WEBHOOK_SECRET":              "a",
		"WEBHOOK_SECRET_FILE":         "b",
	}))
	if err == nil {
		t.Fatal("got no error")
	}
	for _, name := range []string{"COUPWATCH_READERS", "COUPWATCH_CONTACT", "COUPWATCH_PROXY", "COUPWATCH_PUBLIC_URL", "COUPWATCH_HOST_GAP", "COUPWATCH_CANARY", "COUPWATCH_ALLOW_PRIVATE", "COUPWATCH_LISTEN", "COUPWATCH_RETENTION", "COUPWATCH_LOG_FORMAT", "COUPWATCH_PROFILE", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_TRACES_SAMPLER_ARG", "SLACK_CHANNEL", "SLACK_WEBHOOK_URL", "SMTP_URL", "WEBHOOK_SECRET"} {
		if !strings.Contains(err.Error(), name+":") {
			t.Errorf("the error does not name %s:\n%v", name, err)
		}
	}
	if strings.Contains(err.Error(), "secret-") {
		t.Errorf("the error shows a secret:\n%v", err)
	}
}

// Hubs reach coupwatch over the page, wherever that is.
func TestPublicURL(t *testing.T) {
	for _, tt := range []struct{ url, listen, want, wrong string }{
		{"", "off", "", ""},
		{"https://coupwatch.example.org/", "127.0.0.1:8090", "https://coupwatch.example.org", ""},
		{"http://example.org:8000/desk", "127.0.0.1:8090", "http://example.org:8000/desk", ""},
		{"coupwatch.example.org", "127.0.0.1:8090", "", "it should be a URL"},
		{"https://example.org/?a=b", "127.0.0.1:8090", "", "it should be a URL"},
		{"https://example.org", "off", "", "COUPWATCH_LISTEN turns off"},
	} {
		s, err := Read(env(map[string]string{"COUPWATCH_PUBLIC_URL": tt.url, "COUPWATCH_LISTEN": tt.listen}))
		if tt.wrong != "" {
			if err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("%q, page %s: %v, want %q", tt.url, tt.listen, err, tt.wrong)
			}
		} else if err != nil || s.Public != tt.want {
			t.Errorf("%q: %q, %v, want %q", tt.url, s.Public, err, tt.want)
		}
	}
}

func TestProxy(t *testing.T) {
	for _, tt := range []struct {
		name string
		vars map[string]string
		url  string
		want string // its host, "" for none
	}{
		{"none", nil, "https://wire.example/", ""},
		{"of the settings", map[string]string{"COUPWATCH_PROXY": "socks5://tor.example:9050"}, "https://wire.example/", "tor.example:9050"},
		{"of the machine", map[string]string{"HTTPS_PROXY": "http://u:hush@gate.example:3128"}, "https://wire.example/", "gate.example:3128"},
		{"of the machine, in small letters", map[string]string{"https_proxy": "http://gate.example:3128"}, "https://wire.example/", "gate.example:3128"},
		{"for https only", map[string]string{"HTTPS_PROXY": "http://gate.example:3128"}, "http://wire.example/", ""},
		{"with an exception", map[string]string{"HTTPS_PROXY": "http://gate.example:3128", "NO_PROXY": ".example"}, "https://wire.example/", ""},
		{"ours before the machine's", map[string]string{"HTTPS_PROXY": "http://gate.example:3128", "COUPWATCH_PROXY": "http://ours.example:80"}, "https://wire.example/", "ours.example:80"},
		{"off", map[string]string{"HTTPS_PROXY": "http://gate.example:3128", "COUPWATCH_PROXY": "off"}, "https://wire.example/", ""},
		{"not for this machine", map[string]string{"COUPWATCH_PROXY": "http://ours.example:80"}, "http://127.0.0.1:8080/", ""},
	} {
		s, err := Read(env(tt.vars))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		got := ""
		if proxy := s.ProxyFor(); proxy != nil {
			u, err := url.Parse(tt.url)
			if err != nil {
				t.Fatal(err)
			}
			if u, err = proxy(u); err != nil {
				t.Fatal(err)
			}
			if u != nil {
				got = u.Host
			}
		}
		if got != tt.want {
			t.Errorf("%s: over %q, want %q", tt.name, got, tt.want)
		}
	}
	if _, err := Read(env(map[string]string{"COUPWATCH_PROXY": "ftp://u:hush@x"})); err == nil || !strings.Contains(err.Error(), "COUPWATCH_PROXY") || strings.Contains(err.Error(), "hush") {
		t.Errorf("a bad proxy: %v", err)
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	s := Settings{SlackToken: "xoxb-hush", SMTP: "smtp://u:hush@h"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if out := fmt.Sprintf(format, s); strings.Contains(out, "hush") {
			t.Errorf("%s shows a secret: %s", format, out)
		}
	}
}

// Every setting is in docs/operating.md, with its default and its words.
func TestSettingsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range known {
		def := k.def
		if def != "" {
			def = "`" + def + "`"
		}
		if row := fmt.Sprintf("| `%s` | %s | %s |", k.name, def, k.help); !strings.Contains(string(doc), row) {
			t.Errorf("docs/operating.md lacks the row\n%s", row)
		}
		if k.secret && !strings.Contains(string(doc), "_FILE") {
			t.Errorf("docs/operating.md does not tell of %s_FILE", k.name)
		}
	}
}

// compose.yaml lets every setting into the container but those that the image
// makes itself, and of the clone nothing but the rules.
func TestComposePassesSettings(t *testing.T) {
	src, err := os.ReadFile("../../../../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]bool{"COUPWATCH_RULES": true, "COUPWATCH_LISTEN": true, "NO_COLOR": true, "COLUMNS": true}
	want := map[string]bool{}
	for _, k := range known {
		if want[k.name] = !own[k.name]; k.secret {
			want[k.name+"_FILE"] = true
		}
	}
	_, environment, _ := strings.Cut(string(src), "    environment:\n")
	passed := regexp.MustCompile(`(?m)^      - ([A-Z_]+)(?:=\$\{[A-Z_]+:-[a-z]+\})?$`).FindAllStringSubmatch(environment, -1)
	if len(passed) < 10 {
		t.Fatalf("compose.yaml passes %d settings", len(passed))
	}
	for _, m := range passed {
		if !want[m[1]] {
			t.Errorf("compose.yaml passes %s, which is no setting, or stands twice, or is the image's own", m[1])
		}
		want[m[1]] = false
	}
	for name, missing := range want {
		if missing {
			t.Errorf("compose.yaml lacks %s", name)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^      - (\./\S*?):`).FindAllStringSubmatch(string(src), -1) {
		if m[1] != "./rules.yaml" && m[1] != "./rules" {
			t.Errorf("compose.yaml mounts %s", m[1])
		}
	}
}

func TestShownURL(t *testing.T) {
	for url, want := range map[string]string{
		"sqlite:coupwatch.db": "coupwatch.db", "coupwatch.db": "coupwatch.db",
		"postgres://user:password@host:5432/news?sslpassword=secret": "postgres://host:5432/news", "postgres://host/news": "postgres://host/news",
	} {
		if got := ShownURL(url); got != want {
			t.Errorf("%s is shown as %s, want %s", url, got, want)
		}
	}
}

// A password on the command line is told of, and not told.
func TestExposed(t *testing.T) {
	for words, want := range map[string]bool{
		"coupwatch run --database postgres://u:hush@db/x?sslmode=disable": true,
		"coupwatch run --database=postgres://u:hush@db/x":                 true,
		"coupwatch run --database postgres://u@db/x":                      false,
		"coupwatch run --database sqlite:coupwatch.db --listen a:80":      false,
		"coupwatch run": false,
	} {
		said := strings.Join(Exposed(strings.Fields(words)), "\n")
		if got := said != ""; got != want || strings.Contains(said, "hush") {
			t.Errorf("%s: it says %q", words, said)
		}
	}
}
