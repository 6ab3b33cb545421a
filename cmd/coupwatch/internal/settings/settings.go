// Package settings is what an operator decides: where things are, and secrets. It
// is the only one that reads the environment.
package settings

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// Settings are what an operator decides, as opposed to the analyst's
// rules.yaml: where things are, and secrets. They come from the environment,
// and some from flags; nothing else in the program reads the environment.
type Settings struct {
	Rules        string
	Database     string
	Listen       string
	Page         string // where people reach the page, without a slash at the end
	Public       string // where hubs reach the program, without a slash at the end; "" for nowhere
	SlackToken   secret
	SlackChannel string
	SlackWebhook secret
	SlackAPI     string
	SlackApp     secret
	Chats        map[string]string // addresses by name; secret
	SMTP         secret
	MailTo       []string
	MailLimit    int // mails an hour and recipient
	Webhook      secret
	WebhookKey   secret
	Readers      int
	Contact      string // where publishers may complain: a URL or a mail address
	Secrets      string // the folder of the secrets that feeds keep in files
	Proxy        secret // of all feeds; "off" for none
	HTTPSProxy   secret // those of the machine, which a Proxy takes the place of
	HTTPProxy    secret
	NoProxy      string
	HostGap      time.Duration // between two readings of one host
	FullText     bool          // pages behind links are read, as the feeds say
	EditRules    bool          // people may change rules.yaml from the page
	Canary       Canary
	AllowPrivate []netip.Prefix
	Traces       Traces
	Profile      string // the address of profiles, of this machine alone; "" for none
	Who
	Retention   time.Duration
	KeepMatched time.Duration // 0 for ever
	LogLevel    slog.Level
	LogJSON     bool
	NoColour    bool
	Columns     int // 0 for those of the terminal
}

// A secret prints as stars wherever it might be printed by mistake.
type secret string

