package notify_test

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/coupwatch/coupwatch/notify"
	"github.com/coupwatch/coupwatch/notify/slackdouble"
)

// said returns findings as one text: a line each, with what is wrong or seen.
func said(findings []notify.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		word := map[bool]string{true: "ok ", false: "? "}[f.Seen]
		if f.Err != nil {
			word, f.Says = "WRONG ", f.Err.Error()
		}
		b.WriteString(word + f.What + ": " + f.Says + "\n")
	}
	return b.String()
}

func TestSlackCheck(t *testing.T) {
	for name, c := range map[string]struct {
		channel, token, refuse string
		options                slackdouble.Options
		methods                map[string]http.HandlerFunc
		want                   []string
		fate                   fate
	}{
		"all is well": {channel: "slack:C0123", want: []string{"ok token: bot coupwatch of Double", "ok scopes: it may post, and look", "ok channel C0123: the bot is in #coups"}},
		"a name":      {channel: "slack:#coups", want: []string{"ok token", "? channel #coups: it cannot be looked up by its name; use its id"}},
		"bad token":   {token: "xoxb-bad", want: []string{"WRONG token: slack: invalid_auth"}, fate: ofChannel},
		"revoked":     {refuse: "token_revoked", want: []string{"WRONG token: slack: token_revoked"}, fate: ofChannel},
		"archived":    {channel: "slack:C-old", want: []string{"ok token", "WRONG channel C-old: slack: is_archived"}, fate: ofChannel},
		"not invited": {channel: "slack:C-lonely", want: []string{"WRONG channel C-lonely: slack: not_in_channel; invite the bot"}, fate: ofChannel},
		"unknown":     {channel: "slack:nowhere", want: []string{"WRONG channel nowhere: slack: channel_not_found"}, fate: ofChannel},
		"no history":  {channel: "slack:C0123", options: slackdouble.Options{NoHistory: true}, want: []string{"ok scopes: chat:write; without channels:history", "ok channel C0123"}},
		"may not look": {channel: "slack:C0123", options: slackdouble.Options{NoHistory: true}, methods: map[string]http.HandlerFunc{
			"conversations.info": func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, "missing_scope") },
		}, want: []string{"? channel C0123: without the scope channels:read it cannot be looked up"}},
		"may not post": {channel: "slack:C0123", methods: map[string]http.HandlerFunc{
			"auth.test": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-OAuth-Scopes", "channels:read")
				w.Write([]byte(`{"ok":true,"user":"bot","team":"Desk"}`))
			},
		}, want: []string{"WRONG scopes: slack: the bot lacks the scope chat:write"}, fate: ofChannel},
		"odd answer": {channel: "slack:C0123", methods: map[string]http.HandlerFunc{
			"conversations.info": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"ok":true,"channel":"C0123"}`)) },
		}, want: []string{"? channel C0123: it could not be looked up"}},
		"not Slack itself": {methods: map[string]http.HandlerFunc{
			"auth.test": func(w http.ResponseWriter, _ *http.Request) { slackdouble.Refuse(w, "unknown_method") },
		}, want: []string{"? token: this is not Slack itself"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := slackdouble.New(c.options)
			t.Cleanup(d.Close)
			d.Refuse(c.refuse)
			for method, h := range c.methods {
				d.Handle(method, h)
			}
			if c.token == "" {
				c.token = slackdouble.Token
			}
			findings := newSlack(d, c.token).Check(t.Context(), c.channel)
			for _, want := range c.want {
				if !strings.Contains(said(findings), want) {
					t.Errorf("got %s, want %q", said(findings), want)
				}
			}
			problem := notify.Problem(findings)
			if c.fate == passing && problem != nil || c.fate != passing && fateOf(problem) != c.fate {
				t.Errorf("got %v, want it to be of %q", problem, c.fate)
			}
			if strings.Contains(said(findings), c.token) || len(d.Messages()) > 0 {
				t.Errorf("the token is shown, or something was posted: %s", said(findings))
			}
		})
	}
}

func TestEmailCheck(t *testing.T) {
	at := func(step string, code int) func(string, string) error {
		return func(s, _ string) error {
			if s != step {
				return nil
			}
			return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: "because I say so"}
		}
	}
	for name, c := range map[string]struct {
		refuse func(string, string) error
		want   string
	}{
		"all is well":       {nil, "ok recipient a@example.org: the server takes it"},
		"sender":            {at("from", 550), "WRONG sender w@example.org"},
		"recipient":         {at("to", 550), "WRONG recipient a@example.org"},
		"recipient put off": {at("to", 450), "? recipient a@example.org: the server puts it off"},
	} {
		box := newMailbox(t, false)
		box.refuse = c.refuse
		e := newEmail(t, "smtp://"+box.addr+"?from=w@example.org", notify.EmailOptions{})
		if got := said(e.Check(t.Context(), "email:a@example.org")); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %s, want %q", name, got, c.want)
		}
		if len(box.mails) > 0 {
			t.Errorf("%s: a mail was sent", name)
		}
	}
	box := newMailbox(t, true)
	bad := newEmail(t, "smtp://desk:very-secret@"+box.addr+"?tls=required&from=w@example.org", notify.EmailOptions{Roots: box.cert})
	got := said(bad.Check(t.Context(), "email:a@example.org"))
	if !strings.Contains(got, "WRONG server") || !strings.Contains(got, "check the user and the password") || strings.Contains(got, "very-secret") {
		t.Errorf("a wrong password: got %s", got)
	}
	if got := said(newEmail(t, "smtp://"+newMailbox(t, false).addr+"?from=w@example.org", notify.EmailOptions{}).Check(t.Context(), "email")); !strings.Contains(got, "WRONG recipients: there are none; set MAIL_TO") {
		t.Errorf("no recipients: got %s", got)
	}
}

// Of webhooks it is seen whether their server is there; nothing is posted.
func TestWebhookCheck(t *testing.T) {
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + ln.Addr().String() + "/very-secret"
	check := func() string {
		w, err := notify.NewWebhook(address, "")
		if err != nil {
			t.Fatal(err)
		}
		return said(w.Check(t.Context(), "webhook"))
	}
	if got := check(); !strings.HasPrefix(got, "ok server 127.0.0.1: it can be reached") {
		t.Errorf("got %s", got)
	}
	ln.Close()
	if got := check(); !strings.HasPrefix(got, "WRONG server 127.0.0.1: ") || strings.Contains(got, "secret") {
		t.Errorf("got %s", got)
	}
}