func (s secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString hides the secret from %#v.
func (s secret) GoString() string { return s.String() }

// MarshalText hides the secret from JSON and from logs.
func (s secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// A setting is one variable of the environment.
type setting struct {
	name   string
	secret bool   // NAME_FILE may name a file that holds it
	def    string // its default
	help   string // one line for docs and --help
	set    func(*Settings, string) error
}

// known lists every setting. An empty value is the same as none.
var known = append([]setting{
	{"COUPWATCH_RULES", false, "rules.yaml", "the rules file", plain(func(s *Settings) *string { return &s.Rules })},
	{"DATABASE_URL", true, "sqlite:coupwatch.db", "where to remember: sqlite:FILE or postgres://…", plain(func(s *Settings) *string { return &s.Database })},
	{"COUPWATCH_LISTEN", false, "127.0.0.1:8090", "address of the page and of /healthz; \"off\" for none", SetListen},
	{"COUPWATCH_URL", false, "", "where people reach the page, such as https://coupwatch.example.org, for links in messages", setPage},
	{"COUPWATCH_PUBLIC_URL", false, "", "where hubs on the internet reach /websub/ of the page, such as https://coupwatch.example.org, so that they push feeds (WebSub)", setPublic},
	{"SLACK_BOT_TOKEN", true, "", "Slack bot token (xoxb-…) with the scope chat:write", hidden(func(s *Settings) *secret { return &s.SlackToken })},
	{"SLACK_CHANNEL", false, "", "Slack channel for the route \"slack\": an id such as C0123ABCD, or #name", plain(func(s *Settings) *string { return &s.SlackChannel })},
	{"SLACK_APP_TOKEN", true, "", "Slack app-level token (xapp-…) with the scope connections:write, for buttons and /coupwatch", hidden(func(s *Settings) *secret { return &s.SlackApp })},
	{"SLACK_WEBHOOK_URL", true, "", "Slack incoming webhook, instead of a bot token", setURL("https", func(s *Settings) *secret { return &s.SlackWebhook })},
	{"SLACK_API_URL", false, "", "address of Slack's API, if it is not Slack's own", plain(func(s *Settings) *string { return &s.SlackAPI })},
	{"SMTP_URL", true, "", "mail server: smtp://user:password@host:587?from=coupwatch@example.org", setURL("smtp smtps", func(s *Settings) *secret { return &s.SMTP })},
	{"MAIL_TO", false, "", "who gets what is routed to \"email\": addresses, parted by commas", setMailTo},
	{"MAIL_LIMIT", false, "20", "how many mails about stories that are not critical a recipient gets within an hour", setMailLimit},
	{"CHAT_URLS", true, "", "other chat services: name=address parted by spaces, such as desk=ntfy://ntfy.sh/coups, for the route \"chat:desk\"", setChats},
	{"WEBHOOK_URL", true, "", "receives what is routed to \"webhook\" as JSON", setURL("http https", func(s *Settings) *secret { return &s.Webhook })},
	{"WEBHOOK_SECRET", true, "", "key that signs what goes to the webhook", hidden(func(s *Settings) *secret { return &s.WebhookKey })},
	{"COUPWATCH_READERS", false, "64", "how many feeds are read at the same time", setReaders},
	{"COUPWATCH_CONTACT", false, "https://github.com/coupwatch/coupwatch", "where publishers find out who reads their feeds, told with each request: your page or mail address", setContact},
	{"COUPWATCH_SECRETS", false, "/run/secrets", "the folder of the secrets of feeds that rules.yaml names as files", plain(func(s *Settings) *string { return &s.Secrets })},
	{"COUPWATCH_PROXY", true, "", "the proxy over which feeds are read, such as socks5://127.0.0.1:9050; \"off\" for none, whatever HTTPS_PROXY says", setProxy},
	{"HTTPS_PROXY", false, "", "the proxy of this machine for https, in small letters too", hidden(func(s *Settings) *secret { return &s.HTTPSProxy })},
	{"HTTP_PROXY", false, "", "the proxy of this machine for http, in small letters too", hidden(func(s *Settings) *secret { return &s.HTTPProxy })},
	{"NO_PROXY", false, "", "hosts that are asked without it, parted by commas, in small letters too", plain(func(s *Settings) *string { return &s.NoProxy })},
	{"COUPWATCH_HOST_GAP", false, "1s", "how long a host is left alone after a reading, up to 1m; 0 for not at all", setGap},
	{"COUPWATCH_FULLTEXT", false, "as-feeds-say", "\"never\" for reading no page behind a link, whatever rules.yaml says of its feed", setFullText},
	{"COUPWATCH_EDIT_RULES", false, "no", "\"yes\" if analysts may change rules.yaml from the page; else it shows them the lines", setEditRules},
	{"COUPWATCH_CANARY", false, "", "when a canary, a daily test of coupwatch itself, goes to the operators: 07:30, or 07:30 Europe/Kyiv 10m slack:C0123ABCD with a zone, within what time it should arrive, and a channel", setCanary},
	{"COUPWATCH_ALLOW_PRIVATE", false, "", "private networks in which feeds may lie, such as 127.0.0.0/8,10.1.0.0/16", setPrivate},
	{"COUPWATCH_RETENTION", false, "400d", "how long items that no rule matched are remembered", setRetention},
	{"COUPWATCH_KEEP_MATCHED", false, "forever", "how long items that a rule matched are remembered, with their stories and alerts: forever, or a number of days such as 1200d", setKeepMatched},
	{"OTEL_EXPORTER_OTLP_ENDPOINT", false, "", "a collector of OpenTelemetry, such as http://127.0.0.1:4318, that is told by OTLP over HTTP what takes time", setTraceEndpoint},
	{"OTEL_EXPORTER_OTLP_HEADERS", true, "", "headers that it wants, such as a key: name=value, parted by commas", setTraceHeaders},
	{"OTEL_TRACES_SAMPLER_ARG", false, "1", "the share of readings, deliveries and pages that it is told of, from 0 to 1", setTraceShare},
	{"COUPWATCH_PROFILE", false, "", "an address of this machine alone, such as 127.0.0.1:6060, at which go tool pprof sees where processor and memory go", setProfile},
	{"COUPWATCH_LOG_LEVEL", false, "info", "debug, info, warn or error", setLevel},
	{"COUPWATCH_LOG_FORMAT", false, "text", "text or json", setFormat},
	{"COLUMNS", false, "", "how many columns a terminal has that cannot be asked", setColumns},
	{"NO_COLOR", false, "", "if it is set to anything, nothing is coloured", func(s *Settings, v string) error { s.NoColour = v != ""; return nil }},
}, whoMay...)

// Environment is where settings come from when the program runs.
func Environment(name string) string { return os.Getenv(name) }

// MemoryIsLimited reports whether the operator says how much memory to do with.
func MemoryIsLimited() bool { return Environment("GOMEMLIMIT") != "" }

// Names returns the names of the variables of the environment.
func Names() []string {
	var names []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		names = append(names, name)
	}
	return names
}

// Secret returns the names of the settings that hold secrets: nothing may show what
// they are set to.
func Secret() (names []string) {
	for _, k := range known {
		if k.secret {
			names = append(names, k.name)
		}
	}
	return names
}

// Read reads the settings from the environment that getenv gives. Its
// error names everything that is wrong with them at once.
func Read(getenv func(string) string) (Settings, error) {
	var s Settings
	var problems []error
	for _, k := range known {
		value, err := k.value(getenv)
		if err == nil {
			err = k.set(&s, value)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", k.name, err))
		}
	}
	if s.SlackToken != "" && s.SlackChannel == "" {
		problems = append(problems, errors.New("SLACK_CHANNEL: it is needed beside SLACK_BOT_TOKEN; set it to the channel's id, such as C0123ABCD"))
	}
	if s.SlackToken != "" && s.SlackWebhook != "" {
		problems = append(problems, errors.New("SLACK_WEBHOOK_URL: give either this or SLACK_BOT_TOKEN, not both"))
	}
	if s.SlackApp != "" && s.SlackToken == "" {
		problems = append(problems, errors.New("SLACK_BOT_TOKEN: it is needed beside SLACK_APP_TOKEN"))
	}
	if s.Public != "" && s.Listen == "" {
		problems = append(problems, errors.New("COUPWATCH_PUBLIC_URL: hubs reach coupwatch over the page, which COUPWATCH_LISTEN turns off; set an address there, or leave this out"))
	}
	return s, errors.Join(append(problems, s.missing(s)...)...)
}

// value returns the setting as given, from a file if it is a secret that is
// kept in one, or its default.
func (k setting) value(getenv func(string) string) (string, error) {
	value, file := strings.TrimSpace(getenv(k.name)), ""
	if value == "" && strings.HasSuffix(k.name, "_PROXY") {
		value = strings.TrimSpace(getenv(strings.ToLower(k.name)))
	}
	if k.secret {
		file = getenv(k.name + "_FILE")
	}
	switch {
	case value != "" && file != "":
		return "", fmt.Errorf("give either this or %s_FILE, not both", k.name)
	case file != "":
		b, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read the file that %s_FILE names: %w", k.name, err)
		}
		value = strings.TrimSpace(string(b))
	}
	if value == "" {
		value = k.def
	}
	return value, nil
}

func plain(field func(*Settings) *string) func(*Settings, string) error {
	return func(s *Settings, v string) error { *field(s) = v; return nil }
}

func hidden(field func(*Settings) *secret) func(*Settings, string) error {
	return func(s *Settings, v string) error { *field(s) = secret(v); return nil }
}

// setMailTo takes in addresses, which may have names before them.
func setMailTo(s *Settings, v string) error {
	if v = strings.Trim(v, ", "); v == "" {
		return nil
	}
	all, err := mail.ParseAddressList(v)
	if err != nil {
		return fmt.Errorf("%q are no mail addresses; write them like desk@example.org, parted by commas", v)
	}
	for _, a := range all {
		s.MailTo = append(s.MailTo, a.Address)
	}
	return nil
}

// setURL checks a URL without ever showing it: it may hold a password.
func setURL(schemes string, field func(*Settings) *secret) func(*Settings, string) error {
	return func(s *Settings, v string) error {
		if v == "" {
			return nil
		}
		u, err := url.Parse(v)
		if err != nil || u.Host == "" || !strings.Contains(" "+schemes+" ", " "+u.Scheme+" ") {
			return fmt.Errorf("it is no URL that begins with %s://", strings.ReplaceAll(schemes, " ", ":// or "))
		}
		*field(s) = secret(v)
		return nil
	}
}

// SetListen takes in the address of the page, or "off".
func SetListen(s *Settings, v string) error {
	if v == "off" {
		s.Listen = ""
		return nil
	}
	if _, port, err := net.SplitHostPort(v); err != nil || port == "" {
		return fmt.Errorf("%q is no address; write host:port, such as 127.0.0.1:8090, or off", v)
	}
	s.Listen = v
	return nil
}

func setMailLimit(s *Settings, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 {
		return fmt.Errorf("%q should be a number, at least 1", v)
	}
	s.MailLimit = n
	return nil
}

// setChats takes in addresses without ever showing them: they hold tokens.
func setChats(s *Settings, v string) error {
	s.Chats = map[string]string{}
	for i, field := range strings.Fields(v) {
		name, address, found := strings.Cut(field, "=")
		if !found || name == "" || strings.Contains(name, ":") || !strings.Contains(address, "://") {
			return fmt.Errorf("part %d is not written as name=address, such as desk=ntfy://ntfy.sh/coups", i+1)
		}
		if _, twice := s.Chats[name]; twice {
			return fmt.Errorf("the name %q stands twice", name)
		}
		s.Chats[name] = address
	}
	return nil
}

func setPage(s *Settings, v string) error {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%q is no URL that begins with http:// or https://", v)
	}
	s.Page = strings.TrimRight(v, "/")
	return nil
}

// setPublic takes in the address under which hubs reach the page.
func setPublic(s *Settings, v string) error {
	if v == "" {
		return nil
	}
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("it should be a URL that begins with https:// or http://, without a login, a question mark or a #, such as https://coupwatch.example.org")
	}
	s.Public = strings.TrimRight(v, "/")
	return nil
}

func setReaders(s *Settings, v string) error {
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > 1000 {
		return fmt.Errorf("%q should be a number from 1 to 1000", v)
	}
	s.Readers = n
	return nil
}

// setContact takes in what stands in a header between parentheses.
func setContact(s *Settings, v string) error {
	_, err := mail.ParseAddress(v)
	u, wrong := url.Parse(v)
	page := wrong == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil
	if err != nil && !page || strings.ContainsAny(v, " ()<>\"") || len(v) > 200 {
		return fmt.Errorf("%q should be a URL that begins with https:// or a mail address such as desk@example.org", v)
	}
	s.Contact = v
	return nil
}

func setGap(s *Settings, v string) error {
	gap, err := time.ParseDuration(v)
	if err != nil || gap < 0 || gap > time.Minute {
		return fmt.Errorf("%q should be a time such as 1s or 500ms, at most 1m; 0 for none", v)
	}
	s.HostGap = gap
	return nil
}

func setFullText(s *Settings, v string) error {
	if s.FullText = v == "as-feeds-say"; !s.FullText && v != "never" {
		return fmt.Errorf("%q should be never, or left out for what rules.yaml says of each feed", v)
	}
	return nil
}

func setEditRules(s *Settings, v string) error {
	if s.EditRules = v == "yes"; !s.EditRules && v != "no" {
		return fmt.Errorf("%q should be yes or no", v)
	}
	return nil
}

func setColumns(s *Settings, v string) error {
	n, err := strconv.Atoi(v)
	if v != "" && (err != nil || n < 1) {
		return fmt.Errorf("%q should be a number", v)
	}
	s.Columns = n
	return nil
}

func setPrivate(s *Settings, v string) (err error) {
	s.AllowPrivate, err = networks(v)
	return err
}

func setLevel(s *Settings, v string) error {
	if err := s.LogLevel.UnmarshalText([]byte(v)); err != nil {
		return fmt.Errorf("%q should be debug, info, warn or error", v)
	}
	return nil
}

func setFormat(s *Settings, v string) error {
	if v != "text" && v != "json" {
		return fmt.Errorf("%q should be text or json", v)
	}
	s.LogJSON = v == "json"
	return nil
}
